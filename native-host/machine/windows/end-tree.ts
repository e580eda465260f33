/**
 * Ends a process and all that it started. `taskkill /T` would do, but is one more program to start while
 * something hangs already, and cannot tell a child from a process whose dead parent had the same number.
 */
import { declare, type Koffi, type Pointer } from './native.ts';
import { sessionProcesses } from './snapshot.ts';

/** PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION. https://learn.microsoft.com/en-us/windows/win32/procthread/process-security-and-access-rights */
const ACCESS = 0x0001 | 0x1000;

/** An open process: while its handle is open, Windows gives its number to no other. */
interface OpenProcess {
  handle: Pointer;
  /** FILETIME of its start, to compare. */
  started: bigint;
}

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocess
 * https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-getprocesstimes
 * https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-terminateprocess
 */
const functions = declare((koffi: Koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const time = koffi.out(koffi.pointer('void'));
  const open: (access: number, inherit: boolean, pid: number) => Pointer = kernel32.func(
    '__stdcall',
    'OpenProcess',
    'void *',
    ['uint32', 'bool', 'uint32'],
  );
  const times: (process: Pointer, start: Buffer, exit: Buffer, kernel: Buffer, user: Buffer) => boolean =
    kernel32.func('__stdcall', 'GetProcessTimes', 'bool', ['void *', time, time, time, time]);
  const terminate: (process: Pointer, code: number) => boolean = kernel32.func(
    '__stdcall',
    'TerminateProcess',
    'bool',
    ['void *', 'uint32'],
  );
  const close: (handle: Pointer) => boolean = kernel32.func('__stdcall', 'CloseHandle', 'bool', ['void *']);
  return { open, times, terminate, close };
});

type Functions = Awaited<ReturnType<typeof functions>>;

function openProcess(api: Functions, pid: number): OpenProcess | undefined {
  const handle = api.open(ACCESS, false, pid);
  if (handle === null) return undefined;
  const start = Buffer.alloc(8);
  const rest = Buffer.alloc(8);
  if (api.times(handle, start, rest, rest, rest)) return { handle, started: start.readBigUInt64LE() };
  api.close(handle);
  return undefined;
}

/** Opens and ends the children of `family` that are not in it yet. Gives how many. */
async function endChildren(api: Functions, family: Map<number, OpenProcess>): Promise<number> {
  let ended = 0;
  for (const { pid, parent } of await sessionProcesses()) {
    const known = family.get(parent);
    if (known === undefined || family.has(pid)) continue;
    const child = openProcess(api, pid);
    if (child === undefined) continue;
    if (child.started < known.started) {
      api.close(child.handle);
      continue;
    }
    family.set(pid, child);
    api.terminate(child.handle, 1);
    ended += 1;
  }
  return ended;
}

export async function endTree(pid: number): Promise<void> {
  const api = await functions();
  const root = openProcess(api, pid);
  if (root === undefined) return;
  const family = new Map([[pid, root]]);
  try {
    api.terminate(root.handle, 1);
    // Again until none is new: one may have been started while we looked.
    while ((await endChildren(api, family)) > 0);
  } finally {
    for (const { handle } of family.values()) api.close(handle);
  }
}
