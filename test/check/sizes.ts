/**
 * Checks that what was built is not larger than it may be: builds into a folder of its own, and fails where a part is
 * over its budget. `--built FOLDER` looks at what is there instead.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { root } from '../harness/build.ts';
import { budgets, overBudget, tellSizes } from './budgets.ts';
import { builtSizes, type Sizes } from './built-sizes.ts';

/** As `npm run build` does, into another folder. Fails with the build's own output. */
async function buildInto(folder: string): Promise<void> {
  const build = (name: string, ...how: string[]) =>
    execa('vite', ['build', ...how, '--outDir', join(folder, name), '--emptyOutDir'], {
      cwd: root,
      preferLocal: true,
      all: true,
    });
  await Promise.all([build('chromium', '--mode', 'chromium'), build('host', '-c', 'vite.host.config.ts')]);
}

async function sizesNow(): Promise<Sizes> {
  // Here the host finds its packages.
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'sizes-'));
  try {
    await buildInto(folder);
    return await builtSizes(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { built: { type: 'string' } } });
const sizes = await (values.built === undefined ? sizesNow() : builtSizes(values.built));
const over = overBudget(sizes);
if (over.length > 0) {
  console.error(tellSizes(sizes));
  console.error(`
Over budget: ${over.join('; ')}. Load what is not needed at once when it is asked for (import()), or leave it out;
\`npx vite build --mode chromium\` and \`npx vite build -c vite.host.config.ts\` list what each file holds. Only where the
product has more to do, raise the number in test/check/budgets.ts, and say why in the commit.`);
}
console.log(`Sizes: ${Object.keys(budgets).length} parts, ${over.length} over budget`);
process.exitCode = over.length === 0 ? 0 : 1;
