/** The processes of this session at one moment. */
import { declare, type Pointer, WIN32, win32Problem } from './native.ts';

export interface SnapshotProcess {
  pid: number;
  parent: number;
  image: string;
}

/** https://learn.microsoft.com/en-us/windows/win32/api/tlhelp32/ns-tlhelp32-processentry32w */
interface ProcessEntry {
  dwSize: number;
  th32ProcessID?: number;
  th32ParentProcessID?: number;
  szExeFile?: string;
}

const TH32CS_SNAPPROCESS = 2;
const INVALID_HANDLE = 0xffffffff_ffffffffn;

type Walk = (snapshot: Pointer, entry: ProcessEntry) => boolean;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/tlhelp32/nf-tlhelp32-createtoolhelp32snapshot
 * https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-processidtosessionid
 */
const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const entry = koffi.struct({
    dwSize: 'uint32',
    cntUsage: 'uint32',
    th32ProcessID: 'uint32',
    th32DefaultHeapID: 'uintptr_t',
    th32ModuleID: 'uint32',
    cntThreads: 'uint32',
    th32ParentProcessID: 'uint32',
    pcPriClassBase: 'int32',
    dwFlags: 'uint32',
    szExeFile: koffi.array('char16', 260, 'String'),
  });
  const walk = ['void *', koffi.inout(koffi.pointer(entry))];
  const create: (flags: number, pid: number) => Pointer = kernel32.func(
    '__stdcall',
    'CreateToolhelp32Snapshot',
    'void *',
    ['uint32', 'uint32'],
  );
  const first: Walk = kernel32.func('__stdcall', 'Process32FirstW', 'bool', walk);
  const next: Walk = kernel32.func('__stdcall', 'Process32NextW', 'bool', walk);
  const close: (handle: Pointer) => boolean = kernel32.func('__stdcall', 'CloseHandle', 'bool', ['void *']);
  const session: (pid: number, session: number[]) => boolean = kernel32.func(
    '__stdcall',
    'ProcessIdToSessionId',
    'bool',
    ['uint32', koffi.out(koffi.pointer('uint32'))],
  );
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { entrySize: koffi.sizeof(entry), create, first, next, close, session, lastError };
});

type Functions = Awaited<ReturnType<typeof functions>>;

/** Undefined for a process that we may not ask about: it is not ours. */
function sessionOf(api: Functions, pid: number): number | undefined {
  const session = [0];
  return api.session(pid, session) ? session[0] : undefined;
}

function* walk(api: Functions, snapshot: Pointer): Generator<SnapshotProcess> {
  const entry: ProcessEntry = { dwSize: api.entrySize };
  let step = api.first;
  while (step(snapshot, entry)) {
    const { th32ProcessID: pid = 0, th32ParentProcessID: parent = 0, szExeFile: image = '' } = entry;
    yield { pid, parent, image };
    step = api.next;
  }
  const code = api.lastError();
  if (code !== WIN32.NO_MORE_FILES) throw win32Problem('Process32NextW', code);
}

/** All processes of the session that this process runs in. */
export async function sessionProcesses(): Promise<SnapshotProcess[]> {
  const api = await functions();
  const own = sessionOf(api, process.pid);
  const snapshot = api.create(TH32CS_SNAPPROCESS, 0);
  if (snapshot === INVALID_HANDLE) throw win32Problem('CreateToolhelp32Snapshot', api.lastError());
  try {
    return [...walk(api, snapshot)].filter(({ pid }) => sessionOf(api, pid) === own);
  } finally {
    api.close(snapshot);
  }
}
