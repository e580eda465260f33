/** A program that has a file or folder open: `hold.mjs PATH SHARE` says `held` and stays until it is ended. */
import koffi from 'koffi';

const kernel32 = koffi.load('kernel32.dll');
const create = kernel32.func('__stdcall', 'CreateFileW', 'void *', [
  ...['str16', 'uint32', 'uint32', 'void *', 'uint32', 'uint32', 'void *'],
]);
const [path = '', share = '0'] = process.argv.slice(2);
const GENERIC_READ = 0x8000_0000;
/** For folders. */
const BACKUP_SEMANTICS = 0x0200_0000;
const handle = create(path, GENERIC_READ, Number(share), null, 3, BACKUP_SEMANTICS, null);
console.log(handle === 0xffffffff_ffffffffn ? 'failed' : 'held');
setInterval(() => undefined, 1000);
