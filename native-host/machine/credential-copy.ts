/**
 * The copy of a credential as it lies in a backup file. A file can be cut short or edited by anyone who may
 * write to the folder, so every copy is checked against this schema before a machine acts on it.
 */
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import type { ProtectedCredential } from './machine.ts';

/** A NUL would cut the string short on its way into a Windows API: the rest would be lost in silence. */
const text = (most: number) => v.pipe(v.string(), v.maxLength(most), v.excludes('\0'));
const Uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));
/** A blob has at most 2,560 bytes; DPAPI adds a few hundred and Base64 a third. */
const Base64 = v.pipe(v.string(), v.maxLength(16_384), v.base64());

const AttributeSchema = v.strictObject({ keyword: text(256), flags: Uint32, value: Base64 });

/**
 * The limits are those of CREDENTIALW.
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/ns-wincred-credentialw
 */
export const ProtectedCredentialSchema = v.strictObject({
  target: v.pipe(text(32_767), v.minLength(1)),
  type: v.literal('generic'),
  user: text(513),
  comment: text(256),
  targetAlias: text(256),
  flags: Uint32,
  persist: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3)),
  attributes: v.pipe(v.array(AttributeSchema), v.maxLength(64)),
  lastWritten: v.pipe(v.string(), v.isoTimestamp()),
  secret: Base64,
}) satisfies v.GenericSchema<unknown, ProtectedCredential>;

/** A copy read from a file, checked; fails with `backup-unreadable` and says what is wrong, never the value. */
export function parseCopy(copy: unknown): ProtectedCredential {
  const result = v.safeParse(ProtectedCredentialSchema, copy);
  if (result.success) return result.output;
  const where = result.issues.map((issue) => v.getDotPath(issue) ?? 'the copy').join(', ');
  throw new ProblemError('backup-unreadable', `not a credential copy: ${where}`);
}
