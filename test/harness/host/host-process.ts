/** The host as a process of its own, from its sources: what a browser or a person starts. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { root } from '../build.ts';

/** The Node that ships, which runs TypeScript as it is. */
const node = join(root, 'node_modules', '.bin', 'node');
const main = join(root, 'native-host', 'main.ts');

export interface Ended {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface HostProcess {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** What has been said on standard error so far. */
  stderr(): string;
  /** Waits until standard error matches. Fails when the process ends before. */
  says(pattern: RegExp): Promise<void>;
  ended: Promise<Ended>;
}

/** Starts the host with these arguments. Its input stays open; it ends with the test at the latest. */
export function startHost(args: readonly string[], env: NodeJS.ProcessEnv = {}): HostProcess {
  const child = spawn(node, [main, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', NO_COLOR: '1', ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('latin1');
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');
  const ended = closed.then(([code]) => ({
    code: v.parse(v.nullable(v.number()), code),
    stdout: Buffer.from(stdout, 'latin1').toString('utf8'),
    stderr,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const says = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(stderr)) {
      const more = await Promise.race([once(child.stderr, 'data'), closed.then(() => 'closed')]);
      if (more === 'closed' && !pattern.test(stderr)) throw new Error(`ended without ${pattern}: ${stderr}`);
    }
  };
  return { child, stderr: () => stderr, says, ended };
}

/** Runs the command line to its end, with nothing to read. */
export function cli(...args: string[]): Promise<Ended> {
  const { child, ended } = startHost(args);
  child.stdin.end();
  return ended;
}

/** The one JSON document of a `--json` command, read by a schema. */
export function documentOf<T>({ stdout }: Ended, schema: v.GenericSchema<unknown, T>): T {
  return v.parse(schema, JSON.parse(stdout));
}
