/** What people ask for in popup and banner, done with the host, and how it stands. */
import browser from 'webextension-polyfill';
import { cloudOf } from '../../common/clouds.ts';
import type { Hello, Run } from '../../common/contract.ts';
import { type Problem, ProblemError, toProblem } from '../../common/problem.ts';
import type { UiAction, UiState } from '../ui-state.ts';
import { canRepair } from '../views/catalogue.ts';
import { Host } from './host.ts';
import { failureIn, forget, happenToRun } from './incidents.ts';
import { isGoingOn, isOpen, recall, remember } from './memory.ts';
import { openWindow } from './open-window.ts';
import { verifySignIn } from './verify.ts';
import { pushAll, runFor, type Shared, someoneLooksOn } from './views.ts';

/** A plan looks at the machine, a start writes to its disk; both are quick, but a PC may be slow. */
const ASK_MS = 30_000;

let busy: UiState['busy'] = null;
let problem: Problem | null = null;
let runOpen = false;

const host = new Host({
  greeted: (hello) => void greet(hello),
  run: (run) => void takeRun(run),
  verify: async () => verifySignIn((await recall()).run?.failure.seenAt),
  state: () => void tell(),
  wanted: () => someoneLooksOn() || runOpen,
  follow: () => runOpen,
});

export function shared(): Shared {
  return { host: host.state, busy, problem };
}

export async function tell(): Promise<void> {
  host.settle();
  await pushAll(shared());
}

async function greet({ machine, run }: Hello): Promise<void> {
  await remember((memory) => {
    memory.simulated = machine === 'simulated';
  });
  await (run ? takeRun(run) : tell());
}

/** A run's newer view replaces the older one; a late one is dropped. */
async function takeRun(run: Run): Promise<void> {
  const { run: known, cancelled } = await recall();
  const same = known?.id === run.id;
  if (same && run.status === 'interrupted' && isGoingOn(known) && cancelled !== run.id) return goOn(known);
  if (same && known.revision > run.revision && run.status !== 'interrupted') return;
  runOpen = isGoingOn(run);
  await remember((memory) => {
    memory.run = run;
    if (isOpen(run)) memory.plan = null;
  });
  await happenToRun(run);
  await tell();
}

/**
 * The host died under a run that the person had agreed to (a browser ends its hosts with their port): its journal
 * knows how far it came, and a new host goes on from there.
 */
async function goOn(run: Run): Promise<void> {
  const method = run.status === 'undoing' ? 'run.undo' : 'run.finish';
  try {
    const { peer } = await host.connect();
    await takeRun(await peer.request(method, { runId: run.id }, ASK_MS));
  } catch (error) {
    // The person decides: the view offers to finish or to undo.
    problem = toProblem(error);
    await remember((memory) => {
      memory.run = { ...run, status: 'interrupted' };
    });
    runOpen = false;
    await tell();
  }
}

/** After the background woke: a run that was going on is found again and followed. */
export async function resume(): Promise<void> {
  const { run } = await recall();
  runOpen = isGoingOn(run);
  if (runOpen) await host.connect().catch(() => undefined);
}

/** One question to the host at a time; its trouble is shown, not thrown. */
async function ask(what: NonNullable<UiState['busy']>, work: () => Promise<void>): Promise<void> {
  if (busy) return;
  busy = what;
  problem = null;
  await tell();
  try {
    await work();
  } catch (error) {
    const found = toProblem(error);
    // By then the hello of the new port has shown the run that goes on.
    if (found.kind === 'run-busy') await host.renew().catch(() => undefined);
    // A port that failed has said why already, by the host's state.
    problem = found.kind === 'disconnected' || host.state.state !== 'ready' ? null : found;
  } finally {
    busy = null;
    await tell();
  }
}

async function plan(tabId: number | undefined): Promise<void> {
  await ask('planning', async () => {
    const { peer } = await host.connect();
    const failure = tabId === undefined ? undefined : await failureIn(tabId);
    if (!failure) return;
    const made = await peer.request('plan', { failure }, ASK_MS);
    await remember((memory) => {
      memory.plan = made;
    });
  });
}

async function start({ planId, chosen }: Extract<UiAction, { do: 'start' }>, tabId: number | undefined) {
  let stale = false;
  await ask('starting', async () => {
    const { peer } = await host.connect();
    try {
      await takeRun(await peer.request('run.start', { planId, chosen }, ASK_MS));
    } catch (error) {
      stale = toProblem(error).kind === 'plan-stale';
      throw error;
    }
  });
  // The host that made the plan has ended meanwhile: made anew, and shown again before anything is done.
  if (stale) {
    await plan(tabId);
    problem ??= { kind: 'plan-stale' };
    await tell();
  }
}

async function withRun(
  what: NonNullable<UiState['busy']>,
  method: 'run.cancel' | 'run.finish' | 'run.undo',
): Promise<void> {
  await ask(what, async () => {
    const { run } = await recall();
    if (!run) throw new ProblemError('run-unknown');
    if (method === 'run.cancel') {
      await remember((memory) => {
        memory.cancelled = run.id;
      });
    }
    const { peer } = await host.connect();
    await takeRun(await peer.request(method, { runId: run.id }, ASK_MS));
  });
}

/** Whether there is anything to plan: not while a run is shown, and who must ask IT does not wait for the host. */
async function wantsPlan(tabId: number): Promise<boolean> {
  const failure = await failureIn(tabId);
  return failure !== undefined && canRepair(failure) && !runFor(failure, await recall());
}

/** On to Microsoft 365, in the cloud where sign-in failed. */
async function goHome(tabId: number): Promise<void> {
  const seenAt = (await failureIn(tabId))?.seenAt ?? '';
  await forget(tabId);
  await browser.tabs.update(tabId, { url: `https://${cloudOf(seenAt).homes[0]}/`, active: true });
  await tell();
}

/** Does what a view asked for. */
export async function act(action: UiAction, tabId: number | undefined): Promise<void> {
  switch (action.do) {
    case 'open':
      if (tabId === undefined) return;
      await openWindow(tabId);
      return (await wantsPlan(tabId)) ? plan(tabId) : tell();
    case 'plan':
    case 'retry':
      return plan(tabId);
    case 'start':
      return start(action, tabId);
    case 'cancel':
      return withRun('starting', 'run.cancel');
    case 'finish':
      return withRun('starting', 'run.finish');
    case 'undo':
      return withRun('undoing', 'run.undo');
    case 'continue':
      if (tabId === undefined) return;
      return goHome(tabId);
  }
}
