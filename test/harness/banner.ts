/** The banner as a person meets it: found behind its closed shadow root, and pressed with the mouse. */
import type { CDPSession, Page } from 'puppeteer-core';
import type { BrowserFamily } from '../../installer/host-manifest.ts';
import { waitFor } from './wait-for.ts';

export interface BannerPart {
  text: string;
  /** Middle of the part, in the viewport. */
  x: number;
  y: number;
}

export interface Banner {
  /** All its words. */
  text: string;
  /** What can be pressed, by its `data-do`. */
  buttons: ReadonlyMap<string, BannerPart>;
}

interface DomNode {
  nodeId: number;
  nodeName: string;
  nodeValue: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

const TAG = 'signin-rescue-banner';

function* walk(node: DomNode): Generator<DomNode> {
  yield node;
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) yield* walk(child);
}

function textOf(node: DomNode): string {
  const parts = [...walk(node)]
    .filter(({ nodeName }) => nodeName === '#text')
    .map(({ nodeValue }) => nodeValue.trim());
  return parts.filter(Boolean).join(' ');
}

function attribute(node: DomNode, name: string): string | undefined {
  const at = node.attributes?.findIndex((each, index) => index % 2 === 0 && each === name) ?? -1;
  return at < 0 ? undefined : node.attributes?.[at + 1];
}

async function middle(session: CDPSession, nodeId: number): Promise<{ x: number; y: number } | undefined> {
  const box = await session.send('DOM.getBoxModel', { nodeId }).catch(() => undefined);
  if (!box) return undefined;
  const [left = 0, top = 0, right = 0, , , bottom = 0] = box.model.border;
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}

async function readChromium(page: Page): Promise<Banner | undefined> {
  const session = await page.createCDPSession();
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const host = [...walk(root)].find(({ nodeName }) => nodeName.toLowerCase() === TAG);
    if (!host) return undefined;
    const buttons = new Map<string, BannerPart>();
    for (const node of walk(host)) {
      const does = attribute(node, 'data-do');
      const at = does === undefined ? undefined : await middle(session, node.nodeId);
      if (does !== undefined && at) buttons.set(does, { text: textOf(node), ...at });
    }
    return { text: textOf(host), buttons };
  } finally {
    await session.detach();
  }
}

/** The banner on a page, or undefined. Only Chromium's tools see into a closed shadow root. */
export async function readBanner(page: Page): Promise<Banner | undefined> {
  return readChromium(page);
}

/** Waits for a banner that says what is wanted. */
export function bannerWith(page: Page, wanted: (banner: Banner) => boolean, what: string): Promise<Banner> {
  return waitFor(async () => {
    const banner = await readBanner(page).catch(() => undefined);
    return banner && wanted(banner) ? banner : undefined;
  }, what);
}

/** Presses one of the banner's buttons as a mouse does: a trusted event. */
export async function pressBanner(page: Page, family: BrowserFamily, does: string): Promise<void> {
  if (family === 'chromium') {
    const banner = await bannerWith(
      page,
      ({ buttons }) => buttons.has(does),
      `the banner's button "${does}"`,
    );
    const part = banner.buttons.get(does);
    if (!part) throw new Error(`no button ${does}`);
    await page.mouse.click(part.x, part.y);
    return;
  }
  await pressByKeyboard(page);
}

/** In Firefox nothing sees in, but the keyboard gets in: the banner's first button follows the page's last field. */
async function pressByKeyboard(page: Page): Promise<void> {
  await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  throw new Error('not yet');
}
