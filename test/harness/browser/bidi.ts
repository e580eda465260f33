/** WebDriver BiDi below puppeteer, for what puppeteer has no public way to: Firefox's own pages, closed shadow trees. */
import type { Browser, Page } from 'puppeteer-core';
import * as v from 'valibot';

const Evaluated = v.object({
  type: v.literal('success'),
  result: v.object({ type: v.string(), value: v.optional(v.unknown()) }),
});
const Tree = v.object({ contexts: v.array(v.looseObject({ context: v.string(), url: v.string() })) });
export type Tab = v.InferOutput<typeof Tree>['contexts'][number];

interface Connection {
  send: (method: string, params: object) => Promise<{ result: unknown }>;
  emit: (event: string, params: object) => void;
}

const connectionOf = (browser: Browser) => (browser as unknown as { connection: Connection }).connection;

/** Sends one BiDi command; gives its result. */
export async function sendBidi(browser: Browser, method: string, params: object): Promise<unknown> {
  return (await connectionOf(browser).send(method, params)).result;
}

/** Firefox's tabs. */
export async function allTabs(browser: Browser): Promise<Tab[]> {
  return v.parse(Tree, await sendBidi(browser, 'browsingContext.getTree', {})).contexts;
}

/**
 * Has puppeteer know these tabs of Firefox, which sometimes tells nothing of one that goes to another process in the
 * moment it is opened, as a page of an extension does.
 */
export async function makeKnown(browser: Browser, tabs: readonly Tab[]): Promise<void> {
  const known = new Set((await browser.pages()).map(contextOf));
  for (const tab of tabs)
    if (!known.has(tab.context)) connectionOf(browser).emit('browsingContext.contextCreated', tab);
}

/** The page's browsing context. */
export function contextOf(page: Page): string {
  return (page.mainFrame() as unknown as { _id: string })._id;
}

/** Evaluates or calls a script in a context and gives BiDi's own serialisation of the result. */
export async function runBidi(
  browser: Browser,
  context: string,
  script: { expression: string } | { functionDeclaration: string; arguments: object[] },
  serializationOptions: object = {},
): Promise<{ type: string; value?: unknown }> {
  const method = 'expression' in script ? 'script.evaluate' : 'script.callFunction';
  const params = { ...script, target: { context }, awaitPromise: true, serializationOptions };
  return v.parse(Evaluated, await sendBidi(browser, method, params)).result;
}

/** The context of Firefox's own window, around the pages; needs --remote-allow-system-access. */
export async function chromeContext(browser: Browser): Promise<string> {
  const tree = await sendBidi(browser, 'browsingContext.getTree', { 'moz:scope': 'chrome' });
  const found = v.parse(Tree, tree).contexts.find(({ url }) => url.endsWith('/browser.xhtml'));
  if (!found) throw new Error('Firefox shows no window of its own');
  return found.context;
}
