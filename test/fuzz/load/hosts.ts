/**
 * So many hosts started at once on one PC, each with a failure for the history: each answers its `hello`, all end
 * well, no failure is lost, and no lock is left behind.
 */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSimulatedMachine, readSimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { readIncidents } from '../../../native-host/runs/history.ts';
import { isOccupied } from '../../../native-host/runs/meeting-point.ts';
import { FrameClient } from '../../harness/host/frame-client.ts';
import { startHost } from './host.ts';
import { onPc } from './pc.ts';
import { type LoadReport, rounded } from './report.ts';

const failureOf = (nth: number) => ({
  code: 'AADSTS50173',
  category: 'local',
  time: new Date(Date.UTC(2026, 0, 1) + nth * 60_000).toISOString(),
});

/** Milliseconds to the answer of `hello`; fails where there is none. */
async function visit(file: string, nth: number): Promise<number> {
  const { child, ended } = startHost(file);
  const begin = performance.now();
  const client = new FrameClient(child.stdin, child.stdout);
  await client.hello();
  const took = performance.now() - begin;
  await client.ask('history.add', { failures: [failureOf(nth)] });
  child.stdin.end();
  const { code, stderr } = await ended;
  if (code !== 0 || stderr !== '') throw new Error(`a host ended with ${code}: ${stderr}`);
  return took;
}

export function hosts(count = 100): Promise<LoadReport> {
  return onPc(async (file) => {
    const visits = await Promise.allSettled(Array.from({ length: count }, (_, nth) => visit(file, nth)));
    const wrong = visits.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    const took = visits.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const machine = await createSimulatedMachine(file);
    if (await isOccupied(machine.stateFolder)) wrong.push('the place of the one host with a run is taken');
    const left = readdirSync(dirname(file)).filter((name) => !['pc.json', 'pc.json.state'].includes(name));
    if (left.length > 0) wrong.push(`left behind: ${left}`);
    readSimulatedPc(file);
    const kept = (await readIncidents(machine)).length;
    if (kept !== count) wrong.push(`${kept} of ${count} failures are in the history`);
    const slowest = rounded(Math.max(...took) / 1000);
    return {
      figures: {
        hosts: count,
        answered: took.length,
        'seconds to the last answer': slowest,
        'in the history': kept,
      },
      wrong,
    };
  });
}
