/** Values of the registry as checks want them: of the type that is expected, or not at all. */
import type { Hive, Machine } from '../machine/machine.ts';

/** A text; undefined when it is not there or of another type. */
export async function readText(
  { registry }: Machine,
  hive: Hive,
  key: string,
  name: string,
): Promise<string | undefined> {
  const value = await registry.read(hive, key, name);
  return value?.type === 'REG_SZ' || value?.type === 'REG_EXPAND_SZ' ? value.value : undefined;
}

/** A REG_DWORD; undefined when it is not there or of another type. */
export async function readNumber(
  { registry }: Machine,
  hive: Hive,
  key: string,
  name: string,
): Promise<number | undefined> {
  const value = await registry.read(hive, key, name);
  return value?.type === 'REG_DWORD' ? value.value : undefined;
}

/** A REG_BINARY; undefined when it is not there or of another type. */
export async function readBytes(
  { registry }: Machine,
  hive: Hive,
  key: string,
  name: string,
): Promise<Buffer | undefined> {
  const value = await registry.read(hive, key, name);
  return value?.type === 'REG_BINARY' ? Buffer.from(value.value, 'base64') : undefined;
}
