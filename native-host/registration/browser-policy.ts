/**
 * What an organisation can say of native messaging, in the browsers' own policies
 * (https://chromeenterprise.google/policies/#NativeMessagingBlocklist,
 * https://learn.microsoft.com/deployedge/microsoft-edge-browser-policies/nativemessaguserlevelhosts; the security
 * baseline for Edge has browsers ignore what is registered for one person). Firefox has none.
 */
import * as v from 'valibot';
import { HOST_NAME } from '../../common/identity.ts';
import type { Hive, Registry } from '../machine/machine.ts';
import type { BrowserRow } from './browsers.ts';
import { type BrowserPolicy, NO_POLICY } from './places.ts';

const hives: readonly Hive[] = ['HKLM', 'HKCU'];
/** A list's entries are values with numbers for names, from 1. */
const MOST_ENTRIES = 100;

/** HKLM's policies count before HKCU's. What cannot be read says nothing. */
export async function browserPolicy(registry: Registry, { policies }: BrowserRow): Promise<BrowserPolicy> {
  if (policies === undefined) return NO_POLICY;
  const key = `Software\\Policies\\${policies}`;
  const [userHosts, blocklist, allowlist] = await Promise.all([
    first(hives, (hive) => flag(registry, hive, key, 'NativeMessagingUserLevelHosts')),
    first(hives, (hive) => list(registry, hive, key, 'NativeMessagingBlocklist')),
    first(hives, (hive) => list(registry, hive, key, 'NativeMessagingAllowlist')),
  ]);
  const isBlocked = blocklist?.some((name) => name === '*' || name === HOST_NAME) ?? false;
  return { userHosts: userHosts ?? true, blocked: isBlocked && !allowlist?.includes(HOST_NAME) };
}

async function first<T>(from: readonly Hive[], look: (hive: Hive) => Promise<T | undefined>) {
  for (const hive of from) {
    const found = await look(hive).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function flag(registry: Registry, hive: Hive, key: string, name: string): Promise<boolean | undefined> {
  const value = await registry.read(hive, key, name);
  return value?.type === 'REG_DWORD' ? value.value !== 0 : undefined;
}

const Names = v.array(v.string());

/** A key below, or one value with the whole list as JSON. */
async function list(
  registry: Registry,
  hive: Hive,
  key: string,
  name: string,
): Promise<string[] | undefined> {
  const whole = await registry.read(hive, key, name);
  if (whole?.type === 'REG_SZ') return v.parse(Names, JSON.parse(whole.value));
  const keys = await registry.keys(hive, key);
  if (!keys.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  const numbers = Array.from({ length: MOST_ENTRIES }, (_, index) => String(index + 1));
  const values = await Promise.all(numbers.map((number) => registry.read(hive, `${key}\\${name}`, number)));
  return values.flatMap((value) => (value?.type === 'REG_SZ' ? value.value : []));
}
