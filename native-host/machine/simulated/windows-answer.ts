/** What Windows' own HTTP stack says on a simulated PC. */
import * as v from 'valibot';
import type { WindowsAnswer } from '../machine.ts';
import { Positive } from './schema-parts.ts';

export type WindowsEnd = WindowsAnswer['end'];

/** WinHTTP's number for each end that has one. https://learn.microsoft.com/en-us/windows/win32/winhttp/error-messages */
const errors = {
  'connection-timed-out': 12_002,
  'name-not-found': 12_007,
  'proxy-login': 12_015,
  'connection-failed': 12_029,
  'certificate-refused': 12_045,
  failed: 12_152,
  'secure-channel-failed': 12_157,
} as const satisfies Record<Extract<WindowsAnswer, { error: number }>['end'], number>;

const isFailure = (end: WindowsEnd): end is keyof typeof errors => end in errors;

export const WindowsAnswerSchema = v.pipe(
  v.strictObject({
    end: v.picklist([
      'answered',
      'not-here',
      'connection-timed-out',
      'name-not-found',
      'proxy-login',
      'connection-failed',
      'certificate-refused',
      'failed',
      'secure-channel-failed',
    ] satisfies WindowsEnd[]),
    status: v.exactOptional(v.pipe(Positive, v.minValue(100), v.maxValue(599))),
    error: v.exactOptional(Positive),
  }),
  v.check(({ end, status }) => status === undefined || end === 'answered', '`status` goes with `answered`'),
  v.check(({ end, error }) => error === undefined || isFailure(end), '`error` goes with a failure'),
);

/** With the status or the number that was left out. */
export function asAnswer({ end, status, error }: v.InferOutput<typeof WindowsAnswerSchema>): WindowsAnswer {
  if (isFailure(end)) return { end, error: error ?? errors[end] };
  return end === 'answered' ? { end, status: status ?? 200 } : { end };
}
