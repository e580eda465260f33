/** The Credential Manager without any code of the product: what the product is judged by. Runs in Wine. */
import koffi from 'koffi';

export interface RawCredential {
  target: string;
  type?: number;
  user?: string;
  comment?: string;
  persist?: number;
  /** Base64. */
  blob?: string;
}

const advapi32 = koffi.load('advapi32.dll');
const credential = koffi.struct({
  Flags: 'uint32',
  Type: 'uint32',
  TargetName: 'str16',
  Comment: 'str16',
  LastWritten: 'uint64',
  CredentialBlobSize: 'uint32',
  CredentialBlob: 'void *',
  Persist: 'uint32',
  AttributeCount: 'uint32',
  Attributes: 'void *',
  TargetAlias: 'str16',
  UserName: 'str16',
});
const write = advapi32.func('__stdcall', 'CredWriteW', 'bool', [koffi.pointer(credential), 'uint32']);
const out = koffi.out(koffi.pointer('void *'));
const read = advapi32.func('__stdcall', 'CredReadW', 'bool', ['str16', 'uint32', 'uint32', out]);
const free = advapi32.func('__stdcall', 'CredFree', 'void', ['void *']);

export function writeRaw({
  target,
  type = 1,
  user = '',
  comment = '',
  persist = 2,
  blob = '',
}: RawCredential): void {
  const bytes = Buffer.from(blob, 'base64');
  const record = {
    Flags: 0,
    Type: type,
    TargetName: target,
    Comment: comment || null,
    LastWritten: 0,
    CredentialBlobSize: bytes.length,
    CredentialBlob: bytes.length > 0 ? bytes : null,
    Persist: persist,
    AttributeCount: 0,
    Attributes: null,
    TargetAlias: null,
    UserName: user || null,
  };
  if (!write(record, 0)) throw new Error(`CredWriteW of ${target} failed`);
}

export function readRaw(target: string, type = 1): Required<RawCredential> | null {
  const found: (bigint | null)[] = [null];
  if (!read(target, type, 0, found)) return null;
  const record = koffi.decode(found[0], credential);
  const size: number = record.CredentialBlobSize;
  const bytes = size === 0 ? Buffer.alloc(0) : Buffer.from(koffi.view(record.CredentialBlob, size));
  const raw = {
    target: record.TargetName,
    type: record.Type,
    user: record.UserName ?? '',
    comment: record.Comment ?? '',
    persist: record.Persist,
    blob: bytes.toString('base64'),
  };
  free(found[0]);
  return raw;
}
