/** The Credential Manager's own functions, with their errors and their memory taken care of. */
import {
  CRED_TYPE_GENERIC,
  type CredentialRecord,
  credentialTypes,
  type OpenCredential,
  openCredential,
  wipe,
} from './credential-record.ts';
import { declare, type Koffi, type Pointer, WIN32, win32Problem } from './native.ts';

const CRED_ENUMERATE_ALL_CREDENTIALS = 1;

export interface CredentialStore {
  /** All entries; `namespaced` when their names have the `namespace:attribute=target` form. */
  all(): { namespaced: boolean; records: CredentialRecord[] };
  /** Gives a generic entry to `use`, then overwrites and frees it. Undefined when it is not there. */
  read<T>(target: string, use: (credential: OpenCredential) => T): T | undefined;
  write(record: CredentialRecord): void;
  /** False when there was no such generic entry. */
  remove(target: string): boolean;
}

type Enumerate = (filter: null, flags: number, count: number[], list: Pointer[]) => boolean;
type Read = (target: string, type: number, flags: number, found: Pointer[]) => boolean;
type Write = (record: CredentialRecord, flags: number) => boolean;
type Delete = (target: string, type: number, flags: number) => boolean;

function declareFunctions(koffi: Koffi, types: ReturnType<typeof credentialTypes>) {
  const advapi32 = koffi.load('advapi32.dll');
  const kernel32 = koffi.load('kernel32.dll');
  const toPointer = koffi.out(koffi.pointer('void *'));
  const toCount = koffi.out(koffi.pointer('uint32'));
  const key = ['str16', 'uint32', 'uint32'];
  const CredEnumerateW: Enumerate = advapi32.func('__stdcall', 'CredEnumerateW', 'bool', [
    'str16',
    'uint32',
    toCount,
    toPointer,
  ]);
  const CredReadW: Read = advapi32.func('__stdcall', 'CredReadW', 'bool', [...key, toPointer]);
  const credential = koffi.pointer(types.credential);
  const CredWriteW: Write = advapi32.func('__stdcall', 'CredWriteW', 'bool', [credential, 'uint32']);
  const CredDeleteW: Delete = advapi32.func('__stdcall', 'CredDeleteW', 'bool', key);
  const CredFree: (memory: Pointer) => void = advapi32.func('__stdcall', 'CredFree', 'void', ['void *']);
  const GetLastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { CredEnumerateW, CredReadW, CredWriteW, CredDeleteW, CredFree, GetLastError };
}

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/nf-wincred-credenumeratew
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/nf-wincred-credreadw
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/nf-wincred-credwritew
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/nf-wincred-creddeletew
 */
export const credentialStore = declare((koffi): CredentialStore => {
  const types = credentialTypes(koffi);
  const api = declareFunctions(koffi, types);

  function enumerate(flags: number): { code: number; records: CredentialRecord[] } {
    const count = [0];
    const list: Pointer[] = [null];
    if (!api.CredEnumerateW(null, flags, count, list)) return { code: api.GetLastError(), records: [] };
    const [memory = null] = list;
    try {
      const pointers: Pointer[] = koffi.decode(memory, 'void *', count[0] ?? 0);
      const open = pointers.map((pointer) => openCredential(koffi, types, pointer));
      for (const credential of open) wipe(koffi, credential);
      return { code: WIN32.SUCCESS, records: open.map(({ record }) => record) };
    } finally {
      api.CredFree(memory);
    }
  }

  return {
    all() {
      let namespaced = true;
      let result = enumerate(CRED_ENUMERATE_ALL_CREDENTIALS);
      // Wine 8 does not know the flag, and has no namespaces.
      if (result.code === WIN32.INVALID_FLAGS) {
        namespaced = false;
        result = enumerate(0);
      }
      const { code, records } = result;
      if (code !== WIN32.SUCCESS && code !== WIN32.NOT_FOUND) throw win32Problem('CredEnumerateW', code);
      return { namespaced, records };
    },

    read(target, use) {
      const found: Pointer[] = [null];
      if (!api.CredReadW(target, CRED_TYPE_GENERIC, 0, found)) {
        const code = api.GetLastError();
        if (code === WIN32.NOT_FOUND) return undefined;
        throw win32Problem('CredReadW', code);
      }
      const [memory = null] = found;
      const credential = openCredential(koffi, types, memory);
      try {
        return use(credential);
      } finally {
        wipe(koffi, credential);
        api.CredFree(memory);
      }
    },

    write(record) {
      if (!api.CredWriteW(record, 0)) throw win32Problem('CredWriteW', api.GetLastError());
    },

    remove(target) {
      if (api.CredDeleteW(target, CRED_TYPE_GENERIC, 0)) return true;
      const code = api.GetLastError();
      if (code === WIN32.NOT_FOUND) return false;
      throw win32Problem('CredDeleteW', code);
    },
  };
});
