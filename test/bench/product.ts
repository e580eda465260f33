/** What the built product costs: the host's start, the watcher on a healthy page, the sizes of what is loaded. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, extensionFolder } from '../harness/build.ts';
import { quantile, summary, told } from './figures.ts';
import { hostStart } from './host-start.ts';

const rounds = 25;

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

/** All of it, built anew. */
export async function productCost() {
  await build();
  const { ours, bare } = await hostStart(rounds);
  // It reads what was built.
  const { watcherCost } = await import('./watcher.ts');
  const watcher = (await watcherCost()).map(({ nodes, times, observers }) => ({
    nodes,
    ...summary(times),
    observers,
  }));
  return {
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
}

const line = (label: string, text: string) => `  ${label.padEnd(34)} ${text}`;

/** The same for a person to read. */
export function tellProduct({
  hostStart,
  watcher,
  sizes,
}: Awaited<ReturnType<typeof productCost>>): string[] {
  return [
    `Start of the host, ${rounds} rounds, milliseconds`,
    line('host, first answer to hello', told(hostStart.ours)),
    line('the same Node, an empty script', told(hostStart.bare)),
    `  ratio ${hostStart.ratio}, goal ${hostStart.goal}`,
    'Watcher on a healthy page, milliseconds of script: goal below 1, no observer left',
    ...watcher.map((each) =>
      line(`${each.nodes} elements`, `${told(each)}, observers left: ${each.observers}`),
    ),
    'Sizes, KiB gzipped',
    ...Object.entries(sizes).map(([name, { kib, ...goal }]) =>
      line(name, `${kib}${'goal' in goal ? `, goal ${goal.goal}` : ''}`),
    ),
  ];
}
