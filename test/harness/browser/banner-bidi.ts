/** Sees into the banner's closed shadow root by WebDriver BiDi, which may serialise one (includeShadowTree: all). */
import type { Page } from 'puppeteer-core';
import * as v from 'valibot';
import { BANNER_TAG, type BannerNode } from './banner.ts';
import { contextOf, runBidi } from './bidi.ts';

interface RemoteNode {
  sharedId?: string | undefined;
  value?:
    | {
        nodeValue?: string | null | undefined;
        attributes?: Record<string, string> | undefined;
        children?: RemoteNode[] | undefined;
        shadowRoot?: RemoteNode | null | undefined;
      }
    | undefined;
}

const RemoteNodeSchema: v.GenericSchema<RemoteNode> = v.object({
  sharedId: v.optional(v.string()),
  value: v.optional(
    v.object({
      nodeValue: v.optional(v.nullable(v.string())),
      attributes: v.optional(v.record(v.string(), v.string())),
      children: v.optional(v.array(v.lazy(() => RemoteNodeSchema))),
      shadowRoot: v.optional(v.nullable(v.lazy(() => RemoteNodeSchema))),
    }),
  ),
});

const Point = v.object({ x: v.number(), y: v.number() });

function convert(
  node: RemoteNode,
  middleOf: (sharedId: string) => ReturnType<BannerNode['middle']>,
): BannerNode {
  const { nodeValue, attributes, children = [], shadowRoot } = node.value ?? {};
  const { sharedId } = node;
  return {
    text: nodeValue ?? '',
    does: attributes?.['data-do'],
    children: [...(shadowRoot ? [shadowRoot] : []), ...children].map((child) => convert(child, middleOf)),
    middle: async () => (sharedId === undefined ? undefined : middleOf(sharedId)),
  };
}

/** The banner's tree, or undefined where there is none. */
export async function readTreeWithBidi(page: Page): Promise<BannerNode | undefined> {
  const run = (script: Parameters<typeof runBidi>[2], options?: object) =>
    runBidi(page.browser(), contextOf(page), script, options);
  const expression = `document.querySelector('${BANNER_TAG}')`;
  const found = await run({ expression }, { maxDomDepth: null, includeShadowTree: 'all' });
  if (found.type !== 'node') return undefined;
  const functionDeclaration = `(element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return JSON.stringify({ x: (left + right) / 2, y: (top + bottom) / 2 });
  }`;
  return convert(v.parse(RemoteNodeSchema, found), async (sharedId) => {
    const answer = await run({ functionDeclaration, arguments: [{ sharedId }] });
    return v.parse(Point, JSON.parse(String(answer.value)));
  });
}
