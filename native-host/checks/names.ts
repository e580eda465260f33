/**
 * Whether this PC itself changes where Microsoft's names lead: its hosts file goes before every name server. Names
 * after Microsoft's list, https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges, and those of
 * the clouds of US Government and 21Vianet.
 */
import { isIP } from 'node:net';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';

const domains = [
  'microsoftonline.com',
  'microsoftonline-p.com',
  'login.microsoft.com',
  'login.windows.net',
  'login.live.com',
  'graph.microsoft.com',
  'msauth.net',
  'msftauth.net',
  'office.com',
  'onedrive.com',
  'onedrive.live.com',
  'g.live.com',
  'oneclient.sfx.ms',
  'sharepoint.com',
  'svc.ms',
  'officeclient.microsoft.com',
  'microsoftonline.us',
  'office365.us',
  'sharepoint.us',
  'onedrive.us',
  'partner.microsoftonline.cn',
  'sharepoint.cn',
  'msauth.cn',
  'msftauth.cn',
] as const;

/** Bytes; those that block advertisements have many lines. */
const LARGEST = 5_000_000;
/** Of a long list, so many are told one by one. */
const MOST = 10;

export const names: Check = {
  id: 'names',
  look: (context) => [looked('names', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'names'>[]> {
  const [hostsFile, servers] = await Promise.all([
    machine.files.readText(`${machine.folders.system}\\drivers\\etc\\hosts`, LARGEST),
    machine.nameServers(),
  ]);
  const sights: Sight<'names'>[] = overrides(hostsFile ?? '').map(([name, address]) => ({
    id: `names:${name}`,
    level: 'fault',
    meaning: 'overridden',
    subject: name,
    evidence: { address },
  }));
  if (servers.length === 0) sights.push({ id: 'names:server', level: 'fault', meaning: 'no-server' });
  if (sights.length > 0) return sights;
  return [{ level: 'ok', meaning: 'fine', evidence: { servers: servers.join(', ').slice(0, 200) } }];
}

/** Microsoft's names in a hosts file with their addresses; Windows takes the first line of a name. */
function overrides(file: string): [name: string, address: string][] {
  const found = new Map<string, string>();
  for (const line of file.split(/\r\n?|\n/)) {
    const [address = '', ...written] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of written.map((each) => each.toLowerCase().replace(/\.$/, ''))) {
      if (isMicrosofts(name) && !found.has(name)) found.set(name, address);
    }
  }
  return [...found].slice(0, MOST);
}

function isMicrosofts(name: string): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
