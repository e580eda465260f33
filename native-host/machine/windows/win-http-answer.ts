/** What WinHTTP's numbers mean. https://learn.microsoft.com/en-us/windows/win32/winhttp/error-messages */
import type { WindowsAnswer } from '../machine.ts';

type Failure = Extract<WindowsAnswer, { error: number }>;

/** The time limit that we keep ourselves ends a request as WinHTTP's own would. */
export const WINHTTP_TIMEOUT = 12_002;
const WINHTTP_LOGIN_FAILURE = 12_015;
const WINHTTP_SECURE_FAILURE = 12_175;
const WINHTTP_SECURE_FAILURE_PROXY = 12_188;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** WINHTTP_CALLBACK_STATUS_FLAG_SECURITY_CHANNEL_ERROR; the lower bits each name something wrong with a certificate. */
const CHANNEL_ERROR = 0x8000_0000;

const ends: readonly [Failure['end'], readonly number[]][] = [
  ['connection-timed-out', [WINHTTP_TIMEOUT]],
  ['name-not-found', [12_007]],
  ['connection-failed', [12_029, 12_030]],
  // "an error occurred having to do with a secure channel"; 12175 and 12188 where no certificate is blamed.
  ['secure-channel-failed', [12_157, WINHTTP_SECURE_FAILURE, WINHTTP_SECURE_FAILURE_PROXY]],
  ['certificate-refused', [12_037, 12_038, 12_045, 12_057, 12_169, 12_170, 12_179]],
  ['proxy-login', [WINHTTP_LOGIN_FAILURE]],
];

/**
 * How a request ended that failed with this number. `flags` are those of WINHTTP_CALLBACK_STATUS_SECURE_FAILURE:
 * 12175 comes with a refused certificate and, where TLS 1.2 is off, with a handshake that found no common ground;
 * they alone tell the two apart. https://learn.microsoft.com/en-us/windows/win32/api/winhttp/nc-winhttp-winhttp_status_callback
 */
export function failureOf(error: number, flags = 0): Failure {
  const bySecureFailure = error === WINHTTP_SECURE_FAILURE || error === WINHTTP_SECURE_FAILURE_PROXY;
  if (bySecureFailure && flags !== 0 && flags < CHANNEL_ERROR) return { end: 'certificate-refused', error };
  const [end] = ends.find(([, errors]) => errors.includes(error)) ?? ['failed' as const];
  return { end, error };
}

/** What a status says: a proxy that wants a password answers itself, anything else came from the server. */
export function answerOf(status: number): WindowsAnswer {
  if (status !== PROXY_AUTHENTICATION_REQUIRED) return { end: 'answered', status };
  return { end: 'proxy-login', error: WINHTTP_LOGIN_FAILURE };
}
