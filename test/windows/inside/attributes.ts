/**
 * Wine's Credential Manager drops attributes, so their way is tried in memory: CREDENTIALW laid out by koffi,
 * sealed, opened, laid out again.
 */
import koffi from 'koffi';
import type { ProtectedCredential } from '../../../native-host/machine/machine.ts';
import {
  type CredentialRecord,
  credentialTypes,
  openCredential,
  wipe,
} from '../../../native-host/machine/windows/credential-record.ts';
import { credentialComparer } from '../../../native-host/machine/windows/credential-same.ts';
import {
  sealCredential,
  sealedParts,
  toRecord,
} from '../../../native-host/machine/windows/credential-seal.ts';
import { dpapi } from '../../../native-host/machine/windows/dpapi.ts';
import { type NativeBytes, viewOf } from '../../../native-host/machine/windows/native.ts';

const types = credentialTypes(koffi);
const values = [Buffer.from('token context'), Buffer.alloc(0), Buffer.alloc(256, 7)];

function layOut(record: CredentialRecord): bigint {
  const memory = koffi.alloc(types.credential, 1);
  koffi.encode(memory, types.credential, record);
  return memory;
}

const text = ({ pointer, length }: NativeBytes) =>
  typeof pointer === 'bigint'
    ? viewOf(koffi, pointer, length).toString('base64')
    : pointer.toString('base64', 0, length);

const show = (memory: bigint) => {
  const { record, blob, attributes } = openCredential(koffi, types, memory);
  return {
    fields: { ...record, CredentialBlob: null, Attributes: null },
    blob: text(blob),
    attributes: attributes.map(({ keyword, flags, value }) => ({ keyword, flags, value: text(value) })),
  };
};

const memory = layOut({
  Flags: 4,
  Type: 1,
  TargetName: 'OneDrive Cached Credential',
  Comment: 'kept by OneDrive',
  LastWritten: { low: 0, high: 0 },
  CredentialBlobSize: 6,
  CredentialBlob: Buffer.from('secret'),
  Persist: 3,
  AttributeCount: values.length,
  Attributes: values.map((value, index) => ({
    Keyword: `Microsoft_SyncClient_ADALContext${index}`,
    Flags: index,
    ValueSize: value.length,
    Value: value.length > 0 ? value : null,
  })),
  TargetAlias: 'an alias',
  UserName: 'user@example.com',
});
const before = show(memory);
const protection = await dpapi();
const copy = sealCredential(protection, 'OneDrive Cached Credential', openCredential(koffi, types, memory));
const after = protection.open(sealedParts(copy), (plain) =>
  show(layOut(toRecord(copy, 'OneDrive Cached Credential', plain))),
);
const stored = openCredential(koffi, types, memory);
const compare = await credentialComparer();
const sameAs = (changed: Partial<ProtectedCredential>, swap = false) =>
  protection.open(sealedParts(copy), (plain) =>
    compare({ ...copy, ...changed }, swap ? plain.toReversed() : plain, stored),
  );
const withFirst = (change: Partial<ProtectedCredential['attributes'][number]>) =>
  copy.attributes.map((attribute, index) => (index === 0 ? { ...attribute, ...change } : attribute));
const same = {
  itself: sameAs({}),
  flags: sameAs({ attributes: withFirst({ flags: 9 }) }),
  keyword: sameAs({ attributes: withFirst({ keyword: 'other' }) }),
  fewer: sameAs({ attributes: copy.attributes.slice(1) }),
  value: sameAs({}, true),
  alias: sameAs({ targetAlias: '' }),
};
wipe(koffi, openCredential(koffi, types, memory));
const wiped = show(memory);
console.log(JSON.stringify({ before, copy, after, wiped, same }));
