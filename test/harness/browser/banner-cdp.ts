/** Sees into the banner's closed shadow root by the Chrome DevTools Protocol. */
import type { CDPSession, Page, Protocol } from 'puppeteer-core';
import { BANNER_TAG, type BannerNode } from './banner.ts';

type DomNode = Protocol.DOM.Node;

function find(node: DomNode, name: string): DomNode | undefined {
  if (node.nodeName.toLowerCase() === name) return node;
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}

function convert(session: CDPSession, page: Page, node: DomNode): BannerNode {
  const { attributes = [], shadowRoots = [], children = [], backendNodeId } = node;
  const at = attributes.findIndex((name, index) => index % 2 === 0 && name === 'data-do');
  return {
    text: node.nodeName === '#text' ? node.nodeValue : '',
    does: at < 0 ? undefined : attributes[at + 1],
    children: [...shadowRoots, ...children].map((child) => convert(session, page, child)),
    middle: async () => {
      const asked = await page.createCDPSession();
      const box = await asked.send('DOM.getBoxModel', { backendNodeId }).catch(() => undefined);
      await asked.detach();
      if (!box) return undefined;
      const [left = 0, top = 0, right = 0, , , bottom = 0] = box.model.border;
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    },
  };
}

/** The banner's tree, or undefined where there is none. */
export async function readTreeWithCdp(page: Page): Promise<BannerNode | undefined> {
  const session = await page.createCDPSession();
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const host = find(root, BANNER_TAG);
    return host && convert(session, page, host);
  } finally {
    await session.detach();
  }
}
