/**
 * OneDrive's own reset: close it, run `OneDrive.exe /reset`, wait until that has ended, start it again if it did
 * not come back by itself. Files stay; sync connections are dropped and a full sync follows
 * (https://support.microsoft.com/office/reset-onedrive-34701e00-bf7b-42db-b960-84905399050c). A reset cannot be
 * taken back; what undo can do is open OneDrive's set-up for the accounts that it had.
 */
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import {
  findOneDrive,
  ONEDRIVE_IMAGE,
  type OneDriveAccount,
  type OneDrivePlace,
  oneDriveAccounts,
  oneDriveExe,
  oneDrivePlaces,
} from '../machine/onedrive.ts';
import type { ActContext, Operation, Remedy } from './remedy.ts';

/** Limits in milliseconds, generous to a slow PC; what is waited for ends the wait. */
export interface ResetLimits {
  close: number;
  reset: number;
  /** For OneDrive to come back by itself, and for it to be seen after being started by us. */
  return: number;
  start: number;
}
const usual: ResetLimits = { close: 30_000, reset: 120_000, return: 10_000, start: 30_000 };

const IntentSchema = v.variant('do', [
  v.strictObject({ do: v.literal('reset'), place: v.picklist(oneDrivePlaces) }),
  v.strictObject({ do: v.literal('reconnect'), email: v.pipe(v.string(), v.maxLength(320)) }),
]);
type Intent = v.InferOutput<typeof IntentSchema>;

function operations(place: OneDrivePlace, exe: string, accounts: OneDriveAccount[]): Operation[] {
  const reset: Operation = {
    item: { id: 'onedrive', kind: 'onedrive-process', label: exe.slice(0, 500), optional: false },
    intent: { do: 'reset', place } satisfies Intent,
  };
  const reconnect = accounts.map(
    ({ name, email, folder }, index): Operation => ({
      item: {
        id: `account-${index}`,
        kind: 'onedrive-account',
        label: `${name} — ${email}`.slice(0, 500),
        ...(folder ? { detail: folder.slice(0, 500) } : {}),
        optional: false,
      },
      intent: { do: 'reconnect', email } satisfies Intent,
    }),
  );
  return [reset, ...reconnect];
}

async function running(machine: Machine): Promise<boolean> {
  return (await machine.processes.running(ONEDRIVE_IMAGE)).length > 0;
}

/** Waits until OneDrive runs, or until it does not; false when the limit came first. */
async function until(machine: Machine, wanted: boolean, limit: number): Promise<boolean> {
  const end = Date.now() + limit;
  for (;;) {
    if ((await running(machine)) === wanted) return true;
    if (Date.now() >= end) return false;
    await delay(Math.min(250, limit));
  }
}

/** Sees to it that OneDrive runs again, by itself or started by us. */
async function bringBack(machine: Machine, exe: string, limits: ResetLimits): Promise<void> {
  if (await until(machine, true, limits.return)) return;
  await machine.processes.launch(exe, ['/background']);
  if (!(await until(machine, true, limits.start))) throw new ProblemError('onedrive-not-back', exe);
}

/**
 * Once begun it is not cut off half-way: a reset that is killed leaves OneDrive worse than before. Each part has
 * its limit, and OneDrive is brought back also when a part fails.
 */
async function reset(machine: Machine, exe: string, report: ActContext['report'], limits: ResetLimits) {
  const uncut = new AbortController().signal;
  try {
    if (await running(machine)) {
      report({ id: 'closing-onedrive' });
      await machine.processes.run(exe, ['/shutdown'], { timeout: limits.close, signal: uncut });
      if (!(await until(machine, false, limits.close))) throw new ProblemError('timed-out', '/shutdown');
    }
    report({ id: 'resetting-onedrive' });
    await machine.processes.run(exe, ['/reset'], { timeout: limits.reset, signal: uncut });
  } catch (error) {
    // The first trouble is the one to tell; that OneDrive is brought back is done as well as can be.
    await bringBack(machine, exe, limits).catch(() => undefined);
    throw error;
  }
  report({ id: 'starting-onedrive' });
  await bringBack(machine, exe, limits);
}

/** The remedy with its limits, which tests shorten. */
export function resetOneDriveWithin(limits: ResetLimits): Remedy {
  return {
    id: 'reset-onedrive',
    risk: 'medium',
    seconds: 120,
    undo: 'partial',

    async preview(machine) {
      const place = await findOneDrive(machine);
      if (!place) return { state: 'onedrive-missing' };
      const accounts = await oneDriveAccounts(machine);
      return { state: 'ready', operations: operations(place, oneDriveExe(machine, place), accounts) };
    },

    // The accounts are their own backup: their addresses stand in the intents.
    backup: async () => null,

    async act(machine, intent, { report }) {
      const parsed = v.parse(IntentSchema, intent);
      if (parsed.do !== 'reset') return;
      const exe = oneDriveExe(machine, parsed.place);
      if (!(await machine.exists(exe))) throw new ProblemError('onedrive-missing', exe);
      await reset(machine, exe, report, limits);
    },

    async revert(machine, intent) {
      const parsed = v.parse(IntentSchema, intent);
      if (parsed.do === 'reset') return 'impossible';
      const linked = (await oneDriveAccounts(machine)).some(({ email }) => email === parsed.email);
      if (linked) return 'already';
      await machine.processes.open(`odopen://sync?useremail=${encodeURIComponent(parsed.email)}`);
      return 'restored';
    },
  };
}

export const resetOneDrive = resetOneDriveWithin(usual);
