/** Whether a stored credential is what a copy of it holds. */
import type { ProtectedCredential } from '../machine.ts';
import type { OpenCredential } from './credential-record.ts';
import { declare, type Koffi, type NativeBytes, viewOf } from './native.ts';

/** A view, no copy: both sides are overwritten by those who opened them. */
function view(koffi: Koffi, { pointer, length }: NativeBytes): Buffer {
  return typeof pointer === 'bigint' ? viewOf(koffi, pointer, length) : pointer.subarray(0, length);
}

type Same = (copy: ProtectedCredential, plain: readonly NativeBytes[], open: OpenCredential) => boolean;

/**
 * Compares all that CredWriteW keeps; when it was written is not part of it. `plain` is what the copy's sealed parts
 * held: the secret, then the attributes' values.
 */
export const credentialComparer = declare(
  (koffi): Same =>
    (copy, plain, { record, blob, attributes }) => {
      const fields: [unknown, unknown][] = [
        [record.UserName ?? '', copy.user],
        [record.Comment ?? '', copy.comment],
        [record.TargetAlias ?? '', copy.targetAlias],
        [record.Flags, copy.flags],
        [record.Persist, copy.persist],
        [attributes.length, copy.attributes.length],
        ...attributes.flatMap(({ keyword, flags }, index): [unknown, unknown][] => [
          [keyword, copy.attributes[index]?.keyword],
          [flags, copy.attributes[index]?.flags],
        ]),
      ];
      const stored = [blob, ...attributes.map(({ value }) => value)];
      return (
        fields.every(([now, then]) => now === then) &&
        stored.every((bytes, index) => {
          const kept = plain[index];
          return kept !== undefined && view(koffi, bytes).equals(view(koffi, kept));
        })
      );
    },
);
