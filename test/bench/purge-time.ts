/** A purge by engine and journal, timed: here, and in Wine. */
import type { Failure } from '../../common/plan.ts';
import type { Machine } from '../../native-host/machine/machine.ts';
import { everything } from '../../native-host/runs/choice.ts';
import { RunHost } from '../../native-host/runs/run-host.ts';
import { timed } from './figures.ts';

export const failure = (): Failure => ({
  code: 'AADSTS50173',
  category: 'local',
  time: new Date().toISOString(),
});

/** Names of so many entries that may be removed. */
export const removable = (count: number) =>
  Array.from({ length: count }, (_, n) => `MicrosoftOffice16_Data:ADAL:${n}`);

/** Milliseconds of a run that removes so many entries, all that may be, from its start to its last line. */
export async function purgeTime(machine: Machine, entries: number): Promise<number> {
  const host = new RunHost(machine, {
    changed: () => undefined,
    verify: async () => ({ outcome: 'unknown' }),
    clearSession: async () => undefined,
    visitor: (socket) => socket.destroy(),
    idle: () => undefined,
  });
  const made = await host.plan(failure(), { only: ['purge-credentials'] });
  const took = await timed(async () => {
    await host.start(made.plan.id, everything(made));
    await host.settled();
  });
  const [run] = (await host.past.history()).runs;
  const { done, skipped } = run?.steps[0] ?? {};
  if (done !== entries || skipped?.length !== 0) throw new Error(`not purged: ${JSON.stringify(run)}`);
  return took;
}
