/**
 * Removes stored OneDrive and Office sign-ins from Windows Credential Manager, each copied before (its secret
 * under DPAPI), so that the apps ask anew. Microsoft names these entries for removal in its activation and
 * OneDrive articles (https://learn.microsoft.com/troubleshoot/microsoft-365-apps/activation/activation-error-0xcaa50021).
 */
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import { ProtectedCredentialSchema } from '../machine/credential-copy.ts';
import type { CredentialEntry } from '../machine/machine.ts';
import { mayRemove } from './allow-list.ts';
import type { Json, Operation, Remedy } from './remedy.ts';

/** What one plan lists at most; more than that is no stored sign-in but a program gone wrong. */
const MOST = 2_000;

const IntentSchema = v.strictObject({ target: v.string() });

/** The entry an intent names. A journal edited by hand cannot widen the allow-list. */
function targetOf(intent: Json): string {
  const { target } = v.parse(IntentSchema, intent);
  if (!mayRemove({ target, type: 'generic' })) {
    throw new ProblemError('item-unknown', 'the entry is not on the list of removable ones');
  }
  return target;
}

function operationOf(entry: CredentialEntry, index: number): Operation {
  return {
    item: {
      id: `credential-${index}`,
      kind: 'credential',
      label: entry.target.slice(0, 500),
      ...(entry.user ? { detail: entry.user.slice(0, 500) } : {}),
      optional: true,
    },
    intent: { target: entry.target },
  };
}

export const purgeCredentials: Remedy = {
  id: 'purge-credentials',
  risk: 'low',
  seconds: 10,
  undo: 'full',

  async preview(machine) {
    const entries = (await machine.credentials.list()).filter(mayRemove).slice(0, MOST);
    if (entries.length === 0) return { state: 'nothing-to-change' };
    return { state: 'ready', operations: entries.map(operationOf) };
  },

  async backup(machine, intent) {
    const copy = await machine.credentials.protect(targetOf(intent));
    if (!copy) return 'gone';
    if (!(await machine.credentials.readable(copy))) throw new ProblemError('backup-unreadable', copy.target);
    return copy as unknown as Json;
  },

  async act(machine, intent, { report }) {
    const target = targetOf(intent);
    report({ id: 'removing', subject: target.slice(0, 500) });
    await machine.credentials.remove(target);
  },

  async revert(machine, intent, backup) {
    const target = targetOf(intent);
    const copy = v.safeParse(ProtectedCredentialSchema, backup);
    if (!copy.success || copy.output.target !== target) return 'impossible';
    if (await machine.credentials.has(target)) return 'conflict';
    await machine.credentials.restore(copy.output);
    return 'restored';
  },
};
