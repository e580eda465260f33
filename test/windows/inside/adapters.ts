/** The adapters and the time of the start as the machine gives them, and as Node does. */
import { networkInterfaces } from 'node:os';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';

const machine = await createWindowsMachine();
const others = Object.entries(networkInterfaces()).map(([name, addresses]) => ({
  name,
  loopback: addresses?.every(({ internal }) => internal),
}));
console.log(
  JSON.stringify({ adapters: await machine.adapters(), others, startedAt: await machine.startedAt() }),
);
