/** WinHTTP as Windows declares it. https://learn.microsoft.com/en-us/windows/win32/api/winhttp/ */
import { declare, type Koffi, type Pointer } from './native.ts';
import { callbackOf } from './win-http-listen.ts';

export interface WinHttp {
  open(agent: string, access: number, proxy: null, bypass: null, flags: number): Pointer;
  connect(session: Pointer, host: string, port: number, reserved: 0): Pointer;
  openRequest(
    connection: Pointer,
    method: string,
    path: string,
    version: null,
    referrer: null,
    types: null,
    flags: number,
  ): Pointer;
  setOption(handle: Pointer, option: number, value: Buffer | null, length: number): boolean;
  setTimeouts(handle: Pointer, resolve: number, connect: number, send: number, receive: number): boolean;
  setCallback(handle: Pointer, callback: bigint | null, notifications: number, reserved: 0): Pointer;
  send(
    request: Pointer,
    headers: null,
    headersLength: 0,
    body: null,
    bodyLength: 0,
    totalLength: 0,
    context: number,
  ): boolean;
  receive(request: Pointer, reserved: null): boolean;
  queryHeaders(
    request: Pointer,
    what: number,
    name: null,
    value: number[],
    size: number[],
    index: null,
  ): boolean;
  close(handle: Pointer): boolean;
  lastError(): number;
  /** What `setCallback` takes. */
  callback: bigint;
}

/** GET_MODULE_HANDLE_EX_FLAG_PIN. */
const UNTIL_THE_END = 0x1;

/**
 * Keeps it in memory until the process ends: koffi gives libraries back a little earlier, when threads of WinHTTP may
 * still wait for a server that never answered. Under Wine 8 the host crashed at its end then.
 * https://learn.microsoft.com/en-us/windows/win32/api/libloaderapi/nf-libloaderapi-getmodulehandleexw
 */
function pin(koffi: Koffi): void {
  const parameters = ['uint32', 'str16', koffi.out(koffi.pointer('void *'))];
  const get: (flags: number, name: string, module: Pointer[]) => boolean = koffi
    .load('kernel32.dll')
    .func('__stdcall', 'GetModuleHandleExW', 'bool', parameters);
  get(UNTIL_THE_END, 'winhttp.dll', [null]);
}

export const winHttp = declare((koffi): WinHttp => {
  const library = koffi.load('winhttp.dll');
  pin(koffi);
  const opens = (name: string, parameters: string[]) => library.func('__stdcall', name, 'void *', parameters);
  const does = (name: string, parameters: Parameters<typeof library.func>[3]) =>
    library.func('__stdcall', name, 'bool', parameters);
  const any = 'void *';
  const number = koffi.inout(koffi.pointer('uint32'));
  return {
    open: opens('WinHttpOpen', ['str16', 'uint32', any, any, 'uint32']),
    connect: opens('WinHttpConnect', [any, 'str16', 'uint16', 'uint32']),
    openRequest: opens('WinHttpOpenRequest', [any, 'str16', 'str16', any, any, any, 'uint32']),
    setOption: does('WinHttpSetOption', [any, 'uint32', any, 'uint32']),
    setTimeouts: does('WinHttpSetTimeouts', [any, 'int32', 'int32', 'int32', 'int32']),
    setCallback: opens('WinHttpSetStatusCallback', [any, any, 'uint32', 'uintptr_t']),
    send: does('WinHttpSendRequest', [any, any, 'uint32', any, 'uint32', 'uint32', 'uintptr_t']),
    receive: does('WinHttpReceiveResponse', [any, any]),
    queryHeaders: does('WinHttpQueryHeaders', [any, 'uint32', any, number, number, any]),
    close: does('WinHttpCloseHandle', [any]),
    lastError: koffi.load('kernel32.dll').func('__stdcall', 'GetLastError', 'uint32', []),
    callback: callbackOf(koffi),
  };
});
