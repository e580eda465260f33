/** What WinHTTP's requests tell of themselves, each to who sent it. */
import type { Koffi, Pointer } from './native.ts';

/** https://learn.microsoft.com/en-us/windows/win32/api/winhttp/nc-winhttp-winhttp_status_callback */
export const TOLD = {
  secureFailure: 0x1_0000,
  headers: 0x2_0000,
  error: 0x20_0000,
  sent: 0x40_0000,
} as const;

/** Gets what is told and, of a failure, its number. A thread of WinHTTP waits until it returns. */
type Listener = (status: number, value: number) => void;

/** By the context that a request is sent with. */
const listeners = new Map<number, Listener>();
let contexts = 0;

/** Where WINHTTP_ASYNC_RESULT has its error. https://learn.microsoft.com/en-us/windows/win32/api/winhttp/ns-winhttp-winhttp_async_result */
const RESULT_ERROR = 8;

/** Hears what the request tells that is sent with this context, until `over` aborts. */
export function listen(over: AbortSignal, heard: Listener): number {
  contexts += 1;
  const context = contexts;
  listeners.set(context, heard);
  over.addEventListener('abort', () => listeners.delete(context));
  return context;
}

/** The one callback of all requests, as a pointer. It stays: WinHTTP may be about to call it at any time. */
export function callbackOf(koffi: Koffi): bigint {
  const heard = (_handle: Pointer, context: number, status: number, info: Pointer) => {
    const offset = status === TOLD.error ? RESULT_ERROR : 0;
    const hasValue = info !== null && (status === TOLD.error || status === TOLD.secureFailure);
    listeners.get(context)?.(status, hasValue ? koffi.decode(info, offset, 'uint32') : 0);
  };
  const parameters = ['void *', 'uintptr_t', 'uint32', 'void *', 'uint32'];
  return koffi.register(heard, koffi.pointer(koffi.proto('__stdcall', null, 'void', parameters)));
}
