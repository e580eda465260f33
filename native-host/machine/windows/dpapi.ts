/**
 * Secrets at rest: DPAPI, with the key of this Windows user on this PC. Plaintext stays in memory that
 * Windows allocated, is never copied into the JavaScript heap, and is overwritten before it is freed.
 */
import { declare, type Koffi, type NativeBytes, type Pointer, viewOf, win32Problem } from './native.ts';

interface DataBlob {
  cbData: number;
  pbData: Buffer | Pointer;
}

/** What DPAPI filled in. */
interface FilledBlob {
  cbData: number;
  pbData: Pointer;
}

/** No window may ever ask the user for a key: the host has no one to ask. */
const CRYPTPROTECT_UI_FORBIDDEN = 1;

export interface Sealed {
  bytes: Buffer;
  /** Mixed into the key: opens only with the very same bytes. */
  context: Buffer;
}

export interface Dpapi {
  seal(plain: NativeBytes, context: Buffer): Buffer;
  /** Opens all, or fails with `backup-unreadable`; what was opened is overwritten after `use`. */
  open<T>(sealed: readonly Sealed[], use: (plain: readonly NativeBytes[]) => T): T;
}

/** DPAPI refuses a NULL pointer, also for nothing. */
const NOTHING = Buffer.alloc(1);

type Crypt = (
  input: DataBlob,
  description: null,
  entropy: DataBlob,
  reserved: null,
  prompt: null,
  flags: number,
  output: FilledBlob,
) => boolean;

function declareCrypt(koffi: Koffi) {
  const crypt32 = koffi.load('crypt32.dll');
  const kernel32 = koffi.load('kernel32.dll');
  const dataBlob = koffi.struct({ cbData: 'uint32', pbData: 'void *' });
  const input = koffi.pointer(dataBlob);
  const parameters = [input, 'void *', input, 'void *', 'void *', 'uint32', koffi.out(input)];
  const protect: Crypt = crypt32.func('__stdcall', 'CryptProtectData', 'bool', parameters);
  const unprotect: Crypt = crypt32.func('__stdcall', 'CryptUnprotectData', 'bool', parameters);
  const localFree: (memory: Pointer) => Pointer = kernel32.func('__stdcall', 'LocalFree', 'void *', [
    'void *',
  ]);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { protect, unprotect, localFree, lastError };
}

function toBlob(bytes: NativeBytes): DataBlob {
  return { cbData: bytes.length, pbData: bytes.length === 0 ? NOTHING : bytes.pointer };
}

function toBytes(buffer: Buffer): NativeBytes {
  return { pointer: buffer, length: buffer.length };
}

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/dpapi/nf-dpapi-cryptprotectdata
 * https://learn.microsoft.com/en-us/windows/win32/api/dpapi/nf-dpapi-cryptunprotectdata
 */
export const dpapi = declare((koffi): Dpapi => {
  const api = declareCrypt(koffi);

  function call(crypt: Crypt, bytes: NativeBytes, context: Buffer): FilledBlob | undefined {
    const filled: FilledBlob = { cbData: 0, pbData: null };
    const entropy = toBlob(toBytes(context));
    const done = crypt(toBlob(bytes), null, entropy, null, null, CRYPTPROTECT_UI_FORBIDDEN, filled);
    return done ? filled : undefined;
  }

  function forget(blob: FilledBlob): void {
    viewOf(koffi, blob.pbData, blob.cbData).fill(0);
    api.localFree(blob.pbData);
  }

  return {
    seal(plain, context) {
      const filled = call(api.protect, plain, context);
      if (filled === undefined) throw win32Problem('CryptProtectData', api.lastError());
      try {
        return Buffer.copyBytesFrom(viewOf(koffi, filled.pbData, filled.cbData));
      } finally {
        api.localFree(filled.pbData);
      }
    },

    open(sealed, use) {
      const opened: FilledBlob[] = [];
      try {
        for (const { bytes, context } of sealed) {
          const filled = call(api.unprotect, toBytes(bytes), context);
          if (filled === undefined) {
            throw win32Problem('CryptUnprotectData', api.lastError(), 'backup-unreadable');
          }
          opened.push(filled);
        }
        return use(opened.map((blob) => ({ pointer: blob.pbData ?? NOTHING, length: blob.cbData })));
      } finally {
        for (const blob of opened) forget(blob);
      }
    },
  };
});
