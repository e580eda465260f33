/** Debian packages that running and testing need: installed when that is allowed, else named. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

/** A program and the package that has it. */
const packages = {
  chromium: 'chromium',
  'firefox-esr': 'firefox-esr',
  wine: 'wine wine64',
  ip: 'iproute2',
  nft: 'nftables',
  unshare: 'util-linux',
  sysctl: 'procps',
  // Those without a service of the system's: nothing is started by installing them.
  dnsmasq: 'dnsmasq-base',
  tinyproxy: 'tinyproxy-bin',
  mitmdump: 'mitmproxy',
  xmllint: 'libxml2-utils',
  // What is packaged is made and signed with these.
  wixl: 'wixl',
  msibuild: 'msitools',
  osslsigncode: 'osslsigncode',
  openssl: 'openssl',
} as const;

export type Program = keyof typeof packages;

/** PATH with the folders of the system's own programs, which Debian leaves out for those who are not root. */
export const searchPath = () => [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);

/** The full path of a program; undefined when it is not there. */
export function findProgram(name: string): string | undefined {
  for (const folder of searchPath().split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/**
 * Makes sure that the programs are there: on Debian as root by apt-get, saying so. Elsewhere fails with what to
 * install. Programs that are there are not touched.
 */
export async function ensurePrograms(programs: readonly Program[]): Promise<void> {
  const missing = programs.filter((name) => !findProgram(name));
  if (missing.length === 0) return;
  const wanted = missing.flatMap((name) => packages[name].split(' '));
  const apt = findProgram('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Error(`Please install: ${wanted.join(' ')} (Debian: sudo apt-get install ${wanted.join(' ')})`);
  }
  console.log(`Installing Debian packages: ${wanted.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa(apt, ['update', '-qq'], { env, stdout: 'ignore', stderr: 'inherit' });
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...wanted];
  await execa(apt, install, { env, stdout: 'ignore', stderr: 'inherit' });
}
