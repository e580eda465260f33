/** A hostile page around our banner, in real browsers: what it can press, read and move, and what it cannot. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { BANNER_TAG, bannerWith, pressBanner, readBanner } from '../../harness/browser/banner.ts';
import { closePopup } from '../../harness/browser/close-popup.ts';
import { openOurWindow, popupOpened, windowAt } from '../../harness/browser/our-window.ts';
import type { Scene } from '../../harness/browser/scene.ts';
import { sharedScene } from '../../harness/browser/shared-scene.ts';

/** The banner says so, and nothing else on the page does. */
const OURS = 'can be repaired on this PC';

/** A failed sign-in with our banner in it. */
async function failed({ browser, openOffice }: Scene): Promise<Page> {
  const page = await openOffice();
  await bannerWith(browser, page, ({ text }) => text.includes(OURS), 'the banner');
  return page;
}

const popups = ({ browser, extensionUrl }: Scene['browser']) =>
  browser.targets().filter((each) => each.url().startsWith(extensionUrl('extension/popup/')));

/** A person's press right after is heard, and is the first that is: at the plan nothing has begun. */
async function seeFirstPress({ browser, pc }: Scene, page: Page): Promise<void> {
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  const window = await windowAt(browser, 'plan');
  // In Firefox, where tools do not list them, a second one would have come as a window with nothing to say.
  if (browser.family === 'chromium') expect(popups(browser)).toHaveLength(1);
  expect(pc.read().credentials.filter(({ stale }) => stale).length).toBeGreaterThan(0);
  expect(pc.read().log.filter(({ operation }) => /remove|close|start/i.test(operation))).toEqual([]);
  await window.close();
  await closePopup(browser);
  await page.close();
}

/** Our window for the tab that was opened last tells the failure, whatever became of the banner. */
async function seeInWindow({ browser }: Scene, page: Page): Promise<void> {
  const window = await openOurWindow(browser);
  const shown = await windowAt(browser, ['failure', 'plan']);
  expect(await shown.$eval('main', ({ textContent }) => textContent)).toContain('AADSTS50173');
  await window.close();
  await page.close();
}

/** All that a page can read of itself. */
function readAll(tag: string): string {
  const host = document.querySelector<HTMLElement>(tag);
  if (!host) throw new Error('no banner');
  const { left, top, width, height } = host.getBoundingClientRect();
  const selection = getSelection();
  const selected = (select: () => unknown) => {
    selection?.removeAllRanges();
    select();
    return String(selection);
  };
  const range = document.createRange();
  range.selectNode(host);
  const points = [0.1, 0.3, 0.5, 0.9].flatMap((part) => {
    const [x, y] = [left + width * part, top + height / 2];
    return [
      ...document.elementsFromPoint(x, y),
      document.caretPositionFromPoint(x, y)?.offsetNode ?? host,
      document.caretRangeFromPoint?.(x, y)?.startContainer ?? host,
    ];
  });
  const root = document.documentElement;
  return [
    ...[root.innerText, root.outerHTML, root.textContent, host.innerText, host.outerHTML],
    ...[host.shadowRoot?.textContent, host.title, host.ariaLabel, host.getAttribute('aria-description')],
    root.getHTML({ serializableShadowRoots: true }),
    new XMLSerializer().serializeToString(document),
    String(range),
    ...[range.cloneContents(), host.cloneNode(true)].map(({ textContent }) => textContent),
    selected(() => selection?.selectAllChildren(root)),
    selected(() => document.execCommand('selectAll')),
    selected(() => selection?.selectAllChildren(host)),
    ...points.map(({ nodeName, textContent }) => `${nodeName} ${textContent}`),
  ].join('\n');
}

describe.each(['chromium', 'firefox'] as const)('a sign-in page that was taken over, in %s,', (family) => {
  const scene = sharedScene(family);

  it('is not heard when it makes presses and keys up, wherever it aims them', async () => {
    const page = await failed(scene());
    await page.evaluate((tag) => {
      const host = document.querySelector<HTMLElement>(tag);
      if (!host) throw new Error('no banner');
      const { left, top, right, bottom } = host.getBoundingClientRect();
      const kinds = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'];
      for (let x = left + 4; x < right; x += 16) {
        for (let y = top + 4; y < bottom; y += 8) {
          const at = { bubbles: true, composed: true, clientX: x, clientY: y, pointerId: 1, detail: 1 };
          for (const target of [document, host.shadowRoot].flatMap(
            (tree) => tree?.elementsFromPoint(x, y) ?? [],
          ))
            for (const kind of kinds) target.dispatchEvent(new PointerEvent(kind, at));
        }
      }
      host.focus();
      host.click();
      for (const key of ['Tab', 'Enter', ' ', 'Escape'])
        for (const kind of ['keydown', 'keypress', 'keyup'])
          for (const target of [host, document.activeElement, document])
            target?.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true, composed: true }));
    }, BANNER_TAG);
    expect([...((await readBanner(scene().browser, page))?.buttons.keys() ?? [])]).toContain('dismiss');
    await seeFirstPress(scene(), page);
  });

  it('reads no word of the banner, in any way of reading a page', async () => {
    const page = await failed(scene());
    expect((await page.evaluate(readAll, BANNER_TAG)).includes(OURS)).toBe(false);
    // The browser's own search looks everywhere: it says whether a word is there, and no other can be read from it.
    const searched = await page.evaluate((words) => {
      const search: unknown = Reflect.get(globalThis, 'find');
      if (typeof search !== 'function') throw new Error('no search');
      const found = search.call(globalThis, words);
      const selection = getSelection();
      const read = [String(selection)];
      for (const way of ['forward', 'backward']) {
        selection?.modify('extend', way, 'documentboundary');
        read.push(String(selection));
      }
      return { found, read: read.join() };
    }, 'can be repaired');
    expect(searched.found).toBe(true);
    expect(searched.read).not.toMatch(/on this PC|Fix sign-in/);
    await page.close();
  });

  it('sees of a press on the banner that there was one, and not on what', async () => {
    const page = await failed(scene());
    await page.evaluate(() => {
      Object.assign(globalThis, { seen: [] });
      for (const kind of ['pointerdown', 'mousemove', 'mousedown', 'focusin', 'click'])
        addEventListener(
          kind,
          (event) => {
            const names = event
              .composedPath()
              .map((each) => (each instanceof Node ? each.nodeName : 'WINDOW'));
            Reflect.get(globalThis, 'seen').push(names.join(' '));
          },
          true,
        );
    });
    const { browser } = scene();
    await pressBanner(browser, page, 'why');
    await bannerWith(browser, page, ({ buttons }) => buttons.has('mute'), 'what is behind "Why?"');
    const seen = await page.evaluate((): string[] => Reflect.get(globalThis, 'seen'));
    // Of what goes through the page no part of ours; `click` and the keys that matter do not even come by.
    expect([...new Set(seen)]).toEqual([`${BANNER_TAG.toUpperCase()} HTML #document WINDOW`]);
    await page.close();
  });

  it('gains nothing by functions that it exchanged before we came', async () => {
    const { browser } = scene();
    const page = await browser.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      const caught: string[] = [];
      Object.assign(globalThis, { caught });
      const listen = EventTarget.prototype.addEventListener;
      for (const name of ['attachShadow', 'append', 'setAttribute', 'showPopover'] as const) {
        const own: unknown = Reflect.get(Element.prototype, name) ?? Reflect.get(HTMLElement.prototype, name);
        Reflect.set(HTMLElement.prototype, name, function (this: Element, ...given: unknown[]) {
          if (this.localName.startsWith('signin-rescue')) caught.push(name);
          return typeof own === 'function' ? own.apply(this, given) : undefined;
        });
      }
      Reflect.set(
        EventTarget.prototype,
        'addEventListener',
        function (this: Node, ...given: [string, EventListener]) {
          if (this.nodeName?.startsWith('SIGNIN-RESCUE')) caught.push('addEventListener');
          return listen.apply(this, given);
        },
      );
      Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true });
    });
    await page.goto('https://www.office.com/');
    await bannerWith(browser, page, ({ text }) => text.includes(OURS), 'the banner');
    const caught = await page.evaluate((tag): string[] => {
      document.querySelector<HTMLElement>(tag)?.click();
      return Reflect.get(globalThis, 'caught');
    }, BANNER_TAG);
    expect(caught).toEqual([]);
    await seeFirstPress(scene(), page);
  });

  it('that hides it by its own styles and attributes leaves it as it was', async () => {
    const page = await failed(scene());
    const look = () =>
      page.$eval(BANNER_TAG, (host) => {
        const { display, opacity, visibility, transform, pointerEvents, position } = getComputedStyle(host);
        const { x, y, width } = host.getBoundingClientRect();
        return { display, opacity, visibility, transform, pointerEvents, position, x, y, width };
      });
    const before = await look();
    await page.$eval(BANNER_TAG, (host) => {
      if (!(host instanceof HTMLElement)) throw new Error('no banner');
      host.setAttribute('class', 'hidden');
      const mine =
        'display:none;opacity:0;visibility:hidden;transform:scale(0);pointer-events:none;position:static';
      for (const rule of mine.split(';')) {
        const [name = '', value = ''] = rule.split(':');
        host.style.setProperty(name, value, 'important');
      }
      const sheet = document.createElement('style');
      sheet.textContent = `html body ~ ${host.localName}.hidden { ${mine.replaceAll(';', '!important;')}!important }`;
      document.head.append(sheet);
      Object.assign(host, { hidden: true });
    });
    expect(await look()).toEqual(before);
    await seeFirstPress(scene(), page);
  });

  it('that buries it under a dialog, in a frame or for good does not keep our window from telling the failure', async () => {
    for (const bury of [
      `document.body.insertAdjacentHTML('beforeend', '<dialog>All is well</dialog>'); document.querySelector('dialog').showModal()`,
      `document.body.append(document.createElement('iframe')); frames[0].document.adoptNode(HOST); frames[0].document.body.append(HOST)`,
      `const grave = document.createElement('p'); grave.hidden = true; document.body.append(grave); grave.append(HOST)`,
      'for (let times = 0; times < 9; times++) HOST.remove()',
      'document.documentElement.remove()',
    ]) {
      const page = await failed(scene());
      await page.evaluate(
        bury.replaceAll('HOST', `(document.querySelector('${BANNER_TAG}') ?? new Comment())`),
      );
      await seeInWindow(scene(), page);
    }
  });

  it('that draws its own words over it has a press open our window, where nothing is agreed to', async () => {
    const page = await failed(scene());
    await page.evaluate(() => {
      const lure = document.createElement('div');
      lure.textContent = 'Press here to win';
      lure.popover = 'manual';
      const style =
        'position:fixed;inset:0;inline-size:100%;block-size:200px;background:gold;pointer-events:none';
      lure.setAttribute('style', style);
      document.documentElement.append(lure);
      lure.showPopover();
    });
    await seeFirstPress(scene(), page);
  });
});
