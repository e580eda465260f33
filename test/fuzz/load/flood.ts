/**
 * A browser that sends so many requests and reads nothing: the host takes no more memory for many than for few, and
 * when the browser reads at last, each request has its one answer.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createSimulatedMachine } from '../../../native-host/machine/simulated/index.ts';
import { addIncidents } from '../../../native-host/runs/history.ts';
import { FrameClient } from '../../harness/host/frame-client.ts';
import { peakMemory, startHost } from './host.ts';
import { onPc } from './pc.ts';
import { asMib, type LoadReport } from './report.ts';

/** Bytes above a host that is asked now and then; the answers to a flood are many times that. */
const MOST = 48 * 1024 * 1024;

/** A history whose answer is large. */
async function longHistory(file: string): Promise<void> {
  const failures = Array.from({ length: 200 }, (_, nth) => ({
    code: 'AADSTS50173',
    category: 'local' as const,
    seenAt: 'login.microsoftonline.com',
    correlationId: '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11',
    time: new Date(Date.UTC(2026, 0, 1) + nth * 60_000).toISOString(),
  }));
  await addIncidents(await createSimulatedMachine(file), failures);
}

/** Until the host takes no more, for a second. */
async function untilStill(pid: number | undefined): Promise<void> {
  const ticks = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).join();
  if (process.platform !== 'linux') return;
  for (let still = 0, last = ''; still < 10; ) {
    await delay(100);
    const now = ticks();
    still = now === last ? still + 1 : 0;
    last = now;
  }
}

export function flood(count = 10_000): Promise<LoadReport> {
  return onPc(async (file) => {
    await longHistory(file);
    const { child, ended } = startHost(file);
    // Read on purpose only while it is listened to.
    const client = new FrameClient(child.stdin, child.stdout);
    await client.hello();
    for (let nth = 0; nth < 50; nth++) await client.ask('history');
    const calm = peakMemory(child.pid);
    child.stdout.pause();
    const ids = Array.from({ length: count }, () => client.post('history'));
    await untilStill(child.pid);
    const flooded = peakMemory(child.pid);
    client.messages.length = 0;
    child.stdout.resume();
    const answers = new Map<unknown, number>();
    let [heard, wrongAnswers] = [0, 0];
    while (heard < count) {
      await client.until(() => true);
      for (const { id, result } of client.messages.splice(0)) {
        answers.set(id, (answers.get(id) ?? 0) + 1);
        heard += 1;
        if (typeof result !== 'object') wrongAnswers += 1;
      }
    }
    child.stdin.end();
    const { code } = await ended;
    const wrong = ids
      .filter((id) => answers.get(id) !== 1)
      .map((id) => `request ${id} has ${answers.get(id)} answers`)
      .slice(0, 5);
    if (wrongAnswers > 0) wrong.push(`${wrongAnswers} answers are none`);
    if (code !== 0) wrong.push(`the host ended with ${code}`);
    const grown = calm === undefined || flooded === undefined ? null : flooded - calm;
    if (grown !== null && grown > MOST) wrong.push(`the host has taken ${asMib(grown)} MiB more`);
    return {
      figures: {
        requests: count,
        'MiB in calm': calm ? asMib(calm) : null,
        'MiB more in the flood': grown === null ? null : asMib(grown),
      },
      wrong,
    };
  });
}
