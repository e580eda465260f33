/** Once before all tests: the programs they need and a fresh build of what they drive. */
import { matrixPrograms } from '../network/run-world.ts';
import { build } from './build.ts';
import { ensurePrograms } from './system-packages.ts';

export default async function setup(): Promise<void> {
  const programs = ['chromium', 'firefox-esr', 'wine', ...matrixPrograms] as const;
  if (process.platform === 'linux') await ensurePrograms(programs);
  await build();
}
