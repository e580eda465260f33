/**
 * Starting a program that outlives the host. Not by Node: Firefox keeps a native host and everything it
 * starts in a job, and ends the whole job with the host, unless a child was created to break away; Node
 * cannot ask for that.
 * https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#closing_the_native_app
 */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import { declare, type Pointer, WIN32, win32Problem } from './native.ts';

/** https://learn.microsoft.com/en-us/windows/win32/procthread/process-creation-flags */
const DETACHED_PROCESS = 0x0000_0008;
const CREATE_NEW_PROCESS_GROUP = 0x0000_0200;
const CREATE_BREAKAWAY_FROM_JOB = 0x0100_0000;

interface ProcessInformation {
  hProcess?: Pointer;
  hThread?: Pointer;
}

type CreateProcess = (
  exe: string,
  commandLine: Buffer,
  processSecurity: null,
  threadSecurity: null,
  inheritHandles: boolean,
  flags: number,
  environment: null,
  folder: string,
  startup: Buffer,
  created: ProcessInformation,
) => boolean;

/** Milliseconds in which a program that cannot run at all has ended again. */
const AT_ONCE = 1_000;

/** Size of STARTUPINFOW; all of it but its own size stays zero. https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/ns-processthreadsapi-startupinfow */
const STARTUP_SIZE = 104;

/** https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw */
const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const information = koffi.struct({
    hProcess: 'void *',
    hThread: 'void *',
    dwProcessId: 'uint32',
    dwThreadId: 'uint32',
  });
  const create: CreateProcess = kernel32.func('__stdcall', 'CreateProcessW', 'bool', [
    'str16',
    koffi.inout(koffi.pointer('void')),
    'void *',
    'void *',
    'bool',
    'uint32',
    'void *',
    'str16',
    koffi.pointer('void'),
    koffi.out(koffi.pointer(information)),
  ]);
  const close: (handle: Pointer) => boolean = kernel32.func('__stdcall', 'CloseHandle', 'bool', ['void *']);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  // Waited for off this thread, which has a browser to answer.
  const wait = kernel32.func('__stdcall', 'WaitForSingleObject', 'uint32', ['void *', 'uint32']);
  const ended: (process: Pointer, milliseconds: number) => Promise<number> = (process, milliseconds) =>
    new Promise((resolve, reject) => {
      wait.async(process, milliseconds, (error: Error | null, result: number) =>
        error ? reject(error) : resolve(result),
      );
    });
  const exitCode: (process: Pointer, code: number[]) => boolean = kernel32.func(
    '__stdcall',
    'GetExitCodeProcess',
    'bool',
    ['void *', koffi.out(koffi.pointer('uint32'))],
  );
  return { create, close, lastError, ended, exitCode };
});

/**
 * One argument as a C program will read it back.
 * https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
function quote(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  const escaped = argument.replace(/(\\*)("|$)/g, (_, slashes: string, mark: string) =>
    mark === '' ? slashes + slashes : `${slashes}${slashes}\\"`,
  );
  return `"${escaped}"`;
}

export function commandLine(exe: string, args: readonly string[]): string {
  return [`"${exe}"`, ...args.map(quote)].join(' ');
}

/** Starts it; fails with `exe-failed` when it ends with an error within a second. */
export async function launch(exe: string, args: readonly string[]): Promise<void> {
  const api = await functions();
  const startup = Buffer.alloc(STARTUP_SIZE);
  startup.writeUInt32LE(STARTUP_SIZE);
  const line = Buffer.from(`${commandLine(exe, args)}\0`, 'utf16le');
  const created: ProcessInformation = {};
  // Its own folder, not the host's, which could not be uninstalled while the program runs.
  const folder = win32.dirname(exe);
  const start = (flags: number) =>
    api.create(exe, line, null, null, false, flags, null, folder, startup, created)
      ? WIN32.SUCCESS
      : api.lastError();

  const flags = DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP;
  let code = start(flags | CREATE_BREAKAWAY_FROM_JOB);
  // A job may forbid to break away from it.
  if (code === WIN32.ACCESS_DENIED) code = start(flags);
  if (code !== WIN32.SUCCESS)
    throw win32Problem(`CreateProcessW of ${win32.basename(exe)}`, code, 'exe-failed');
  api.close(created.hThread ?? null);
  const handle = created.hProcess ?? null;
  // A program that crashes at once is seen to run for a moment all the same.
  const exit = [0];
  if ((await api.ended(handle, AT_ONCE)) === 0) api.exitCode(handle, exit);
  api.close(handle);
  if (exit[0] !== 0)
    throw new ProblemError('exe-failed', `${win32.basename(exe)} ended at once with code ${exit[0]}`);
}
