/**
 * Between a credential in memory and its copy on disk. Every secret, and every attribute's value (OneDrive
 * keeps a token context in one), is sealed with the rest of the copy as context: a copy whose target or
 * user was changed afterwards does not open, so a secret cannot be put back under another name.
 */
import type { ProtectedCredential } from '../machine.ts';
import { CRED_TYPE_GENERIC, type CredentialRecord, type OpenCredential } from './credential-record.ts';
import type { Dpapi, Sealed } from './dpapi.ts';
import type { NativeBytes } from './native.ts';

type Described = Omit<ProtectedCredential, 'secret' | 'attributes'> & {
  attributes: { keyword: string; flags: number }[];
};

/** 100 ns units between 1601 and 1970. https://learn.microsoft.com/en-us/windows/win32/api/minwinbase/ns-minwinbase-filetime */
const UNIX_EPOCH = 116_444_736_000_000_000n;

export function toIso({ low, high }: CredentialRecord['LastWritten']): string {
  const units = (BigInt(high) << 32n) | BigInt(low);
  return new Date(Number((units - UNIX_EPOCH) / 10_000n)).toISOString();
}

/** What a sealed part belongs to. Fields are named one by one: a new one must not close old backups. */
function context(copy: Described, part: string): Buffer {
  const attributes = copy.attributes.map(({ keyword, flags }) => [keyword, flags]);
  const { target, type, user, comment, targetAlias, flags, persist, lastWritten } = copy;
  return Buffer.from(
    JSON.stringify([part, target, type, user, comment, targetAlias, flags, persist, lastWritten, attributes]),
  );
}

/** A complete copy, under the name that the caller knows it by. */
export function sealCredential(dpapi: Dpapi, target: string, open: OpenCredential): ProtectedCredential {
  const { record } = open;
  const described: Described = {
    target,
    type: 'generic',
    user: record.UserName ?? '',
    comment: record.Comment ?? '',
    targetAlias: record.TargetAlias ?? '',
    flags: record.Flags,
    persist: record.Persist,
    attributes: open.attributes,
    lastWritten: toIso(record.LastWritten),
  };
  const seal = (plain: NativeBytes, part: string) =>
    dpapi.seal(plain, context(described, part)).toString('base64');
  return {
    ...described,
    attributes: open.attributes.map(({ keyword, flags, value }, index) => ({
      keyword,
      flags,
      value: seal(value, `attribute ${index}`),
    })),
    secret: seal(open.blob, 'secret'),
  };
}

/** The copy's sealed parts: the secret, then the attributes' values in order. */
export function sealedParts(copy: ProtectedCredential): Sealed[] {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return [
    { bytes: bytes(copy.secret), context: context(copy, 'secret') },
    ...copy.attributes.map(({ value }, index) => ({
      bytes: bytes(value),
      context: context(copy, `attribute ${index}`),
    })),
  ];
}

/** What CredWriteW takes; `plain` is what the sealed parts held. */
export function toRecord(
  copy: ProtectedCredential,
  target: string,
  plain: readonly NativeBytes[],
): CredentialRecord {
  const [blob, ...values] = plain;
  return {
    Flags: copy.flags,
    Type: CRED_TYPE_GENERIC,
    TargetName: target,
    Comment: copy.comment || null,
    // Windows sets it itself.
    LastWritten: { low: 0, high: 0 },
    CredentialBlobSize: blob?.length ?? 0,
    CredentialBlob: blob?.length ? blob.pointer : null,
    Persist: copy.persist,
    AttributeCount: copy.attributes.length,
    Attributes: copy.attributes.map(({ keyword, flags }, index) => {
      const value = values[index];
      return {
        Keyword: keyword,
        Flags: flags,
        ValueSize: value?.length ?? 0,
        Value: value?.length ? value.pointer : null,
      };
    }),
    TargetAlias: copy.targetAlias || null,
    UserName: copy.user || null,
  };
}
