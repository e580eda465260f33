/** Files held open by the system's own calls, as no function of Node's does it. Runs in Wine. */
import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const create = kernel32.func('__stdcall', 'CreateFileW', 'void *', [
  ...['str16', 'uint32', 'uint32', 'void *', 'uint32', 'uint32', 'void *'],
]);
const GENERIC_READ = 0x8000_0000;

/** Opens a file so that nobody else can read, write or move it while this process runs, if it is there. */
export function holdOpen(path: string): void {
  create(path, GENERIC_READ, 0, null, 3, 0, null);
}
