/** Arranges a PC as pc.json asks for, and prints all credentials and the keys that it names. */
import { readFileSync } from 'node:fs';
import { arrange, type PcOrders, tell } from './raw-pc.ts';

const { tell: keys = [], ...orders }: PcOrders & { tell?: string[] } = JSON.parse(
  readFileSync('pc.json', 'utf8'),
);
arrange(orders);
console.log(JSON.stringify(tell(keys)));
