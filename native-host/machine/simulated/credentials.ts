/** Credential Manager of a simulated PC. */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { ProblemError } from '../../../common/problem.ts';
import { parseCopy } from '../credential-copy.ts';
import type { CredentialEntry, Credentials, ProtectedCredential } from '../machine.ts';
import type { Access } from './access.ts';
import { type SimulatedCredential, SimulatedCredentialSchema } from './credential-schema.ts';
import type { SimulatedPc } from './schema.ts';

/** Stands before what a simulated PC protects: a copy from real Windows is refused here, and this one there. */
const MARK = 'simulated:';

// Not only the secret: a stale entry that is put back is stale again, and a text comes back as a text.
const PayloadSchema = v.strictObject({
  secret: SimulatedCredentialSchema.entries.secret,
  stale: SimulatedCredentialSchema.entries.stale,
});

function entryOf({ target, type, user, lastWritten }: SimulatedCredential): CredentialEntry {
  return { target, type, user, lastWritten };
}

// Windows tells entries apart by type and by name in any letter case.
function find(pc: SimulatedPc, target: string): SimulatedCredential | undefined {
  const name = target.toLowerCase();
  return pc.credentials.find((entry) => entry.type === 'generic' && entry.target.toLowerCase() === name);
}

function protect(entry: SimulatedCredential): ProtectedCredential {
  const { target, user, comment, targetAlias, flags, persist, attributes, lastWritten } = entry;
  const payload = JSON.stringify({ secret: entry.secret, stale: entry.stale });
  return {
    target,
    type: 'generic',
    user,
    comment,
    targetAlias,
    flags,
    persist,
    attributes: attributes.map((attribute) => ({ ...attribute })),
    lastWritten,
    secret: Buffer.from(MARK + payload).toString('base64'),
  };
}

function unprotect(copy: ProtectedCredential): v.InferOutput<typeof PayloadSchema> {
  const text = Buffer.from(copy.secret, 'base64').toString();
  const foreign = new ProblemError('backup-unreadable', `${copy.target}: not protected by a simulated PC`);
  if (!text.startsWith(MARK)) throw foreign;
  try {
    return v.parse(PayloadSchema, JSON.parse(text.slice(MARK.length)));
  } catch {
    throw foreign;
  }
}

function restored(copy: ProtectedCredential): SimulatedCredential {
  // As CredWriteW does, which sets the time itself.
  return { ...parseCopy(copy), lastWritten: new Date().toISOString(), ...unprotect(copy) };
}

/** Credential Manager over the way to a PC. */
export function simulatedCredentials(access: Access): Credentials {
  return {
    list: () => access.look('credentials.list', '', (pc) => pc.credentials.map(entryOf)),

    has: (target) => access.look('credentials.list', target, (pc) => find(pc, target) !== undefined),

    protect: (target) =>
      access.look('credentials.protect', target, (pc) => {
        const entry = find(pc, target);
        return entry && protect(entry);
      }),

    async readable(copy) {
      try {
        return await access.look('credentials.readable', copy.target, () => Boolean(unprotect(copy)));
      } catch (error) {
        if (error instanceof ProblemError && error.problem.kind === 'backup-unreadable') return false;
        throw error;
      }
    },

    same: (copy) =>
      access.look('credentials.same', copy.target, (pc) => {
        const { lastWritten } = copy;
        const entry = find(pc, copy.target);
        return isDeepStrictEqual({ ...restored(copy), lastWritten }, { ...entry, lastWritten });
      }),

    restore: (copy) =>
      access.act('credentials.restore', copy.target, (pc) => {
        const entry = restored(copy);
        const existing = find(pc, copy.target);
        if (existing) Object.assign(existing, entry);
        else pc.credentials.push(entry);
      }),

    remove: (target) =>
      access.act('credentials.remove', target, (pc) => {
        const entry = find(pc, target);
        pc.credentials = pc.credentials.filter((other) => other !== entry);
        return entry !== undefined;
      }),
  };
}
