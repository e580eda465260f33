/** Once before all tests: the programs they need and a fresh build of what they drive. */
import { build } from './build.ts';
import { ensurePrograms } from './system-packages.ts';

export default async function setup(): Promise<void> {
  if (process.platform === 'linux') await ensurePrograms(['chromium', 'firefox-esr', 'wine']);
  await build();
}
