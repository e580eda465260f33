/** Entries in Windows' event log. */
import type { LogEvent } from '../machine.ts';
import { declare, type Pointer, win32Problem } from './native.ts';

/** The source's name, which the per-machine package registers below the log `Application`. */
const SOURCE = 'Signin Rescue';

/** https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-reporteventw */
const TYPES: Readonly<Record<LogEvent['level'], number>> = { warning: 0x0002, information: 0x0004 };

type Report = (
  log: Pointer,
  type: number,
  category: 0,
  id: number,
  user: null,
  count: number,
  bytes: 0,
  texts: string[],
  data: null,
) => boolean;

/**
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-registereventsourcew
 * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-deregistereventsource
 */
const functions = declare((koffi) => {
  const advapi32 = koffi.load('advapi32.dll');
  const open: (server: null, source: string) => Pointer = advapi32.func(
    '__stdcall',
    'RegisterEventSourceW',
    'void *',
    ['void *', 'str16'],
  );
  const report: Report = advapi32.func('__stdcall', 'ReportEventW', 'bool', [
    ...['void *', 'uint16', 'uint16', 'uint32', 'void *', 'uint16', 'uint32'],
    koffi.pointer('str16'),
    'void *',
  ]);
  const close: (log: Pointer) => boolean = advapi32.func('__stdcall', 'DeregisterEventSource', 'bool', [
    'void *',
  ]);
  const lastError: () => number = koffi.load('kernel32.dll').func('__stdcall', 'GetLastError', 'uint32', []);
  return { open, report, close, lastError };
});

/** Adds an entry, without the user's name. Fails with `access-denied`, or with `internal` where no log takes it. */
export async function reportEvent({ id, level, text }: LogEvent): Promise<void> {
  const api = await functions();
  const log = api.open(null, SOURCE);
  if (log === null) throw win32Problem('RegisterEventSourceW', api.lastError());
  try {
    if (!api.report(log, TYPES[level], 0, id, null, 1, 0, [text], null)) {
      throw win32Problem('ReportEventW', api.lastError());
    }
  } finally {
    api.close(log);
  }
}
