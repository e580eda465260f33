/** What the watcher costs on a healthy sign-in page, and how that grows with the page: in a real Chromium. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { extensionFolder } from '../harness/build.ts';
import { findBrowser } from '../harness/find-browser.ts';
import { type StandIn, startStandIn } from '../stand-in/index.ts';

export interface WatcherCost {
  nodes: number;
  /** Milliseconds of script, compiling included. */
  times: number[];
  /** Observers that go on after the page was judged. */
  observers: number;
}

const rounds = 30;
const code = readFileSync(join(extensionFolder('chromium'), 'extension/watch/index.iife.js'), 'utf8');

/** Runs the built script as the browser would, on a healthy page with that many further elements. */
async function cost(page: Page, standIn: StandIn, nodes: number): Promise<WatcherCost> {
  const times: number[] = [];
  let observers = 0;
  for (let round = 0; round < rounds; round++) {
    standIn.next('sign-in');
    await page.goto('https://www.office.com/');
    const run = await page.evaluate(measure, code, nodes);
    times.push(run.took);
    observers = Math.max(observers, run.observers);
  }
  return { nodes, times, observers };
}

/** In the page: counts the observers that the script leaves, and times it. */
function measure(script: string, nodes: number): { took: number; observers: number } {
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

/** The cost on an ordinary page, on one ten times and one a hundred times as large. */
export async function watcherCost(): Promise<WatcherCost[]> {
  const standIn = await startStandIn({ verdict: async () => ({ works: true, code: '' }) });
  const rules = ['login.microsoftonline.com', 'www.office.com'].map(
    (host) => `MAP ${host}:443 127.0.0.1:${standIn.port}`,
  );
  const browser = await puppeteer.launch({
    executablePath: findBrowser('chromium'),
    acceptInsecureCerts: true,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      `--host-resolver-rules=${rules.join(', ')}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    ],
  });
  try {
    const page = await browser.newPage();
    // The script is run by hand here, which the page itself would forbid.
    await page.setBypassCSP(true);
    const costs: WatcherCost[] = [];
    for (const nodes of [1_000, 10_000, 100_000]) costs.push(await cost(page, standIn, nodes));
    return costs;
  } finally {
    await browser.close();
    await standIn.close();
  }
}
