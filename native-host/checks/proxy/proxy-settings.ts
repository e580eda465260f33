/** The two proxy settings of Windows: those of the person (WinINET) and those of services (WinHTTP). Read only. */
import type { Hive, Machine } from '../../machine/machine.ts';
import { readBytes, readNumber, readText } from '../registry-values.ts';
import type { ManualProxy } from './proxy-address.ts';

const SETTINGS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

export interface PersonSettings {
  /** "Automatically detect settings": goes before the others. */
  autoDetect: boolean;
  /** Where a proxy script is to be fetched. */
  scriptUrl: string | undefined;
  manual: ManualProxy | undefined;
}

/**
 * What browsers and most apps go by; the PC's where policy makes it one for all,
 * https://learn.microsoft.com/previous-versions/windows/it-pro/windows-vista/cc721933(v=ws.10)
 */
export async function personSettings(machine: Machine): Promise<PersonSettings> {
  const perUser = await readNumber(machine, 'HKLM', POLICY, 'ProxySettingsPerUser');
  const hive: Hive = perUser === 0 ? 'HKLM' : 'HKCU';
  const text = (name: string) => readText(machine, hive, SETTINGS, name);
  const [autoDetect, enabled, server, bypass, scriptUrl] = await Promise.all([
    detectsItself(machine, hive),
    readNumber(machine, hive, SETTINGS, 'ProxyEnable'),
    text('ProxyServer'),
    text('ProxyOverride'),
    text('AutoConfigURL'),
  ]);
  const manual = enabled === 1 && server ? { server, bypass: bypass ?? '' } : undefined;
  return { autoDetect, scriptUrl: scriptUrl?.trim() || undefined, manual };
}

/** In the flags of both binary values: a proxy is set, settings are detected. The same as INTERNET_PER_CONN_FLAGS. */
const MANUAL = 0x2;
const AUTO_DETECT = 0x8;
const FLAGS_AT = 8;
const TEXTS_AT = 12;

/**
 * Whether "Automatically detect settings" is ticked. The value's form is documented nowhere: its flags are those of
 * https://learn.microsoft.com/windows/win32/api/wininet/ns-wininet-internet_per_conn_optionw, eight bytes in. A value
 * that is too short, or not there, says no: it is written when somebody first opens the settings.
 */
async function detectsItself(machine: Machine, hive: Hive): Promise<boolean> {
  const bytes = await readBytes(machine, hive, `${SETTINGS}\\Connections`, 'DefaultConnectionSettings');
  return (
    bytes !== undefined && bytes.length >= TEXTS_AT && (bytes.readUInt32LE(FLAGS_AT) & AUTO_DETECT) !== 0
  );
}

/**
 * What services go by, and the sign-in broker of Windows; undefined without a proxy. `unreadable` when the value is
 * none that we know: its form is documented nowhere, and known from what `netsh winhttp set proxy` writes.
 */
export async function serviceSettings(machine: Machine): Promise<ManualProxy | undefined | 'unreadable'> {
  const bytes = await readBytes(machine, 'HKLM', `${SETTINGS}\\Connections`, 'WinHttpSettings');
  if (bytes === undefined) return undefined;
  if (bytes.length < TEXTS_AT) return 'unreadable';
  if ((bytes.readUInt32LE(FLAGS_AT) & MANUAL) === 0) return undefined;
  const server = textAt(bytes, TEXTS_AT);
  if (!server?.text) return 'unreadable';
  // An older value may end after the proxy.
  return { server: server.text, bypass: textAt(bytes, server.end)?.text ?? '' };
}

/** A text behind its length in bytes; undefined when it would go beyond the end. */
function textAt(bytes: Buffer, at: number): { text: string; end: number } | undefined {
  const begin = at + 4;
  if (bytes.length < begin) return undefined;
  const end = begin + bytes.readUInt32LE(at);
  return end > bytes.length ? undefined : { text: bytes.toString('latin1', begin, end), end };
}
