/** CREDENTIALW: its layout, and how one is read out of the memory of Windows. */
import { type Koffi, type NativeBytes, type Pointer, viewOf } from './native.ts';

export const CRED_TYPE_GENERIC = 1;
export const CRED_TYPE_DOMAIN_PASSWORD = 2;

/** https://learn.microsoft.com/en-us/windows/win32/api/wincred/ns-wincred-credentialw */
export interface CredentialRecord {
  Flags: number;
  Type: number;
  TargetName: string | null;
  Comment: string | null;
  LastWritten: { low: number; high: number };
  CredentialBlobSize: number;
  CredentialBlob: Buffer | Pointer;
  Persist: number;
  AttributeCount: number;
  Attributes: AttributeRecord[] | Pointer;
  TargetAlias: string | null;
  UserName: string | null;
}

/** https://learn.microsoft.com/en-us/windows/win32/api/wincred/ns-wincred-credential_attributew */
export interface AttributeRecord {
  Keyword: string | null;
  Flags: number;
  ValueSize: number;
  Value: Buffer | Pointer;
}

/** A credential in the memory of Windows: valid only until that is freed. */
export interface OpenCredential {
  record: CredentialRecord;
  blob: NativeBytes;
  attributes: { keyword: string; flags: number; value: NativeBytes }[];
}

export type CredentialTypes = ReturnType<typeof credentialTypes>;

export function credentialTypes(koffi: Koffi) {
  const filetime = koffi.struct({ low: 'uint32', high: 'uint32' });
  const attribute = koffi.struct({ Keyword: 'str16', Flags: 'uint32', ValueSize: 'uint32', Value: 'void *' });
  const credential = koffi.struct({
    Flags: 'uint32',
    Type: 'uint32',
    TargetName: 'str16',
    Comment: 'str16',
    LastWritten: filetime,
    CredentialBlobSize: 'uint32',
    CredentialBlob: 'void *',
    Persist: 'uint32',
    AttributeCount: 'uint32',
    Attributes: koffi.pointer(attribute),
    TargetAlias: 'str16',
    UserName: 'str16',
  });
  return { attribute, credential };
}

const bytesAt = (pointer: Buffer | Pointer, length: number): NativeBytes =>
  pointer === null ? { pointer: Buffer.alloc(1), length: 0 } : { pointer, length };

/** Reads the structure at `pointer`; secrets stay where they are. */
export function openCredential(koffi: Koffi, types: CredentialTypes, pointer: Pointer): OpenCredential {
  const record: CredentialRecord = koffi.decode(pointer, types.credential);
  const attributes: AttributeRecord[] =
    record.AttributeCount === 0
      ? []
      : koffi.decode(record.Attributes, types.attribute, record.AttributeCount);
  return {
    record,
    blob: bytesAt(record.CredentialBlob, record.CredentialBlobSize),
    attributes: attributes.map(({ Keyword, Flags, ValueSize, Value }) => ({
      keyword: Keyword ?? '',
      flags: Flags,
      value: bytesAt(Value, ValueSize),
    })),
  };
}

/** Overwrites the secrets of a credential that Windows gave us. */
export function wipe(koffi: Koffi, { blob, attributes }: OpenCredential): void {
  for (const bytes of [blob, ...attributes.map(({ value }) => value)]) {
    if (typeof bytes.pointer === 'bigint') viewOf(koffi, bytes.pointer, bytes.length).fill(0);
  }
}
