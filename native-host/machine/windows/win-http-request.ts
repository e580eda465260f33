/**
 * One request by WinHTTP, Windows' own HTTP stack, which goes by Schannel and the user's proxy as OneDrive does.
 * In its asynchronous mode, where no call waits for the network: a call that waits would hold one of the four threads
 * that Node has for names and files, and a few hosts that do not answer would stop all else.
 */
import { ProblemError } from '../../../common/problem.ts';
import type { Machine, WindowsAnswer } from '../machine.ts';
import type { Pointer } from './native.ts';
import { type WinHttp, winHttp } from './win-http.ts';
import { answerOf, failureOf, WINHTTP_TIMEOUT } from './win-http-answer.ts';
import { listen, TOLD } from './win-http-listen.ts';

/** WINHTTP_ACCESS_TYPE_AUTOMATIC_PROXY: as the user's settings say, with scripts and detection. Since Windows 8.1. */
const AUTOMATIC_PROXY = 4;
const ASYNC = 0x1000_0000;
const SECURE = 0x80_0000;
/** WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER. */
const STATUS_NUMBER = 19 | 0x2000_0000;
const NOTIFICATIONS = TOLD.secureFailure | TOLD.headers | TOLD.error | TOLD.sent;

/** https://learn.microsoft.com/en-us/windows/win32/winhttp/option-flags */
const OPTION = { clientCertificate: 47, disableFeature: 63, autologonPolicy: 77 } as const;
/** No cookies, redirects or authentication: it is one question, and nothing of the person goes with it. */
const FEATURES = 1 | 2 | 4;
const AUTOLOGON_NEVER = 2;

export interface WinHttpRequest {
  host: string;
  port: number;
  /** Milliseconds for everything. */
  timeout: number;
  signal: AbortSignal;
}

/** Asks for the head of `/`. Fails with `cancelled` when the signal aborts. */
export async function requestByWinHttp(request: WinHttpRequest): Promise<WindowsAnswer> {
  const api = await winHttp();
  const over = new AbortController();
  const { promise: stopped, resolve, reject } = Promise.withResolvers<WindowsAnswer>();
  const cancel = () => reject(new ProblemError('cancelled', request.host));
  const timer = setTimeout(() => resolve(failureOf(WINHTTP_TIMEOUT)), request.timeout);
  if (request.signal.aborted) cancel();
  else request.signal.addEventListener('abort', cancel, { once: true, signal: over.signal });
  try {
    return await Promise.race([stopped, ask(api, request, over.signal)]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** Asks; once `over` aborts, WinHTTP has given up and nothing of the request is left. */
function ask(api: WinHttp, where: WinHttpRequest, over: AbortSignal): Promise<WindowsAnswer> {
  const { promise, resolve } = Promise.withResolvers<WindowsAnswer>();
  const fail = () => resolve(failureOf(api.lastError()));
  const request = open(api, where, over);
  if (request === null) {
    fail();
    return promise;
  }
  // What tells us waits until we have listened, so what follows is done after that.
  const after = (step: () => void) => setImmediate(() => over.aborted || step());
  let flags = 0;
  const context = listen(over, (status, value) => {
    if (status === TOLD.secureFailure) flags = value;
    if (status === TOLD.error) resolve(failureOf(value, flags));
    if (status === TOLD.sent) after(() => api.receive(request, null) || fail());
    if (status === TOLD.headers) after(() => resolve(answerOf(statusOf(api, request))));
  });
  api.setCallback(request, api.callback, NOTIFICATIONS, 0);
  over.addEventListener('abort', () => api.setCallback(request, null, 0, 0));
  if (!api.send(request, null, 0, null, 0, 0, context)) fail();
  return promise;
}

/** Opens a request and closes it when `over` aborts; null when it cannot be opened. */
function open(api: WinHttp, { host, port, timeout }: WinHttpRequest, over: AbortSignal): Pointer {
  const kept = (handle: Pointer) => {
    if (handle !== null) over.addEventListener('abort', () => api.close(handle));
    return handle;
  };
  const session = kept(api.open('Signin Rescue', AUTOMATIC_PROXY, null, null, ASYNC));
  if (session === null) return null;
  api.setTimeouts(session, timeout, timeout, timeout, timeout);
  const connection = kept(api.connect(session, host, port, 0));
  if (connection === null) return null;
  const request = kept(api.openRequest(connection, 'HEAD', '/', null, null, null, SECURE));
  if (request === null) return null;
  set(api, request, OPTION.disableFeature, FEATURES);
  set(api, request, OPTION.autologonPolicy, AUTOLOGON_NEVER);
  // A server may ask for a certificate of ours without needing one: then WinHTTP is to go on without.
  api.setOption(request, OPTION.clientCertificate, null, 0);
  return request;
}

function set(api: WinHttp, request: Pointer, option: number, value: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  api.setOption(request, option, bytes, bytes.length);
}

function statusOf(api: WinHttp, request: Pointer): number {
  const status = [0];
  api.queryHeaders(request, STATUS_NUMBER, null, status, [4], null);
  return status[0] ?? 0;
}

export const windowsRequest: Machine['windowsRequest'] = (host, options) =>
  requestByWinHttp({ host, port: 443, ...options });
