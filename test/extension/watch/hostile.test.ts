/** Pages that want the watcher to fail, to be slow or to be wrong. What it costs is counted in work, not in time. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../harness/wait-for.ts';
import { builtWatcher, isolatedWorld, type Message, untilRest, type World } from './built-watcher.ts';

const { script, visit, watch } = builtWatcher();

const pageOf = (body: string, pageId: string | null = 'ConvergedError', head = '') =>
  `<!DOCTYPE html><html><head>${pageId ? `<meta name="PageID" content="${pageId}">` : ''}${head}</head><body>${body}</body></html>`;

interface Work {
  queries: number;
  styles: number;
  observers: number;
  callbacks: number;
  sent: Message[];
}

/** The watcher in a world that counts what it asks of the browser. */
async function counted(html: string): Promise<{ page: Page; world: World; work: () => Promise<Work> }> {
  const page = await visit(html);
  const world = await isolatedWorld(page);
  await world.run(`globalThis.work = { queries: 0, styles: 0, observers: 0, callbacks: 0, sent: [] };
    globalThis.browser = { runtime: { sendMessage: async (message) => { work.sent.push(message) } } };
    const query = Document.prototype.querySelectorAll;
    Document.prototype.querySelectorAll = function (selector) { work.queries++; return query.call(this, selector) };
    const style = getComputedStyle;
    globalThis.getComputedStyle = (element) => { work.styles++; return style(element) };
    const Observer = MutationObserver;
    globalThis.MutationObserver = class extends Observer {
      constructor(heard) { super((records) => { work.callbacks++; heard(records) }) }
      observe(...rest) { work.observers++; super.observe(...rest) }
    };
    ${script()};0`);
  return { page, world, work: () => world.run('work') };
}

describe('a page that changes without end', () => {
  it('is looked at a bounded number of times', async () => {
    const { page, world, work } = await counted(pageOf('<p id="busy"></p>'));
    const changing = page.evaluate(async () => {
      const busy = document.getElementById('busy');
      let changes = 0;
      while (document.documentElement.dataset.enough === undefined) {
        // Each batch is seen by observers before the next begins.
        for (let i = 0; i < 500; i++) busy?.replaceChildren(String(i));
        changes += 500;
        await Promise.resolve();
        // And timers have their turn.
        if (changes % 5_000 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      return changes;
    });
    await untilRest(world);
    await page.evaluate(() => {
      document.documentElement.dataset.enough = 'yes';
    });
    const changes = await changing;
    const { callbacks, queries, styles, sent } = await work();
    expect(callbacks).toBeGreaterThan(1);
    expect(changes).toBeGreaterThan(100 * callbacks);
    // At most a look for each 30 ms of 2 s, and one after each rest; each asks a few things.
    expect(callbacks).toBeLessThanOrEqual(70);
    expect(queries).toBeLessThanOrEqual(1500);
    expect(styles).toBeLessThanOrEqual(1500);
    expect(sent).toMatchObject([{ kind: 'error', code: null }]);
    await page.close();
  });

  it('is told of no more than twenty times, however often it goes to and fro', async () => {
    const view = '<div id="idDiv_SAASDS_Description" hidden>No</div>';
    const { page, world, work } = await counted(pageOf(view, 'ConvergedTFA'));
    const turn = () => page.$eval('#idDiv_SAASDS_Description', (each) => each.toggleAttribute('hidden'));
    for (let turns = 1; turns <= 60 && !(await world.atRest()); turns++) {
      await turn();
      // After the rest behind a look it observes again, unless it has had enough.
      const seen = async () => (await work()).observers > turns || world.atRest();
      await waitFor(seen, `a look after turn ${turns}`);
    }
    const { sent, callbacks } = await work();
    expect(sent).toMatchObject(Array.from({ length: 10 }, () => [{ kind: 'mfa' }, { kind: 'error' }]).flat());
    await turn();
    expect(await work()).toMatchObject({ callbacks, sent: { length: 20 } });
    await page.close();
  });

  it('is let alone once it is decided', async () => {
    const { page, work } = await counted(pageOf('<input>', 'ConvergedSignIn'));
    await page.evaluate(() => document.body.replaceChildren('x'));
    expect(await work()).toMatchObject({ observers: 0, callbacks: 0, sent: [{ kind: 'sign-in' }] });
    await page.close();
  });
});

describe('a page with very much in it', () => {
  it('is read up to a bound', async () => {
    const many = '<p><b>x</b></p>'.repeat(100_000);
    const { page, work } = await counted(pageOf(many));
    const { styles } = await work();
    // Words are looked for twice, 5,000 pieces each, with a few elements around each of them.
    expect(styles).toBeLessThanOrEqual(50_000);
    await page.close();
  });

  it.each([
    ['a $Config of 3 MB', `$Config={"pgid":"ConvergedSignIn","a":"${'x'.repeat(3e6)}"};`],
    ['a $Config that nests without end', `$Config=${'{"a":'.repeat(100_000)}`],
    ['a $Config of braces', `$Config=${'{'.repeat(1_000_000)}`],
    ['many beginnings', '$Config={"a":'.repeat(50_000)],
    ['an endless string', `$Config={"a":"${'\\\\"'.repeat(300_000)}`],
    ['what is not JSON', '$Config={pgid:ConvergedError(),iErrorCode:/}/,"a":];'],
    ['keys of a prototype', '$Config={"__proto__":{"pgid":"ConvergedError"},"constructor":1,"toString":{}};'],
  ])('%s: the error is found all the same', async (_, script) => {
    const body = '<div id="exceptionMessageContainer">AADSTS50105: x</div>';
    const html = pageOf(body, 'ConvergedError', `<script type="text/javascript">${script}</script>`);
    const watched = await watch(html);
    expect(await watched.sent()).toMatchObject([{ code: 'AADSTS50105' }]);
    await watched.page.close();
  });
});

describe('a page that puts its own things in the way', () => {
  const names =
    'querySelector querySelectorAll getElementById body head documentElement scripts createTreeWalker defaultView location prerendering addEventListener';
  const fields =
    'parentElement parentNode textContent getAttribute matches closest classList style childNodes hidden id attributes';

  it('with forms and fields named like the document\u2019s own', async () => {
    const clobbering = names
      .split(' ')
      .map((name) => `<form name="${name}"></form><img name="${name}">`)
      .join('');
    const inputs = fields
      .split(' ')
      .map((name) => `<input name="${name}">`)
      .join('');
    const body = `${clobbering}<form class="alert-error">${inputs}<div id="exceptionMessageContainer">AADSTS50105: x</div></form>`;
    const watched = await watch(pageOf(body));
    // The form in the browser's hands is what the test is about.
    expect(await watched.page.evaluate(() => typeof document.querySelectorAll)).toBe('object');
    expect(await watched.sent()).toMatchObject([{ kind: 'error', code: 'AADSTS50105' }]);
    await watched.page.close();
  });

  it('with a container that is itself such a form', async () => {
    const inputs = fields
      .split(' ')
      .map((name) => `<input name="${name}">`)
      .join('');
    const watched = await watch(pageOf(`<form id="exceptionMessageContainer">${inputs}AADSTS50105</form>`));
    expect(await watched.sent()).toMatchObject([{ code: 'AADSTS50105' }]);
    await watched.page.close();
  });

  it('with getters that throw and methods that were replaced', async () => {
    const script = `for (const [owner, name] of [[Document.prototype, 'querySelectorAll'], [Node.prototype, 'textContent'], [Element.prototype, 'closest'], [window, 'getComputedStyle'], [Document.prototype, 'body']])
      Object.defineProperty(owner, name, { get() { throw new Error('no') } });
      MutationObserver = class { constructor() { throw new Error('no') } };`;
    const html = pageOf(
      '<div id="exceptionMessageContainer">AADSTS50105: x</div>',
      'ConvergedError',
      `<script>${script}</script>`,
    );
    const watched = await watch(html);
    expect(await watched.sent()).toMatchObject([{ code: 'AADSTS50105' }]);
    await watched.page.close();
  });
});

it('breaks nothing where nothing can be read', async () => {
  const page = await visit(pageOf('x'));
  const world = await isolatedWorld(page);
  await world.run(`globalThis.sent = [];
    globalThis.browser = { runtime: { sendMessage() { throw new Error('gone') } } };
    Document.prototype.querySelectorAll = () => { throw new Error('no') };
    ${script()};0`);
  await page.evaluate(() => document.body.append('y'));
  expect(await world.run('sent')).toEqual([]);
  await page.close();
});
