/** Starts a program as a browser does, says hello and ends it: whether it really answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, extname } from 'node:path';
import { AnyHelloSchema, MAX_TO_BROWSER, MAX_TO_HOST, PROTOCOL } from '../../common/contract.ts';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../common/identity.ts';
import { type ProblemKind, toProblem } from '../../common/problem.ts';
import { Peer } from '../../common/rpc.ts';
import { encodeFrame, FrameReader } from '../messaging/frames.ts';
import { VERSION } from '../version.ts';
import type { BrowserFamily } from './browsers.ts';
import { codeOf } from './whole-file.ts';

/** How it went. `detail` is for a technician. */
export type Answer =
  | { end: 'hello'; protocol: number; version: string }
  /** It answered that it cannot work. */
  | { end: 'problem'; kind: ProblemKind }
  /** The system would not start it. */
  | { end: 'not-started'; detail: string }
  | { end: 'no-program'; detail: string }
  /** It ended before it said anything. */
  | { end: 'exited'; detail: string }
  /** What it wrote was no message. */
  | { end: 'no-frame' }
  | { end: 'silent' };

/** As long as the extension waits, and what a host may take to end once its port is closed, in milliseconds. */
const SILENT_MS = 6_000;
const END_MS = 2_000;

const remote = { hello: { params: AnyHelloSchema, result: AnyHelloSchema } };

/** What a browser of that family tells a host about its caller. */
function callerArgs(family: BrowserFamily, manifest: string): string[] {
  if (family === 'firefox') return [manifest, GECKO_EXTENSION_ID];
  return process.platform === 'win32' ? [CHROMIUM_ORIGIN, '--parent-window=0'] : [CHROMIUM_ORIGIN];
}

/** Never fails, and takes no longer than `limit` milliseconds and the time to end it. */
export async function ping(
  program: string,
  family: BrowserFamily,
  manifest: string,
  limit = SILENT_MS,
): Promise<Answer> {
  let child: ChildProcess;
  try {
    child = start(program, callerArgs(family, manifest));
  } catch (error) {
    return notStarted(error);
  }
  const answer = await heard(child, limit);
  await end(child);
  return answer;
}

function start(program: string, args: readonly string[]): ChildProcess {
  const options = { cwd: dirname(program), windowsHide: true };
  if (process.platform !== 'win32' || extname(program).toLowerCase() === '.exe')
    return spawn(program, args, options);
  // As Chromium starts anything else: https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging
  const line = [program, ...args].map((word) => `"${word}"`).join(' ');
  const shell = process.env.COMSPEC ?? 'cmd.exe';
  return spawn(shell, ['/d', '/s', '/c', `"${line}"`], { ...options, windowsVerbatimArguments: true });
}

function notStarted(error: unknown): Answer {
  const detail = codeOf(error);
  return ['ENOEXEC', 'EFTYPE'].includes(detail)
    ? { end: 'no-program', detail }
    : { end: 'not-started', detail };
}

function heard(child: ChildProcess, limit: number): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  let wrote = false;
  let complaint = '';
  child.once('error', (error) => resolve(notStarted(error)));
  child.stdin?.on('error', () => undefined);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 300);
  });
  child.once('close', (code, signal) =>
    resolve(wrote ? { end: 'no-frame' } : { end: 'exited', detail: `${code ?? signal} ${complaint}`.trim() }),
  );
  if (!child.stdout) return promise;
  const peer = new Peer({
    send: (message) => void child.stdin?.write(encodeFrame(message, MAX_TO_HOST)),
    ...{ local: {}, handlers: {}, remote, incoming: {}, listeners: {} },
  });
  const reader = new FrameReader(
    { message: (message) => peer.receive(message), problem: () => resolve({ end: 'no-frame' }) },
    MAX_TO_BROWSER,
  );
  child.stdout.on('data', (chunk: Buffer) => {
    wrote = true;
    reader.push(chunk);
  });
  peer.request('hello', { protocol: PROTOCOL, version: VERSION }, limit).then(
    ({ protocol, version }) => resolve({ end: 'hello', protocol, version }),
    (error: unknown) => resolve(refusal(toProblem(error).kind)),
  );
  // Whatever it was, its answer is waited for no longer.
  return promise.finally(() => peer.close());
}

function refusal(kind: ProblemKind): Answer {
  if (kind === 'timed-out') return { end: 'silent' };
  return kind === 'bad-params' ? { end: 'no-frame' } : { end: 'problem', kind };
}

/** It ends by itself when its port closes; what does not is ended. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.stdin?.end();
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), END_MS);
  if ((await Promise.race([over, late.promise])) === 'late') {
    await endByForce(child.pid, child);
    await over;
  }
  clearTimeout(timer);
  // What it started and left may hold the other end for ever.
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function endByForce(pid: number, child: ChildProcess): Promise<void> {
  if (process.platform !== 'win32') {
    child.kill('SIGKILL');
    return;
  }
  const { endTree } = await import('../machine/windows/end-tree.ts');
  await endTree(pid);
}
