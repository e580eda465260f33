/**
 * The networks that this PC knows and when it was last connected to each, after the Network List Manager's
 * registry keys. Microsoft documents neither `DateLastConnected` nor `NameType`: their meaning is from forensic
 * practice, where the one is a SYSTEMTIME in local time and the other the kind of interface (6 wired,
 * 23 point-to-point and so a VPN, 71 wireless, as in https://www.iana.org/assignments/ianaiftype-mib). A VPN
 * program with an adapter of its own kind may be listed as wired, or not at all.
 */
import type { Machine } from '../machine/machine.ts';
import { readBytes, readNumber, readText } from './registry-values.ts';

const PROFILES = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles';
const NAME_TYPE_VPN = 23;
const SYSTEMTIME_LENGTH = 16;

/** How long ago, in minutes, still counts as recent. */
export const RECENT_MINUTES = 60;

export interface RecentNetwork {
  name: string;
  vpn: boolean;
  /** Whole minutes since this PC was last connected to it. */
  minutes: number;
}

/** The networks connected to within the last hour, the newest first. A time in the future tells nothing. */
export async function recentNetworks(machine: Machine): Promise<RecentNetwork[]> {
  const ids = await machine.registry.keys('HKLM', PROFILES);
  const networks = await Promise.all(ids.map((id) => readNetwork(machine, `${PROFILES}\\${id}`)));
  return networks
    .filter((network) => network !== undefined)
    .sort((one, other) => one.minutes - other.minutes);
}

async function readNetwork(machine: Machine, key: string): Promise<RecentNetwork | undefined> {
  const bytes = await readBytes(machine, 'HKLM', key, 'DateLastConnected');
  if (bytes?.length !== SYSTEMTIME_LENGTH) return undefined;
  const minutes = Math.floor((Date.now() - localTime(bytes).getTime()) / 60_000);
  if (minutes < 0 || minutes >= RECENT_MINUTES) return undefined;
  const [name = '', type] = await Promise.all([
    readText(machine, 'HKLM', key, 'ProfileName'),
    readNumber(machine, 'HKLM', key, 'NameType'),
  ]);
  return { name, vpn: type === NAME_TYPE_VPN, minutes };
}

/** Eight 16-bit numbers: year, month, day of the week, day, hour, minute, second, millisecond. https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-systemtime */
function localTime(bytes: Buffer): Date {
  const part = (index: number) => bytes.readUInt16LE(index * 2);
  return new Date(part(0), part(1) - 1, part(3), part(4), part(5), part(6), part(7));
}
