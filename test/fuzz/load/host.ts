/** A host as a process of its own, from its sources, as a browser starts it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CHROMIUM_ORIGIN } from '../../../common/identity.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'native-host', 'main.ts');

export interface StartedHost {
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Its exit code, and what it said on standard error. */
  ended: Promise<{ code: unknown; stderr: string }>;
}

/** Starts a host on the simulated PC in this file. Nothing is read of its output until somebody does. */
export function startHost(file: string): StartedHost {
  const args = [main, '--machine', `simulated:${file}`, CHROMIUM_ORIGIN];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => undefined);
  return { child, ended: once(child, 'close').then(([code]) => ({ code, stderr })) };
}

/** The most memory that a process has had at any time, in bytes; undefined where the system does not tell. */
export function peakMemory(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
