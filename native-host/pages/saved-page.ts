/** A saved page as a view to judge: parsed as browsers parse, with scripts on but not run. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Place } from '../../common/pages/address.ts';
import * as containers from '../../common/pages/containers.ts';
import type { Found, PageView } from '../../common/pages/facts.ts';
import {
  attributeOf,
  type Element,
  matches,
  type ParentNode,
  parentElement,
  parseSelectors,
} from './selector.ts';
import { isTakenOut, ownVisibility, type Rule, readRules } from './styles.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const MAX_FOUND = 20;
/** Pieces of text that are looked at; the watcher has the same bound. */
const MAX_NODES = 5000;
const MAX_CHARS = 20_000;
const MAX_SOURCE = 200_000;
const MAX_STYLES = 50;
const runs = /^(?:|text\/javascript|application\/javascript|module)$/i;

const isElement = (node: Node): node is Element => 'tagName' in node;
const isText = (node: Node): node is DefaultTreeAdapterTypes.TextNode => node.nodeName === '#text';
const isComment = (node: Node): node is DefaultTreeAdapterTypes.CommentNode => node.nodeName === '#comment';

/** All nodes below, in document order; a template's content is a document of its own. Pages nest without end. */
function* below(root: ParentNode): Generator<Node> {
  const waiting: Node[] = root.childNodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    if ('childNodes' in node)
      for (let at = node.childNodes.length - 1; at >= 0; at--) push(waiting, node, at);
  }
}

function push(waiting: Node[], { childNodes }: ParentNode, at: number): void {
  const child = childNodes[at];
  if (child !== undefined) waiting.push(child);
}

const fits = (element: Element, selector: string) =>
  parseSelectors(selector).some((each) => matches(element, each));

const textBelow = (root: ParentNode) =>
  [...below(root)].map((node) => (isText(node) ? node.value : '')).join('');

interface Seen {
  /** Microsoft's words, not those of an organization or a person, and not a script. */
  readonly ours: boolean;
  /** In a place that takes room. */
  readonly room: boolean;
  readonly visible: boolean;
}

/** Tells of each element whether it can be seen; each is worked out once, from its parent. */
function sight(rules: readonly Rule[]): (element: Element) => Seen {
  const known = new Map<Element, Seen>();
  const work = (element: Element, around: Seen): Seen => {
    // The body's own hiding does not count: the real pages hide it until they know that nobody has framed them.
    const frame = element.tagName === 'body' || element.tagName === 'html';
    const hidden = !frame && (fits(element, containers.hiding) || isTakenOut(element, rules));
    const visibility = ownVisibility(element, rules);
    return {
      ours: around.ours && !fits(element, `${containers.unseen},${containers.ownWords}`),
      room: around.room && !hidden,
      visible: visibility === null ? around.visible : visibility === 'visible',
    };
  };
  return (element) => {
    const path: Element[] = [];
    let at: Element | null = element;
    while (at !== null && !known.has(at)) {
      path.push(at);
      at = parentElement(at);
    }
    let seen = (at && known.get(at)) ?? { ours: true, room: true, visible: true };
    for (const each of path.reverse()) {
      seen = work(each, seen);
      known.set(each, seen);
    }
    return seen;
  };
}

/** The page in this HTML, as if it had come from that place. */
export function savedPage(html: string, place: Place, search: string): PageView {
  const document = parse(html, { scriptingEnabled: true });
  const elements = [...below(document)].filter(isElement);
  const styles = elements.filter(({ tagName }) => tagName === 'style').slice(0, MAX_STYLES);
  const see = sight(styles.flatMap((style) => readRules(textBelow(style))));
  const words = (root: ParentNode, hidden: boolean) => {
    let text = '';
    let nodes = 0;
    for (const node of below(root)) {
      if (!isText(node)) continue;
      nodes += 1;
      if (text.length >= MAX_CHARS || nodes > MAX_NODES) break;
      if (node.value.trim() === '') continue;
      const parent = node.parentNode;
      if (parent === null || !('tagName' in parent)) continue;
      const { ours, room, visible } = see(parent);
      if (ours && (hidden || (room && visible))) text += `${node.value.slice(0, MAX_CHARS).trim()}\n`;
    }
    return text;
  };
  const scripts = elements.filter(
    (each) =>
      each.tagName === 'script' &&
      attributeOf(each, 'src') === null &&
      runs.test(attributeOf(each, 'type') ?? ''),
  );
  const found = (element: Element): Found => ({
    matches: (selector) => fits(element, selector),
    shownText: () => words(element, false),
  });
  const meta = elements.find(
    (each) => each.tagName === 'meta' && attributeOf(each, 'name')?.toLowerCase() === 'pageid',
  );
  return {
    ...place,
    pageId: () => (meta && attributeOf(meta, 'content')) || null,
    scripts: () => scripts.map(textBelow),
    find(selector) {
      const hits: Found[] = [];
      for (const element of elements) {
        if (hits.length >= MAX_FOUND) break;
        if (fits(element, selector)) hits.push(found(element));
      }
      return hits;
    },
    text: (hidden) => words(elements.find(({ tagName }) => tagName === 'body') ?? document, hidden),
    source: () => {
      const comments = [...below(document)].filter(isComment).map(({ data }) => data);
      const carriers = elements.filter((each) => fits(each, containers.carriers)).slice(0, MAX_FOUND);
      const carried = carriers.flatMap((each) => containers.carrying.map((name) => attributeOf(each, name)));
      return [search, ...comments, ...carried, ...scripts.map(textBelow)].join('\n').slice(0, MAX_SOURCE);
    },
  };
}
