/**
 * A program that was registered in the helper's place: it greets well, and then says what a file tells it to. The file
 * is read anew at each question. What it hears, it writes down.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hello, PROTOCOL } from '../../../common/contract.ts';
import { speaking } from './host-program.ts';

export const goodHello: Hello = {
  ...{ protocol: PROTOCOL, version: '0.1.0', platform: 'test', machine: 'simulated' },
  run: null,
};

export interface Part {
  hello?: unknown;
  /** By method, the answer's result; without one it is `{}`. */
  answers?: Record<string, unknown>;
  /** Said right after this was answered. */
  after?: { method: string; say: readonly unknown[]; times?: number };
}

const program = `${speaking}const { appendFileSync, readFileSync } = require('node:fs');
const [, file] = process.argv;
const part = () => JSON.parse(readFileSync(file, 'utf8'));
const write = (bytes) => process.stdout.write(bytes) || new Promise((go) => process.stdout.once('drain', go));
const flood = async ({ say, times = 1 }) => {
  const bytes = Buffer.concat(say.map(frame));
  while (times-- > 0) await write(bytes);
  appendFileSync(file + '.heard', JSON.stringify({ said: true }) + '\\n');
};
hear((message) => {
  appendFileSync(file + '.heard', JSON.stringify({ ...message, pid: process.pid }) + '\\n');
  const { id, method } = message;
  if (method === undefined) return;
  const { hello, answers, after } = part();
  send({ id, result: method === 'hello' ? hello : answers[method] ?? {} });
  if (method === after?.method) flood(after);
});
process.stdin.on('end', () => process.exit());`;

export interface LookAlike {
  command: string[];
  /** What it is to say from now on. */
  plays(part: Part): void;
  /** All that it heard since then, and `{ said: true }` where it has said all. */
  heard(): { id?: string; method?: string; result?: unknown; said?: boolean; pid?: number }[];
  /** Ends the process that heard something last, as the system may at any time. */
  dies(): void;
}

export function lookAlikeHost(folder: string): LookAlike {
  const file = join(folder, 'part');
  const plays = ({ hello = goodHello, answers = {}, after }: Part) => {
    writeFileSync(file, JSON.stringify({ hello, answers, after }));
    writeFileSync(`${file}.heard`, '');
  };
  plays({});
  const heard = (): ReturnType<LookAlike['heard']> =>
    (existsSync(`${file}.heard`) ? readFileSync(`${file}.heard`, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    // What stands after belongs to the browser.
    command: [process.execPath, '-e', program, '--', file],
    plays,
    heard,
    dies: () => {
      // `said` names no process, and may be the last line: it is written by the look-alike after all is on its way.
      const { pid } = heard().findLast((line) => line.pid !== undefined) ?? {};
      if (pid === undefined) throw new Error('it has heard nothing');
      process.kill(pid, 'SIGKILL');
    },
  };
}
