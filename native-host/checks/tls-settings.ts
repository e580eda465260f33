/**
 * Whether Windows' settings allow TLS as Microsoft 365 needs it: version 1.2, which all of it has required since
 * 2020, and one of the encryption methods that Azure Front Door accepts
 * (https://learn.microsoft.com/sharepoint/troubleshoot/sync/error-0x8004de40-in-onedrive). What is not set is as
 * Windows comes, and that is right; what cannot be read is not judged. Nothing is changed, ever.
 */
import type { Finding } from '../../common/findings.ts';
import type { Hive, Machine } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { readNumber, readText } from './registry-values.ts';

/** https://learn.microsoft.com/windows-server/networking/configure-secure-protocol-options-winhttp */
const TLS12 = 0x800;
const TLS13 = 0x2000;

const INTERNET_SETTINGS = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
/** "Turn off encryption support" (https://learn.microsoft.com/windows/client-management/mdm/policy-csp-internetexplorer#disableencryptionsupport) goes before what the person set. */
const internetOptions: readonly [Hive, string][] = [
  ['HKLM', `Software\\Policies\\${INTERNET_SETTINGS}`],
  ['HKCU', `Software\\Policies\\${INTERNET_SETTINGS}`],
  ['HKCU', `Software\\${INTERNET_SETTINGS}`],
];
/** https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings */
const SCHANNEL =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
/** The policy "SSL Cipher Suite Order". https://learn.microsoft.com/windows-server/security/tls/manage-tls */
const CIPHERS = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const views = { bits64: 'SOFTWARE', bits32: 'SOFTWARE\\WOW6432Node' } as const;

/** Any of these will do; with TLS 1.2 no other does. */
const suites = [
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
];
/** https://learn.microsoft.com/azure/frontdoor/standard-premium/tls-policy; not every Windows has TLS 1.3. */
const suites13 = ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256'];

/** What one place says: what was read there, and what is wrong with it. */
interface Reading {
  evidence: Finding['evidence'];
  sight?: Pick<Sight<'tls-settings'>, 'level' | 'meaning' | 'subject'>;
}

export const tlsSettings: Check = {
  id: 'tls-settings',
  look: (context) => [looked('tls-settings', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'tls-settings'>[]> {
  const places = [inInternetOptions, inWinHttp, inSchannel, inCiphers, inDotNet];
  const readings = await Promise.allSettled(places.map((read) => read(machine)));
  const read = readings.flatMap((reading) => (reading.status === 'fulfilled' ? [reading.value] : []));
  const faults = read.flatMap(({ sight, evidence }) =>
    sight ? [{ id: `tls-settings:${sight.meaning}`, ...sight, evidence }] : [],
  );
  if (faults.length > 0) return faults;
  // A place that is closed to us may hold the fault, so all is fine only when all could be read.
  const closed = readings.find((reading) => reading.status === 'rejected');
  if (closed) throw closed.reason;
  const evidence = Object.assign({}, ...read.map((reading) => reading.evidence));
  return [{ level: 'ok', meaning: 'fine', evidence }];
}

const hex = (value: number) => `0x${value.toString(16)}`;

/** Those that are set, in hexadecimal. */
function asEvidence(values: Record<string, number | undefined>): Finding['evidence'] {
  const set = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, hex(value)]],
  );
  return Object.fromEntries(set);
}

/** Undefined when nothing is set, and so nothing is off. */
function levelOf(protocols: number | undefined): 'fault' | 'warning' | undefined {
  if (protocols === undefined || protocols & TLS12) return undefined;
  return protocols & TLS13 ? 'warning' : 'fault';
}

async function inInternetOptions(machine: Machine): Promise<Reading> {
  const values = await Promise.all(
    internetOptions.map(([hive, key]) => readNumber(machine, hive, key, 'SecureProtocols')),
  );
  const protocols = values.find((value) => value !== undefined);
  const level = levelOf(protocols);
  const evidence = asEvidence({ SecureProtocols: protocols });
  return { evidence, ...(level && { sight: { level, meaning: 'tls12-off' } }) };
}

/** OneDrive has 64 bits; of programs with 32 some may still be in use. */
async function inWinHttp(machine: Machine): Promise<Reading> {
  const read = (view: string) =>
    readNumber(machine, 'HKLM', `${view}\\${INTERNET_SETTINGS}\\WinHttp`, 'DefaultSecureProtocols');
  const [bits64, bits32] = await Promise.all([read(views.bits64), read(views.bits32)]);
  const level = levelOf(bits64) ?? (levelOf(bits32) && 'warning');
  const evidence = asEvidence({ DefaultSecureProtocols: bits64, DefaultSecureProtocols32: bits32 });
  return { evidence, ...(level && { sight: { level, meaning: 'tls12-off-winhttp' } }) };
}

async function inSchannel(machine: Machine): Promise<Reading> {
  const read = (name: string) => readNumber(machine, 'HKLM', SCHANNEL, name);
  const [enabled, byDefault] = await Promise.all([read('Enabled'), read('DisabledByDefault')]);
  const off = enabled === 0 || (byDefault ?? 0) !== 0;
  const evidence = asEvidence({ SchannelEnabled: enabled, SchannelDisabledByDefault: byDefault });
  return { evidence, ...(off && { sight: { level: 'fault', meaning: 'tls12-off-schannel' } }) };
}

async function inCiphers(machine: Machine): Promise<Reading> {
  const list = await readText(machine, 'HKLM', CIPHERS, 'Functions');
  const allowed = (list ?? '')
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (list === undefined || allowed.length === 0) return { evidence: {} };
  const has = (some: readonly string[]) => some.some((suite) => allowed.includes(suite));
  const evidence = { Functions: list.slice(0, 500) };
  if (has(suites)) return { evidence };
  return { evidence, sight: { level: has(suites13) ? 'warning' : 'fault', meaning: 'ciphers-missing' } };
}

/** https://learn.microsoft.com/dotnet/framework/network-programming/tls#configure-security-via-the-windows-registry */
async function inDotNet(machine: Machine): Promise<Reading> {
  const names = ['SchUseStrongCrypto', 'SystemDefaultTlsVersions'];
  const wanted = Object.values(views).flatMap((view) => names.map((name) => ({ view, name })));
  const values = await Promise.all(
    wanted.map(async ({ view, name }) => {
      const key = `${view}\\Microsoft\\.NETFramework\\v4.0.30319`;
      const value = await readNumber(machine, 'HKLM', key, name);
      return { name, label: view === views.bits32 ? `${name}32` : name, value };
    }),
  );
  const evidence = asEvidence(Object.fromEntries(values.map(({ label, value }) => [label, value])));
  const off = new Set(values.filter(({ value }) => value === 0).map(({ name }) => name));
  if (off.size === 0) return { evidence };
  return { evidence, sight: { level: 'warning', meaning: 'dotnet-old', subject: [...off].join(', ') } };
}
