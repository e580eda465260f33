/**
 * The registry by the system's own calls, with counted names and bytes as they are, without any code of the
 * product: what the product is judged by. Runs in Wine.
 */
import { createHash } from 'node:crypto';
import koffi from 'koffi';

export interface RawKey {
  values: Record<string, { type: number; length: number; data: string }>;
  keys: Record<string, RawKey>;
}

type Handle = bigint | null;

const HKCU = 0xffffffff_80000001n;
const ALL_ACCESS = 0xf003f;
const advapi32 = koffi.load('advapi32.dll');
const ntdll = koffi.load('ntdll.dll');
const out = koffi.out(koffi.pointer('void *'));
const number = koffi.inout(koffi.pointer('uint32'));
const bytes = koffi.out(koffi.pointer('void'));
const unicode = koffi.pointer(koffi.struct({ Length: 'uint16', MaximumLength: 'uint16', Buffer: 'void *' }));
const func = (name: string, parameters: Parameters<typeof advapi32.func>[3]) =>
  advapi32.func('__stdcall', name, 'uint32', parameters);
const create = func('RegCreateKeyExW', [
  ...['void *', 'void *', 'uint32', 'void *', 'uint32', 'uint32', 'void *'],
  out,
  'void *',
]);
const open = func('RegOpenKeyExW', ['void *', 'void *', 'uint32', 'uint32', out]);
const close = func('RegCloseKey', ['void *']);
const enumKey = func('RegEnumKeyExW', [
  ...['void *', 'uint32', bytes, number],
  ...['void *', 'void *', 'void *', 'void *'],
]);
const enumValue = func('RegEnumValueW', ['void *', 'uint32', bytes, number, 'void *', number, bytes, number]);
/** Unlike RegSetValueExW it stores what it is given and adds nothing. */
const set = ntdll.func('__stdcall', 'NtSetValueKey', 'uint32', [
  ...['void *', unicode, 'uint32', 'uint32', 'void *', 'uint32'],
]);

const zeroTerminated = (text: string) => Buffer.from(`${text}\0`, 'utf16le');

/** Makes keys one by one, as no call makes more than 32 levels, and gives the last to `use`. */
export function withRaw(path: readonly string[], use: (key: Handle) => void): void {
  let key: Handle = HKCU;
  for (const name of path) {
    const made: Handle[] = [null];
    const code = create(key, zeroTerminated(name), 0, null, 0, ALL_ACCESS, null, made, null);
    if (code !== 0) throw new Error(`RegCreateKeyExW of ${name} failed with ${code}`);
    if (key !== HKCU) close(key);
    key = made[0] ?? null;
  }
  use(key);
  close(key);
}

export function setRaw(key: Handle, name: string, type: number, data: Buffer): void {
  const counted = Buffer.from(name, 'utf16le');
  const text = { Length: counted.length, MaximumLength: counted.length, Buffer: counted };
  const code = set(key, text, 0, type, data.length > 0 ? data : null, data.length);
  if (code !== 0) throw new Error(`NtSetValueKey of ${name} failed with ${code}`);
}

function readKey(key: Handle): RawKey {
  const found: RawKey = { values: {}, keys: {} };
  const name = Buffer.alloc(40_000);
  const data = Buffer.alloc(2 * 1024 * 1024);
  for (let index = 0; ; index += 1) {
    const [length, type, size] = [[20_000], [0], [data.length]];
    if (enumValue(key, index, name, length, null, type, data, size) !== 0) break;
    const stored = data.subarray(0, size[0]);
    found.values[name.toString('utf16le', 0, (length[0] ?? 0) * 2)] = {
      type: type[0] ?? 0,
      length: stored.length,
      data: stored.length > 100 ? createHash('sha256').update(stored).digest('hex') : stored.toString('hex'),
    };
  }
  for (let index = 0; ; index += 1) {
    const length = [20_000];
    if (enumKey(key, index, name, length, null, null, null, null) !== 0) break;
    const below = name.toString('utf16le', 0, (length[0] ?? 0) * 2);
    const content = readRaw(key, below);
    if (content) found.keys[below] = content;
  }
  return found;
}

/** All of a key; null when it is not there. Values of more than 100 bytes as their SHA-256. */
function readRaw(root: Handle, path: string): RawKey | null {
  const opened: Handle[] = [null];
  if (open(root, zeroTerminated(path), 0, ALL_ACCESS, opened) !== 0) return null;
  const content = readKey(opened[0] ?? null);
  close(opened[0] ?? null);
  return content;
}

export const readCurrentUser = (path: string) => readRaw(HKCU, path);
