/** Starts programs again and again, and says how soon each answers: on this system, and in Wine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

export interface Starter {
  command: readonly string[];
  /** What it is sent; the answer is a frame then, and one byte otherwise. */
  hello: Uint8Array | null;
}

export interface Start {
  /** Milliseconds from its start to the end of its answer. */
  took: number;
  /** Milliseconds that its threads have worked until then; absent where the system does not tell. */
  worked: number | undefined;
  answer: Buffer;
}

/** https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat */
function workOf(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const [first = '0', ...rest] = threads.map(
      (thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0] ?? '0',
    );
    return rest.reduce((sum, each) => sum + Number(each), Number(first)) / 1e6;
  } catch {
    return undefined;
  }
}

const isWhole = (answer: Buffer, framed: boolean) =>
  framed ? answer.length >= 4 && answer.length >= 4 + answer.readUInt32LE() : answer.length > 0;

async function startOnce({ command: [program = '', ...args], hello }: Starter): Promise<Start> {
  const begin = performance.now();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  if (hello) child.stdin.write(hello);
  const closed = once(child, 'close').then(() => null);
  let answer = Buffer.alloc(0);
  while (!isWhole(answer, hello !== null)) {
    const more = await Promise.race([once(child.stdout, 'data'), closed]);
    if (more === null) throw new Error(`${program} ended without an answer`);
    answer = Buffer.concat([answer, more[0]]);
  }
  const took = performance.now() - begin;
  if (hello && !answer.includes('"result"')) throw new Error(`${program} answered ${answer}`);
  const worked = workOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await closed;
  return { took, worked, answer };
}

/**
 * All of them in each round, each time another one first, so that whatever else the machine does falls on all alike. What
 * there is none of has no starts.
 */
export async function startAll<Name extends string>(
  starters: Readonly<Record<Name, Starter | undefined>>,
  rounds: number,
): Promise<Record<Name, Start[]>> {
  const found: Record<string, Start[]> = {};
  const there: { starter: Starter; starts: Start[] }[] = [];
  for (const [name, starter] of Object.entries<Starter | undefined>(starters)) {
    const starts: Start[] = [];
    found[name] = starts;
    if (starter) there.push({ starter, starts });
  }
  // What is read from the disk for the first time is no part of it.
  for (const { starter } of there) await startOnce(starter);
  for (let round = 0; round < rounds; round++) {
    for (const at of there.keys()) {
      const next = there[(at + round) % there.length];
      next?.starts.push(await startOnce(next.starter));
    }
  }
  return found;
}

/** Writes one byte, and stays until it is ended: what Node itself takes. */
export const EMPTY_SCRIPT = "process.stdout.write('.');\nsetInterval(() => undefined, 1e6);\n";
