/** Files and folders held open by the system's own calls, as no function of Node's does it. Runs in Wine. */
import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const create = kernel32.func('__stdcall', 'CreateFileW', 'void *', [
  ...['str16', 'uint32', 'uint32', 'void *', 'uint32', 'uint32', 'void *'],
]);
const GENERIC_READ = 0x8000_0000;
const OPEN_EXISTING = 3;
/** For folders. */
const BACKUP_SEMANTICS = 0x0200_0000;
const INVALID_HANDLE = 0xffffffff_ffffffffn;

/** Holds what is at a path open as long as this process runs: nobody else can write or move it. Whether it could. */
export function holdOpen(path: string): boolean {
  return create(path, GENERIC_READ, 0, null, OPEN_EXISTING, BACKUP_SEMANTICS, null) !== INVALID_HANDLE;
}
