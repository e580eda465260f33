/**
 * Values of the simulated registry and the bytes that Windows would store for them.
 * https://learn.microsoft.com/en-us/windows/win32/sysinfo/registry-value-types
 */
import type { RegistryValue, StoredValue } from '../machine.ts';
import type { SimulatedValue } from './registry-schema.ts';

type Bytes = Pick<StoredValue, 'type' | 'data'>;

const REG = {
  other: 0,
  REG_SZ: 1,
  REG_EXPAND_SZ: 2,
  REG_BINARY: 3,
  REG_DWORD: 4,
  REG_MULTI_SZ: 7,
  REG_QWORD: 11,
} as const;

function bytesOf(value: SimulatedValue): Buffer {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return Buffer.from(`${value.value}\0`, 'utf16le');
    case 'REG_MULTI_SZ':
      return Buffer.from(`${value.value.map((text) => `${text}\0`).join('')}\0`, 'utf16le');
    case 'REG_DWORD': {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value.value);
      return bytes;
    }
    case 'REG_QWORD': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value.value));
      return bytes;
    }
    case 'REG_BINARY':
      return Buffer.from(value.value, 'base64');
    case 'other':
      return Buffer.alloc(0);
    default:
      return Buffer.from(value.data, 'base64');
  }
}

/** What Windows would store: the type's number, and Base64 of the bytes. */
export function stored(value: SimulatedValue): Bytes {
  const type = typeof value.type === 'number' ? value.type : REG[value.type];
  return { type, data: bytesOf(value).toString('base64') };
}

function quad(number: bigint): number | string {
  return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : String(number);
}

function readable(type: number, bytes: Buffer): SimulatedValue | undefined {
  const text = bytes.toString('utf16le').slice(0, -1);
  if (type === REG.REG_SZ) return { type: 'REG_SZ', value: text };
  if (type === REG.REG_EXPAND_SZ) return { type: 'REG_EXPAND_SZ', value: text };
  if (type === REG.REG_MULTI_SZ) return { type: 'REG_MULTI_SZ', value: text.split('\0').slice(0, -1) };
  if (type === REG.REG_BINARY) return { type: 'REG_BINARY', value: bytes.toString('base64') };
  if (type === REG.other) return { type: 'other', value: null };
  if (type === REG.REG_DWORD && bytes.length === 4) return { type: 'REG_DWORD', value: bytes.readUInt32LE() };
  if (type === REG.REG_QWORD && bytes.length === 8)
    return { type: 'REG_QWORD', value: quad(bytes.readBigUInt64LE()) };
  return undefined;
}

/** The value that has these bytes: in a form that a person can read where that loses nothing, else raw. */
export function fromStored({ type, data }: Bytes): SimulatedValue {
  const bytes = Buffer.from(data, 'base64');
  const value = readable(type, bytes);
  return value && bytesOf(value).equals(bytes) ? value : { type, data };
}

/** What reading the value gives on Windows: a text ends at its first NUL, whether or not it has one. */
export function asRead(value: SimulatedValue): RegistryValue {
  const { type, data } = stored(value);
  const bytes = Buffer.from(data, 'base64');
  const [text = ''] = bytes.toString('utf16le').split('\0', 1);
  if (type === REG.REG_SZ) return { type: 'REG_SZ', value: text };
  if (type === REG.REG_EXPAND_SZ) return { type: 'REG_EXPAND_SZ', value: text };
  if (type === REG.REG_BINARY) return { type: 'REG_BINARY', value: data };
  if (type === REG.REG_DWORD && bytes.length === 4) return { type: 'REG_DWORD', value: bytes.readUInt32LE() };
  return { type: 'other', value: null };
}
