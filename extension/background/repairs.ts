/** What people ask for in popup and banner, done with the host. */
import browser from 'webextension-polyfill';
import { BY_HAND } from '../../common/by-hand.ts';
import { clouds } from '../../common/clouds.ts';
import type { Failure } from '../../common/plan.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { LinkId } from '../../common/remedies.ts';
import type { Run } from '../../common/run.ts';
import type { UiAction } from '../ui-state.ts';
import { cancelCheck, check, closeCheck, forgetCheck } from './check.ts';
import { explain } from './explain.ts';
import { ASK_MS, ask, host, standing, takeRun, tell } from './following.ts';
import { closeHistory, showHistory } from './history.ts';
import { failureIn, forget } from './incidents.ts';
import { canRepair, meaningOf } from './meanings.ts';
import { recall, remember } from './memory.ts';
import { mute, unmute } from './muted.ts';
import { setWatching } from './network-watch.ts';
import { openWindow } from './open-window.ts';
import { cloudFor } from './policy.ts';
import { runFor, type Shared } from './views.ts';

type Asked = Omit<Extract<UiAction, { do: 'plan' }>, 'do'>;

async function plan(tabId: number | undefined, { code, only }: Asked = {}): Promise<void> {
  await forgetCheck();
  await ask('planning', async () => {
    const { peer } = await host.connect();
    const seen = tabId === undefined || code !== undefined ? undefined : await failureIn(tabId);
    const asked = code ?? (only && BY_HAND);
    const failure = seen ?? (asked && notSeen(asked));
    if (!failure) return;
    const tab = tabId === undefined ? undefined : await browser.tabs.get(tabId).catch(() => undefined);
    const params = {
      failure,
      ...(only ? { only } : {}),
      ...(tab?.incognito ? { private: true as const } : {}),
    };
    const made = await peer.request('plan', params, ASK_MS);
    await remember((memory) => {
      memory.plan = made;
    });
  });
}

/** What was seen in no tab: a code that was typed, or none. */
function notSeen(code: string): Failure {
  return { code, category: meaningOf(code).category, time: new Date().toISOString() };
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
    standing.problem ??= { kind: 'plan-stale' };
    await tell();
  }
}

/** Asks the host something about the run that is shown, and shows the run as it stands then. */
async function withRun(
  what: NonNullable<Shared['busy']>,
  request: (runId: string) => Promise<Run>,
): Promise<void> {
  await ask(what, async () => {
    const { run } = await recall();
    if (!run) throw new ProblemError('run-unknown');
    await takeRun(await request(run.id));
  });
}

async function peer() {
  return (await host.connect()).peer;
}

function cancel(): Promise<void> {
  return withRun('starting', async (runId) => {
    // Before a new host can tell of the run: from now on it is not gone on with by itself.
    await remember((memory) => {
      memory.cancelled = runId;
    });
    return (await peer()).request('run.cancel', { runId }, ASK_MS);
  });
}

function undo({ runId: named, steps, replace }: Extract<UiAction, { do: 'undo' }>): Promise<void> {
  return ask('undoing', async () => {
    const runId = named ?? (await recall()).run?.id;
    if (runId === undefined) throw new ProblemError('run-unknown');
    const choice = { runId, ...(steps ? { steps } : {}), ...(replace ? { replace } : {}) };
    await remember((memory) => {
      memory.undo = choice;
    });
    await takeRun(await host.insist(({ peer }) => peer.request('run.undo', choice, ASK_MS)));
  });
}

function openGuide(link: LinkId): Promise<void> {
  return ask('starting', async () => {
    const { run } = await recall();
    if (!run) throw new ProblemError('run-unknown');
    await (await peer()).request('guide.open', { runId: run.id, link }, ASK_MS);
  });
}

/** Whether there is anything to plan: not while a run is shown, and who must ask IT does not wait for the host. */
async function wantsPlan(tabId: number): Promise<boolean> {
  const failure = await failureIn(tabId);
  return failure !== undefined && canRepair(failure) && !runFor(failure, await recall());
}

/** The cloud where a tab's sign-in failed, else the organisation's. */
async function cloudIn(tabId: number | undefined) {
  const failure = tabId === undefined ? undefined : await failureIn(tabId);
  return cloudFor(failure?.seenAt);
}

/** On to Microsoft 365, in the cloud where sign-in failed. */
async function goHome(tabId: number): Promise<void> {
  const { homes } = clouds[await cloudIn(tabId)];
  await forget(tabId);
  await browser.tabs.update(tabId, { url: `https://${homes[0]}/`, active: true });
  await tell();
}

async function muteCodeOf(tabId: number | undefined): Promise<void> {
  const failure = tabId === undefined ? undefined : await failureIn(tabId);
  if (!failure) return;
  await mute(failure.code);
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
      return plan(tabId, action);
    case 'greet':
      // Where it is not, the state says so.
      await host.connect().catch(() => undefined);
      return;
    case 'retry':
      return plan(tabId);
    case 'explain':
      return explain(action.text);
    case 'start':
      return start(action, tabId);
    case 'cancel':
      return cancel();
    case 'finish':
      return withRun('starting', (runId) =>
        host.insist(({ peer }) => peer.request('run.finish', { runId }, ASK_MS)),
      );
    case 'answer': {
      const { answer } = action;
      return withRun('starting', async (runId) =>
        (await peer()).request('run.continue', { runId, answer }, ASK_MS),
      );
    }
    case 'guide':
      return openGuide(action.link);
    case 'undo':
      return undo(action);
    case 'check':
      return check(await cloudIn(tabId));
    case 'cancel-check':
      return cancelCheck();
    case 'close-check':
      return closeCheck();
    case 'watch':
      return setWatching(action.on);
    case 'mute':
      return muteCodeOf(tabId);
    case 'unmute':
      await unmute(action.code);
      return tell();
    case 'history':
      return showHistory('history');
    case 'clear-history':
      return showHistory('history.clear');
    case 'close-history':
      return closeHistory();
    case 'continue':
      if (tabId === undefined) return;
      return goHome(tabId);
  }
}
