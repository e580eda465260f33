/** The run that is shown, followed wherever it is carried out, and gone on with where its host died. */

import { toProblem } from '../../common/problem.ts';
import type { Run, UndoChoice } from '../../common/run.ts';
import { Host } from './host.ts';
import type { HostPort } from './host-port.ts';
import { happenToRun } from './incidents.ts';
import { currentLook } from './look.ts';
import { isGoingOn, isOpen, type Memory, recall, remember } from './memory.ts';
import { muted } from './muted.ts';
import { closeOwnTab } from './own-tab.ts';
import { hearPolicy } from './policy.ts';
import { handOver } from './seen-failures.ts';
import { clearSession } from './session.ts';
import { verifySignIn } from './verify.ts';
import { pushAll, type Shared, someoneLooksOn } from './views.ts';
import { watching } from './watch-setting.ts';

/** A plan looks at the machine, a start writes to its disk; both are quick, but a PC may be slow. */
export const ASK_MS = 30_000;

/** What views show beside what is remembered. */
export const standing: Pick<Shared, 'busy' | 'problem' | 'history'> = {
  busy: null,
  problem: null,
  history: null,
};

let runOpen = false;
/** Settled when what the newest hello told is known. */
let greeted: Promise<void> = Promise.resolve();

export const host = new Host({
  greeted: (port) => {
    greeted = greet(port);
  },
  policy: (policy) => void hearPolicy(policy).then(tell),
  run: (run) => void takeRun(run),
  found: (finding) => currentLook()?.found([finding]),
  waiting: ({ checks }) => currentLook()?.waiting(checks),
  asked: {
    verify: async () => {
      await greeted;
      return verifySignIn((await recall()).run?.failure.seenAt);
    },
    'session.clear': async ({ runId }) => {
      await greeted;
      const { run } = await recall();
      // Only for the run that the person agreed to and sees.
      if (run?.id !== runId || !isGoingOn(run)) return { outcome: 'refused', cookies: 0 };
      return clearSession(run.failure.seenAt);
    },
  },
  state: () => void tell(),
  wanted: () => someoneLooksOn() || runOpen || currentLook() !== undefined,
  follow: () => runOpen,
});

export function shared(): Shared {
  const look = currentLook();
  return {
    host: host.state,
    ...standing,
    ...(look?.quiet === false ? { check: look.state } : {}),
    muted: muted(),
    watch: watching(),
  };
}

export async function tell(): Promise<void> {
  host.settle();
  await pushAll(shared());
}

async function greet(port: HostPort): Promise<void> {
  const { machine, run } = port.hello;
  const { run: known } = await recall();
  // What an earlier host counted says nothing of this one's: the clock may have been set back between.
  if (known) known.revision = 0;
  await remember((memory) => {
    memory.simulated = machine === 'simulated';
  });
  void giveSeen(port);
  await (run ? takeRun(run) : comeToKnow(port, known));
}

/** No run is open: one that was when it was last seen has ended while nobody was here to be told. */
async function comeToKnow({ peer }: HostPort, known: Run | null): Promise<void> {
  if (known && isOpen(known)) {
    const past = await peer.request('history', {}, ASK_MS).catch(() => undefined);
    const ended = past?.runs.find(({ id }) => id === known.id) ?? null;
    const { run: still } = await recall();
    // Meanwhile it may have been told of, or taken up again.
    if (past && still?.id === known.id && still.revision === known.revision && !isOpen(ended)) {
      runOpen = false;
      await remember((memory) => {
        memory.run = ended;
      });
      await happenToRun(ended ?? { ...known, status: 'unverified' });
    }
  }
  await tell();
}

/** Gives the host the failures that it has not been told of. */
export function giveSeen({ peer }: HostPort): Promise<void> {
  return handOver((failures) => peer.request('history.add', { failures }, ASK_MS));
}

/** A run's newer view replaces the older one; a late one is dropped. */
export async function takeRun(run: Run): Promise<void> {
  const memory = await recall();
  const { run: known } = memory;
  const same = known?.id === run.id;
  if (same && run.status === 'interrupted' && isGoingOn(known)) {
    const way = wayOn(known, memory);
    if (way) return void goOn(known, way);
  }
  if (same && known.revision > run.revision && run.status !== 'interrupted') return;
  runOpen = isGoingOn(run);
  await remember((memory) => {
    memory.run = run;
    if (isOpen(run)) memory.plan = null;
  });
  await happenToRun(run);
  await tell();
}

type Way = { method: 'run.finish'; params: { runId: string } } | { method: 'run.undo'; params: UndoChoice };

/** How a run that was cut off goes on; undefined where the person did not ask for that, and is asked. */
function wayOn({ id, status }: Run, { cancelled, undo }: Memory): Way | undefined {
  if (cancelled === id) return undefined;
  if (status !== 'undoing') return { method: 'run.finish', params: { runId: id } };
  return undo?.runId === id ? { method: 'run.undo', params: undo } : undefined;
}

/**
 * The host died under a run that the person had agreed to (a browser ends its hosts with their port): its journal
 * knows how far it came, and a new host goes on from there.
 */
async function goOn(run: Run, { method, params }: Way): Promise<void> {
  try {
    const { peer } = await host.connect();
    await takeRun(await peer.request(method, params, ASK_MS));
  } catch (error) {
    // The person decides: the view offers to finish or to undo.
    standing.problem = toProblem(error);
    await remember((memory) => {
      memory.run = { ...run, status: 'interrupted' };
    });
    runOpen = false;
    await tell();
  }
}

/** After the background woke: a run that was going on is found again and followed. */
export async function resume(): Promise<void> {
  await closeOwnTab();
  const { run } = await recall();
  runOpen = isGoingOn(run);
  if (runOpen) await host.connect().catch(() => undefined);
}

/** One question to the host at a time; its trouble is shown, not thrown. */
export async function ask(what: NonNullable<Shared['busy']>, work: () => Promise<void>): Promise<void> {
  if (standing.busy) return;
  standing.busy = what;
  standing.problem = null;
  await tell();
  try {
    await work();
  } catch (error) {
    const found = toProblem(error);
    // By then the hello of the new port has shown the run that goes on.
    if (found.kind === 'run-busy') await host.renew().catch(() => undefined);
    // A port that failed has said why already, by the host's state.
    standing.problem = found.kind === 'disconnected' || host.state.state !== 'ready' ? null : found;
  } finally {
    standing.busy = null;
    await tell();
  }
}
