/** `npm run bench`: the budgets of the design, as ratios measured in one run. `--json` prints one document. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, extensionFolder } from '../harness/build.ts';
import { hostStart } from './host-start.ts';
import { watcherCost } from './watcher.ts';

const rounds = 25;

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const summary = (values: readonly number[]) => ({
  median: Number(quantile(values, 0.5).toFixed(2)),
  low: Number(quantile(values, 0.1).toFixed(2)),
  high: Number(quantile(values, 0.9).toFixed(2)),
});

/** KiB of a built file, gzipped. */
function size(...files: string[]): number {
  const bytes = files.map((file) => gzipSync(readFileSync(join(extensionFolder('chromium'), file))).length);
  return Number((bytes.reduce((sum, each) => sum + each, 0) / 1024).toFixed(1));
}

/** The popup's script with all that it loads. */
function popupFiles(): string[] {
  const html = readFileSync(join(extensionFolder('chromium'), 'extension/popup/index.html'), 'utf8');
  const entry = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, file]) => file ?? '');
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = readFileSync(join(extensionFolder('chromium'), file), 'utf8');
    for (const [, name] of code.matchAll(/from"\.\/([^"]+)"/g)) visit(`assets/${name}`);
  };
  entry.forEach(visit);
  return [...seen];
}

await build();
const { ours, bare } = await hostStart(rounds);
const watcher = (await watcherCost()).map(({ nodes, times, observers }) => ({
  nodes,
  ...summary(times),
  observers,
}));
const result = {
  node: process.version,
  rounds,
  hostStart: {
    ours: summary(ours),
    bare: summary(bare),
    ratio: Number((quantile(ours, 0.5) / quantile(bare, 0.5)).toFixed(2)),
    goal: 1.1,
  },
  watcher,
  sizes: {
    watcher: { kib: size('extension/watch/index.iife.js'), goal: 6 },
    popup: { kib: size(...popupFiles()), goal: 30 },
    banner: { kib: size('extension/banner/index.iife.js') },
  },
};
if (process.argv.includes('--json')) console.log(JSON.stringify(result, null, 2));
else {
  console.log(`Node ${result.node}, ${rounds} rounds each, milliseconds: median (10 % … 90 %)`);
  for (const name of ['ours', 'bare'] as const) {
    const { median, low, high } = result.hostStart[name];
    const label = name === 'ours' ? 'host, first answer to hello' : 'the same Node, an empty script';
    console.log(`  ${label.padEnd(34)} ${median} (${low} … ${high})`);
  }
  console.log(`  ratio ${result.hostStart.ratio}, goal ${result.hostStart.goal}`);
  console.log('Watcher on a healthy page, milliseconds of script: goal below 1, no observer left');
  for (const { nodes, median, low, high, observers } of result.watcher) {
    console.log(
      `  ${`${nodes} elements`.padEnd(34)} ${median} (${low} … ${high}), observers left: ${observers}`,
    );
  }
  console.log('Sizes, KiB gzipped');
  for (const [name, { kib, ...goal }] of Object.entries(result.sizes)) {
    console.log(`  ${name.padEnd(34)} ${kib}${'goal' in goal ? `, goal ${goal.goal}` : ''}`);
  }
}
