/** Keys and credentials, listed and removed by the system's own calls without any code of the product. Runs in Wine. */
import koffi from 'koffi';
import { type RawCredential, readRaw } from './raw-credentials.ts';

const HKCU = 0xffffffff_80000001n;
const advapi32 = koffi.load('advapi32.dll');
const deleteTree = advapi32.func('__stdcall', 'RegDeleteTreeW', 'uint32', ['void *', 'str16']);
const deleteCredential = advapi32.func('__stdcall', 'CredDeleteW', 'bool', ['str16', 'uint32', 'uint32']);
const enumerate = advapi32.func('__stdcall', 'CredEnumerateW', 'bool', [
  ...['str16', 'uint32'],
  koffi.out(koffi.pointer('uint32')),
  koffi.out(koffi.pointer('void *')),
]);
const free = advapi32.func('__stdcall', 'CredFree', 'void', ['void *']);
/** What of CREDENTIALW says which entry it is. */
const head = koffi.struct({ Flags: 'uint32', Type: 'uint32', TargetName: 'str16' });
const FILE_NOT_FOUND = 2;

/** Removes a key of HKCU with all that is below it, if it is there. */
export function removeRaw(path: string): void {
  const code = deleteTree(HKCU, path);
  if (code !== 0 && code !== FILE_NOT_FOUND) throw new Error(`RegDeleteTreeW of ${path} failed with ${code}`);
}

function listRaw(): { target: string; type: number }[] {
  const [count, list]: [number[], (bigint | null)[]] = [[0], [null]];
  if (!enumerate(null, 0, count, list)) return [];
  const pointers: bigint[] = koffi.decode(list[0], koffi.array('void *', count[0] ?? 0));
  const found = [...pointers].map((pointer) => {
    const { TargetName, Type } = koffi.decode(pointer, head);
    return { target: TargetName, type: Type };
  });
  free(list[0]);
  return found;
}

/** All entries with their secrets, by name. */
export function allRaw(): RawCredential[] {
  const all = listRaw().flatMap(({ target, type }) => readRaw(target, type) ?? []);
  return all.sort((a, b) => (a.target < b.target ? -1 : 1));
}

export function removeAllRaw(): void {
  for (const { target, type } of listRaw()) deleteCredential(target, type, 0);
}
