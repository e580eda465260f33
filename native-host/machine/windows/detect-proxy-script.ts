/**
 * Where Windows finds a proxy script by itself: by DHCP, then by the name "wpad" in the domains of this PC. Windows
 * has no such call that does not wait, so it waits on one of Node's threads, and one at a time: were several under
 * way, they would keep names and files waiting. A program that ends meanwhile waits for it.
 * Tried under Wine 8 alone, which asks for the name only.
 */
import { ProblemError } from '../../../common/problem.ts';
import type { Machine } from '../machine.ts';
import { declare, type Koffi, type Pointer, win32Problem } from './native.ts';

/** WINHTTP_AUTO_DETECT_TYPE_DHCP | WINHTTP_AUTO_DETECT_TYPE_DNS_A. */
const BOTH_WAYS = 0x1 | 0x2;
/** ERROR_WINHTTP_AUTODETECTION_FAILED: there is none. https://learn.microsoft.com/en-us/windows/win32/winhttp/error-messages */
const NONE_FOUND = 12_180;

interface Api {
  koffi: Koffi;
  /** WinHTTP's error number, or 0. */
  detect(url: Pointer[]): Promise<number>;
  free(pointer: Pointer): Pointer;
}

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winhttp/nf-winhttp-winhttpdetectautoproxyconfigurl
 * https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-globalfree
 */
const functions = declare((koffi): Api => {
  const kernel32 = koffi.load('kernel32.dll');
  const url = koffi.out(koffi.pointer('void *'));
  const detect = koffi
    .load('winhttp.dll')
    .func('__stdcall', 'WinHttpDetectAutoProxyConfigUrl', 'bool', ['uint32', url]);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return {
    koffi,
    free: kernel32.func('__stdcall', 'GlobalFree', 'void *', ['void *']),
    detect: (found) =>
      new Promise((resolve, reject) => {
        detect.async(BOTH_WAYS, found, (error: Error | null, done: boolean) =>
          error ? reject(error) : resolve(done ? 0 : lastError()),
        );
      }),
  };
});

async function detect(): Promise<string | undefined> {
  const { koffi, detect, free } = await functions();
  const found: Pointer[] = [null];
  const code = await detect(found);
  if (code === NONE_FOUND) return undefined;
  if (code !== 0) throw win32Problem('WinHttpDetectAutoProxyConfigUrl', code);
  const [url = null] = found;
  if (url === null) return undefined;
  try {
    return koffi.decode.string16(url);
  } finally {
    free(url);
  }
}

let underWay: Promise<string | undefined> | undefined;

function detectOnce(): Promise<string | undefined> {
  underWay ??= detect().finally(() => {
    underWay = undefined;
  });
  return underWay;
}

export const detectProxyScript: Machine['detectProxyScript'] = async ({ timeout, signal }) => {
  if (signal.aborted) throw new ProblemError('cancelled');
  const over = new AbortController();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProblemError('timed-out', `after ${timeout} ms`)), timeout);
  const cancel = () => reject(new ProblemError('cancelled'));
  signal.addEventListener('abort', cancel, { once: true, signal: over.signal });
  const work = detectOnce();
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
    over.abort();
    work.catch(() => undefined);
  }
};
