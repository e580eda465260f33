/** The watcher as browsers run it: bundled as it ships, in an isolated world, on pages that come from real addresses. */
import { type Browser, type CDPSession, launch, type Page } from 'puppeteer-core';
import { build } from 'vite';
import type { Signal, Typing } from '../../../extension/signal.ts';
import { findBrowser } from '../../harness/find-browser.ts';

export type Message = Signal | Typing;

export const SIGN_IN = 'https://login.microsoftonline.com/common/login';

/** One self-contained script; fails if there were more. */
export async function bundle(): Promise<string> {
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

export function startBrowser(): Promise<Browser> {
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

/** Serves this HTML for the page's own address and nothing else. */
export async function visit(browser: Browser, html: string, url = SIGN_IN): Promise<Page> {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      void request.respond({ contentType: 'text/html; charset=utf-8', body: html });
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
}

export async function isolatedWorld(page: Page, frameId?: string): Promise<World> {
  const session: CDPSession = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameId ?? frameTree.frame.id,
    worldName: 'content-script',
  });
  return {
    async run(expression) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}

/** Stands in for the browser's side of messaging; nobody answers, as when the extension is being updated. */
const fakeRuntime = `globalThis.sent = [];
globalThis.browser = { runtime: { sendMessage: (message) => Promise.reject(sent.push(message)) } };`;

export interface Watched {
  readonly page: Page;
  readonly world: World;
  sent(): Promise<Message[]>;
}

export async function watch(browser: Browser, watcher: string, html: string, url?: string): Promise<Watched> {
  const page = await visit(browser, html, url);
  const world = await isolatedWorld(page);
  await world.run(`${fakeRuntime}\n${watcher}\n;0`);
  return { page, world, sent: () => world.run('sent') };
}

/** What has been sent once there is this much, or after a while. */
export async function sentSoon({ sent }: Watched, count = 1, patience = 5000): Promise<Message[]> {
  const end = Date.now() + patience;
  let messages = await sent();
  while (messages.length < count && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    messages = await sent();
  }
  return messages;
}
