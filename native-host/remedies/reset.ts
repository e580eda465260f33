/**
 * What `reset-onedrive` and `relink-onedrive` have in common: one operation that resets OneDrive, and one for each
 * account that it was linked to. A reset cannot be taken back; what undo can do is open OneDrive's set-up for the
 * accounts that are not linked any more.
 */
import * as v from 'valibot';
import { clouds, isSignInHost } from '../../common/clouds.ts';
import type { Finding } from '../../common/findings.ts';
import { ProblemError } from '../../common/problem.ts';
import { lookAtHost } from '../checks/endpoints/endpoints.ts';
import { reachable, signInHost } from '../checks/evidence.ts';
import { lookAtFiles } from '../checks/onedrive-files.ts';
import type { Machine } from '../machine/machine.ts';
import { findOneDrive, oneDrivePlaces } from '../machine/onedrive.ts';
import {
  accountItem,
  isLinked,
  type LinkedAccount,
  LinkedAccountSchema,
  linkedAccounts,
  linkedSince,
  openSetup,
} from './accounts.ts';
import { installedExe, type OneDriveLimits, oneDriveItem, resetOneDriveNow } from './onedrive-control.ts';
import type { ActContext, Operation, Preview, Remedy } from './remedy.ts';

const IntentSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('reset'),
    place: v.picklist(oneDrivePlaces),
    /** Where this person signs in: it must be within reach. */
    server: v.optional(v.pipe(v.string(), v.check(isSignInHost)), clouds.worldwide.signIn[0] ?? ''),
    /** What was linked when the plan was made. */
    accounts: v.array(LinkedAccountSchema),
  }),
  v.strictObject({ do: v.literal('account'), account: LinkedAccountSchema }),
]);

/** Milliseconds to look at OneDrive's folders, and for one server to answer, before a reset. */
const LOOK_LIMIT = 10_000;
const PROBE_LIMIT = 3_000;

interface Resetting extends Pick<Remedy, 'id' | 'seconds' | 'limit' | 'source'> {
  limits: OneDriveLimits;
  /** Whether a person may leave out accounts. */
  optional: boolean;
  /** What is done for each account after the reset. */
  afterwards: (machine: Machine, account: LinkedAccount, context: ActContext) => Promise<void>;
}

/** A remedy that begins with OneDrive's own reset. */
export function resetting({ limits, optional, afterwards, ...facts }: Resetting): Remedy {
  return {
    ...facts,
    risk: 'medium',
    undo: 'partial',
    proves: 'onedrive',

    async preview(machine, { findings, failure }) {
      const place = await findOneDrive(machine);
      if (!place) return { state: 'onedrive-missing' };
      const accounts = await linkedAccounts(machine);
      const server = await signInHost(machine, failure);
      return guarded(findings, [
        {
          item: oneDriveItem(machine, place),
          intent: { do: 'reset', place, server, accounts },
        },
        ...accounts.map((account, index) => ({
          item: accountItem(account, index, optional),
          intent: { do: 'account', account },
        })),
      ]);
    },

    // The accounts are their own backup, as they stand in the intents.
    async backup(machine, intent, { asItIs }) {
      const parsed = v.parse(IntentSchema, intent);
      // A run that was cut off after its reset must not disconnect what a person has linked since.
      const anew =
        parsed.do === 'reset' && !asItIs && linkedSince(parsed.accounts, await linkedAccounts(machine));
      return anew ? 'changed' : { keep: null };
    },

    async act(machine, intent, context) {
      const parsed = v.parse(IntentSchema, intent);
      if (parsed.do === 'account') return afterwards(machine, parsed.account, context);
      await assertSafe(machine, parsed.server);
      await resetOneDriveNow(machine, await installedExe(machine, parsed.place), context.report, limits);
    },

    async revert(machine, intent) {
      const parsed = v.parse(IntentSchema, intent);
      if (parsed.do === 'reset') return { result: 'impossible', why: 'no-undo' };
      if (await isLinked(machine, parsed.account)) return { result: 'already' };
      await openSetup(machine, parsed.account);
      return { result: 'restored' };
    },
  };
}

/** Looked at again: since the plan was shown, the network may have gone, or an update begun. */
async function assertSafe(machine: Machine, server: string): Promise<void> {
  const context = { machine, timeout: LOOK_LIMIT, signal: AbortSignal.timeout(LOOK_LIMIT) };
  const found = await lookAtFiles(context, async () =>
    reachable(await lookAtHost(server, { ...context, timeout: PROBE_LIMIT })),
  );
  const unsafe = found.find(({ level }) => level === 'fault');
  if (unsafe) throw new ProblemError('not-safe-now', unsafe.meaning);
}

/** Not now, while files could be lost from sight; else with what is to be known before. */
function guarded(findings: readonly Finding[], operations: Operation[]): Preview {
  const ofFiles = findings.filter(({ check }) => check === 'onedrive-files');
  const unsafe = ofFiles.find(({ level }) => level === 'fault');
  if (unsafe) return { state: 'unsafe-now', finding: unsafe };
  // What could not be looked at is to be known before, too.
  return { state: 'ready', operations, warnings: ofFiles.filter(({ level }) => level !== 'ok') };
}
