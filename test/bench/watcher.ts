/** What the watcher costs on a healthy sign-in page, and how that grows with the page: in a real Chromium. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { extensionFolder } from '../harness/build.ts';
import { startStandIn } from '../stand-in/index.ts';
import { startChromium } from './plain-chromium.ts';
import { type Effort, type Part, row } from './row.ts';

const SIZES = [1_000, 10_000, 100_000] as const;

interface Cost {
  /** Milliseconds of script, compiling included. */
  took: number;
  /** Observers that go on after the page was judged. */
  observers: number;
}

/** In the page: counts the observers that the script leaves, and times it. */
function measure(script: string, nodes: number): Cost {
  const filler = document.createElement('div');
  filler.innerHTML = '<p><span>text</span></p>'.repeat(nodes / 2);
  document.body.append(filler);
  const open = new Set<MutationObserver>();
  const { observe, disconnect } = MutationObserver.prototype;
  MutationObserver.prototype.observe = function (...args) {
    open.add(this);
    return observe.apply(this, args);
  };
  MutationObserver.prototype.disconnect = function () {
    open.delete(this);
    return disconnect.call(this);
  };
  const messages: unknown[] = [];
  Object.assign(globalThis, {
    chrome: { runtime: { sendMessage: async (each: unknown) => messages.push(each) } },
  });
  const begin = performance.now();
  new Function(script)();
  const took = performance.now() - begin;
  Object.assign(MutationObserver.prototype, { observe, disconnect });
  if (messages.length !== 1) throw new Error(`${messages.length} signals`);
  return { took, observers: open.size };
}

/** Pages of every size in each round. */
async function costs(
  page: Page,
  next: () => void,
  rounds: number,
): Promise<{ nodes: number; costs: Cost[] }[]> {
  const code = await readFile(join(extensionFolder('chromium'), 'extension/watch/index.iife.js'), 'utf8');
  const found = SIZES.map((nodes) => ({ nodes, costs: [] as Cost[] }));
  for (let round = 0; round < rounds; round++) {
    for (const each of found) {
      next();
      await page.goto('https://www.office.com/');
      each.costs.push(await page.evaluate(measure, code, each.nodes));
    }
  }
  return found;
}

/** The built script, run as the browser would on a page with that many further elements. */
export async function watcherCost({ rounds = 30 }: Effort): Promise<Part> {
  const standIn = await startStandIn({ verdict: async () => ({ works: true, code: '' }) });
  const hosts = ['login.microsoftonline.com', 'www.office.com'];
  const browser = await startChromium(hosts.map((host) => `MAP ${host}:443 127.0.0.1:${standIn.port}`));
  try {
    const page = await browser.newPage();
    // The script is run by hand here, which the page itself would forbid.
    await page.setBypassCSP(true);
    const found = await costs(page, () => standIn.next('sign-in'), rounds);
    const times = found.map((each) => each.costs.map(({ took }) => took));
    const [small = []] = times;
    const name = (nodes: number) => `a page of ${nodes.toLocaleString('en')} elements`;
    return {
      title: 'Watcher on a healthy sign-in page: its whole script',
      rows: [
        ...found.map(({ nodes }, at) =>
          row({
            name: name(nodes),
            ours: times[at] ?? [],
            ...(at > 0 && { against: { name: name(SIZES[0]), figures: small } }),
            goal: { of: 'figure', atMost: 1 },
          }),
        ),
        row({
          name: 'observers left behind, at most',
          unit: '',
          ours: [Math.max(...found.flatMap((each) => each.costs.map(({ observers }) => observers)))],
          goal: { of: 'figure', atMost: 0 },
        }),
      ],
      notes: [],
    };
  } finally {
    await browser.close();
    await standIn.close();
  }
}
