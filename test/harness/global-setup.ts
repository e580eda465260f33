/** Once before all tests: the programs they need and a fresh build of what they drive. */
import { matrixPrograms } from '../network/run-world.ts';
import { build } from './build.ts';
import { ensurePrograms } from './system-packages.ts';

export default async function setup(): Promise<void> {
  const packaging = ['wixl', 'msibuild', 'osslsigncode', 'openssl', 'xmllint'] as const;
  const programs = ['chromium', 'firefox-esr', 'wine', ...matrixPrograms, ...packaging] as const;
  if (process.platform === 'linux') await ensurePrograms(programs);
  await build();
}
