/** The watcher as browsers run it: bundled as it ships, in an isolated world, on pages that come from real addresses. */
import { type Browser, type CDPSession, launch, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { Signal, Typing } from '../../../extension/signal.ts';
import { findBrowser } from '../../harness/browser/find-browser.ts';
import { waitFor } from '../../harness/wait-for.ts';

export type Message = Signal | Typing;

export const SIGN_IN = 'https://login.microsoftonline.com/common/login';

/** One self-contained script; fails if there were more. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: 'extension/watch/index.iife.ts', formats: ['iife'], name: 'watch' },
    },
  });
  const output = [built].flat().flatMap((part) => ('output' in part ? part.output : []));
  const chunks = output.flatMap((part) => (part.type === 'chunk' ? [part.code] : []));
  if (chunks.length !== 1) throw new Error(`The watcher is ${chunks.length} files`);
  return chunks.join('');
}

function startBrowser(): Promise<Browser> {
  return launch({
    executablePath: findBrowser('chromium'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--ignore-certificate-errors',
    ],
  });
}

/** Serves this HTML for the page's own address, another for frames in it if there is one, and nothing else. */
async function visit(browser: Browser, html: string, url = SIGN_IN, framed?: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const body = request.frame() === page.mainFrame() ? html : framed;
    if (request.isNavigationRequest() && body !== undefined) {
      void request.respond({ contentType: 'text/html; charset=utf-8', body });
    } else {
      void request.abort();
    }
  });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return page;
}

/** A world like a content script's: the page's document, but prototypes and globals of its own. */
export interface World {
  run<T>(expression: string): Promise<T>;
  /** Whether no timer is set in it. Without one the watcher has decided, or its patience has ended. */
  atRest(): Promise<boolean>;
}

/** Keeps the timers that are set and have not yet ended. */
const countTimers = `globalThis.timers = new Set();
{
  const [set, clear] = [setTimeout, clearTimeout];
  globalThis.setTimeout = (act, ms) => {
    const timer = set(() => { timers.delete(timer); act(); }, ms);
    timers.add(timer);
    return timer;
  };
  globalThis.clearTimeout = (timer) => { timers.delete(timer); clear(timer); };
}`;

/** One of the page's own, or of the frame in it. */
export async function isolatedWorld(page: Page, place: 'page' | 'frame' = 'page'): Promise<World> {
  const session: CDPSession = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  const tree = place === 'page' ? frameTree : frameTree.childFrames?.[0];
  if (!tree) throw new Error('The page has no frame');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: tree.frame.id,
    worldName: 'content-script',
  });
  const run: World['run'] = async (expression) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  await run(`${countTimers};0`);
  return { run, atRest: () => run('timers.size === 0') };
}

export async function untilRest({ atRest }: World): Promise<void> {
  await waitFor(atRest, 'the watcher to be at rest');
}

/** Stands in for the browser's side of messaging; nobody answers, as when the extension is being updated. */
const fakeRuntime = `globalThis.sent = [];
globalThis.browser = { runtime: { sendMessage: (message) => Promise.reject(sent.push(message)) } };`;

export interface Watched {
  readonly page: Page;
  readonly world: World;
  sent(): Promise<Message[]>;
}

async function watch(browser: Browser, watcher: string, html: string, url?: string): Promise<Watched> {
  const page = await visit(browser, html, url);
  const world = await isolatedWorld(page);
  return { page, world, sent: await startIn(world, watcher) };
}

/** Runs the watcher in this world; gives what it has sent. */
async function startIn(world: World, watcher: string): Promise<Watched['sent']> {
  await world.run(`${fakeRuntime}\n${watcher}\n;0`);
  return () => world.run('sent');
}

/** What has been sent, once there is this much. */
export async function sentSoon({ sent }: Watched, count = 1): Promise<Message[]> {
  return waitFor(async () => {
    const messages = await sent();
    return messages.length >= count && messages;
  }, `${count} messages`);
}

/** The watcher and a browser to run it in, for the tests of a file. */
export function builtWatcher() {
  let browser: Browser;
  let script: string;
  beforeAll(async () => {
    [script, browser] = await Promise.all([bundle(), startBrowser()]);
  });
  afterAll(() => browser?.close());
  return {
    script: () => script,
    visit: (html: string, url?: string, framed?: string) => visit(browser, html, url, framed),
    watch: (html: string, url?: string) => watch(browser, script, html, url),
    startIn: (world: World) => startIn(world, script),
  };
}
