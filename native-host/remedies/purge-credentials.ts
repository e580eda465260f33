/**
 * Removes stored OneDrive and Office sign-ins from Windows Credential Manager, each copied before (its secret
 * under DPAPI), so that the apps ask anew. Microsoft names these entries for removal in its activation and
 * OneDrive articles.
 */
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import { ProtectedCredentialSchema } from '../machine/credential-copy.ts';
import type { CredentialEntry, ProtectedCredential } from '../machine/machine.ts';
import { mayRemove } from './allow-list.ts';
import { othersEntries } from './others-entries.ts';
import type { Json, Operation, Remedy } from './remedy.ts';

/** What one plan lists at most; more than that is no stored sign-in but a program gone wrong. */
const MOST = 2_000;

/** `lastWritten` tells the entry that was shown from one that an app has written since. */
const IntentSchema = v.strictObject({ target: v.string(), lastWritten: v.string() });
type Intent = v.InferOutput<typeof IntentSchema>;

/** The entry an intent names. A journal edited by hand cannot widen the allow-list. */
function parseIntent(intent: Json): Intent {
  const parsed = v.parse(IntentSchema, intent);
  if (!mayRemove({ target: parsed.target, type: 'generic' })) {
    throw new ProblemError('item-unknown', 'the entry is not on the list of removable ones');
  }
  return parsed;
}

/** The copy that a backup holds, if it is one of this entry. */
function parseBackup(target: string, backup: Json | undefined): ProtectedCredential | undefined {
  const copy = v.safeParse(ProtectedCredentialSchema, backup);
  return copy.success && copy.output.target === target ? copy.output : undefined;
}

function operationOf(
  { target, user, lastWritten }: CredentialEntry,
  index: number,
  ticked: boolean,
): Operation {
  return {
    item: {
      id: `credential-${index}`,
      kind: 'credential',
      label: target.slice(0, 500),
      ...(user && { detail: user.slice(0, 500) }),
      optional: true,
      ticked,
    },
    intent: { target, lastWritten } satisfies Intent,
  };
}

export const purgeCredentials: Remedy = {
  id: 'purge-credentials',
  risk: 'low',
  seconds: 10,
  limit: 15_000,
  undo: 'full',
  source:
    'https://learn.microsoft.com/troubleshoot/microsoft-365-apps/activation/activation-error-0xcaa50021',
  proves: 'sign-in',

  async preview(machine, { failure }) {
    const entries = (await machine.credentials.list()).filter(mayRemove).slice(0, MOST);
    if (entries.length === 0) return { state: 'nothing-to-change' };
    const isAnothers = await othersEntries(machine, failure.tenant);
    return {
      state: 'ready',
      operations: entries.map((entry, index) => operationOf(entry, index, !isAnothers(entry))),
    };
  },

  async backup({ credentials }, intent, { earlier, asItIs }) {
    const { target, lastWritten } = parseIntent(intent);
    const copy = await credentials.protect(target);
    const before = parseBackup(target, earlier);
    if (before && (!copy || (await credentials.same(before)))) return 'kept';
    if (!copy) return 'gone';
    if (!before && !asItIs && copy.lastWritten !== lastWritten) return 'changed';
    if (!(await credentials.readable(copy))) throw new ProblemError('backup-unreadable', copy.target);
    return { keep: { ...copy } };
  },

  async act({ credentials }, intent, { report }) {
    const { target } = parseIntent(intent);
    report({ id: 'removing', subject: target.slice(0, 500) });
    await credentials.remove(target);
  },

  async revert({ credentials }, intent, backup, { replace }) {
    const { target } = parseIntent(intent);
    const copy = parseBackup(target, backup);
    if (!copy || !(await credentials.readable(copy))) {
      return { result: 'impossible', why: 'backup-unreadable' };
    }
    if (await credentials.has(target)) {
      if (await credentials.same(copy)) return { result: 'already' };
      if (!replace) return { result: 'conflict' };
    }
    await credentials.restore(copy);
    return { result: 'restored' };
  },
};
