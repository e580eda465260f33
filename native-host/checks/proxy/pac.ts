/** Asks a proxy script (PAC) which way it sends hosts, with limits on time and memory. */
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../../common/problem.ts';
import { isOneFile, partText } from '../../one-file/parts.ts';
import { quickJsOf } from './pac-memory.ts';
import type { SandboxJob, SandboxMessage } from './pac-sandbox.ts';

export interface PacQuestion {
  script: string;
  hosts: readonly string[];
  /** This PC's own addresses, which a script may decide by. */
  addresses: readonly string[];
  /** A name's addresses; empty where there are none. */
  lookUp: (host: string) => Promise<readonly string[]>;
  /** Milliseconds for the thread's start, which are this PC's to answer for. */
  startTimeout: number;
  /** Milliseconds for the script and all its answers. */
  timeout: number;
  signal: AbortSignal;
}

export type PacAnswer =
  /** What the script says for each host, such as `PROXY proxy.contoso.com:8080; DIRECT`. */
  | { end: 'answered'; ways: string[] }
  | { end: 'broken'; error: string }
  | { end: 'slow' }
  /** This PC was too slow to start the thread: that says nothing of the script. */
  | { end: 'not-started' };

/** MiB. A script of 1 MB is parsed outside its sandbox, and its tree is many times as large. */
const HEAP = 256;
/** Characters of an answer. */
const LONGEST = 2000;

/** Bytes that a script may use; WebAssembly's memory is outside the limits of a Node thread. */
const MEMORY = 32 * 1024 * 1024;

async function threadCode(): Promise<{ code: string | URL; isText: boolean }> {
  if (isOneFile()) return { code: partText('pac-sandbox.cjs'), isText: true };
  const { sandboxUrl } = await import('./pac-sandbox.ts');
  return { code: sandboxUrl, isText: false };
}

/** Runs the script on a thread that is ended past the limit. Fails with `cancelled` when the signal aborts. */
export async function evaluatePac(question: PacQuestion): Promise<PacAnswer> {
  const { script, hosts, addresses } = question;
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const job: SandboxJob = { quickJs: await quickJsOf(MEMORY), script, hosts, addresses, answered };
  const { code, isText } = await threadCode();
  const worker = new Worker(code, {
    workerData: job,
    eval: isText,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
    env: {},
    execArgv: [],
    // The host's own output is the browser's port: nothing may get there by accident.
    stdout: true,
    stderr: true,
  });
  try {
    return await answerOf(worker, answered, question);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, answered: Int32Array, question: PacQuestion): Promise<PacAnswer> {
  const { startTimeout, timeout, signal, lookUp } = question;
  const { promise, resolve, reject } = Promise.withResolvers<PacAnswer>();
  const cancel = () => reject(new ProblemError('cancelled'));
  let timer = setTimeout(() => resolve({ end: 'not-started' }), startTimeout);
  const answer = async (host: string) => {
    worker.postMessage(await lookUp(host).catch(() => []));
    Atomics.store(answered, 0, 1);
    Atomics.notify(answered, 0);
  };
  worker.on('message', (message: SandboxMessage) => {
    if (message.kind === 'ready') {
      clearTimeout(timer);
      timer = setTimeout(() => resolve({ end: 'slow' }), timeout);
    }
    if (message.kind === 'look-up') void answer(message.host);
    else if (message.kind === 'ways') resolve(judged(message.ways));
    else if (message.kind === 'broken') resolve({ end: 'broken', error: message.error });
  });
  worker.once('error', (error) => resolve({ end: 'broken', error: error.message }));
  worker.once('exit', () => resolve({ end: 'broken', error: 'ended' }));
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  });
}

/** Nothing at all means no proxy; browsers take it so, too. */
function judged(ways: readonly unknown[]): PacAnswer {
  const texts = ways.map((way) => way ?? '').filter((way) => typeof way === 'string');
  if (texts.length < ways.length) return { end: 'broken', error: 'answer-no-text' };
  if (texts.some((text) => text.length > LONGEST)) return { end: 'broken', error: 'answer-too-long' };
  return { end: 'answered', ways: texts };
}
