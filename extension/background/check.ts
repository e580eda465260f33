/** Looks at the connection and this PC: the host with its checks, the browser with its own eyes, both at once. */

import type { CheckScope } from '../../common/check.ts';
import { type CloudName, clouds } from '../../common/clouds.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import type { CheckState } from '../ui-state.ts';
import { lookByBrowser } from './browser-reach.ts';
import { host, standing, tell } from './following.ts';
import { beginLook, currentLook, type Look } from './look.ts';
import { recall, remember } from './memory.ts';

/** Milliseconds; the host keeps a limit of its own that is well below. */
const LIMIT = 30_000;

let closing = false;

/** Looks, and shows it as it goes on. */
export async function check(cloud: CloudName): Promise<void> {
  if (currentLook()?.quiet === false) return;
  standing.problem = null;
  closing = false;
  const looking = look('all', cloud, false);
  await forgetCheck();
  await tell();
  const state = await looking;
  // One that was closed is not wanted; one that gave way to another has nothing to show.
  if (!closing && !currentLook()) await keep(state);
}

/** Looks without showing it. Undefined when the person has a look of their own open, or began one meanwhile. */
export async function checkQuietly(cloud: CloudName): Promise<CheckState | undefined> {
  if (currentLook() || (await recall()).check) return undefined;
  const state = await look('quick', cloud, true);
  return state.state === 'cancelled' ? undefined : state;
}

export function cancelCheck(): void {
  const going = currentLook();
  if (!going || going.quiet) return;
  going.stop.abort();
}

/** Shows a result until it is closed. */
export async function keep(state: CheckState): Promise<void> {
  await remember((memory) => {
    memory.check = state;
  });
  await tell();
}

/** Ends the look that goes on, and shows none any more. */
export async function closeCheck(): Promise<void> {
  closing = true;
  cancelCheck();
  await forgetCheck();
  await tell();
}

/** A result that was seen is not shown again. */
export async function forgetCheck(): Promise<void> {
  if (!(await recall()).check) return;
  await remember((memory) => {
    memory.check = null;
  });
}

async function look(scope: CheckScope, cloud: CloudName, quiet: boolean): Promise<CheckState> {
  const going = beginLook(scope, quiet, () => void tell());
  const { signal } = going.stop;
  const [reached] = await Promise.all([
    askHost(going, { scope, cloud }),
    lookByBrowser(clouds[cloud], signal).then((findings) => going.foundByBrowser(findings)),
  ]);
  return going.end(signal.aborted ? 'cancelled' : reached ? 'done' : 'partial');
}

/** Whether the host could be asked; that it is not there is told by its own state. A cancel does not wait for it. */
async function askHost(going: Look, asked: { scope: CheckScope; cloud: CloudName }): Promise<boolean> {
  const { signal } = going.stop;
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(new ProblemError('cancelled')), { once: true });
  try {
    const { peer } = await Promise.race([host.connect(), cancelled]);
    const cancel = () => void peer.request('check.cancel', {}, LIMIT).catch(() => undefined);
    signal.addEventListener('abort', cancel, { once: true });
    const { findings } = await Promise.race([peer.request('check', asked, LIMIT), cancelled]);
    signal.removeEventListener('abort', cancel);
    going.found(findings);
    return true;
  } catch (error) {
    const problem = toProblem(error);
    const told = going.quiet || signal.aborted || problem.kind === 'disconnected';
    if (!told) standing.problem = problem;
    return false;
  }
}
