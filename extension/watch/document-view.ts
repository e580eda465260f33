/**
 * The document as a view to judge, touching nothing. Pages may name a form or a field `querySelectorAll` or
 * `parentElement`, and the document or that form then answers with the element (DOM clobbering); so everything
 * is asked of the prototypes, which in a content script are the browser's own.
 */
import type { Place } from '../../common/pages/address.ts';
import * as containers from '../../common/pages/containers.ts';
import type { Found, PageView } from '../../common/pages/facts.ts';

/** A page of Microsoft's is far below these; the rest of a longer one is not looked at. */
const MAX_FOUND = 20;
const MAX_NODES = 5000;
const MAX_CHARS = 20_000;
const MAX_SOURCE = 200_000;
const MAX_DEPTH = 600;
/** Of all the script types that browsers run, those that have been seen. */
const runs = /^(?:|text\/javascript|application\/javascript|module)$/i;

const query = (selector: string) => Document.prototype.querySelectorAll.call(document, selector);
const attribute = (element: Element, name: string) => Element.prototype.getAttribute.call(element, name);
const closest = (element: Element, selector: string): Element | null =>
  Element.prototype.closest.call(element, selector);
const parentOf = (node: Node): Element | null => Reflect.get(Node.prototype, 'parentElement', node);
const textOf = (node: Node): string => Reflect.get(Node.prototype, 'textContent', node) ?? '';
const bodyOf = (): HTMLElement | null => Reflect.get(Document.prototype, 'body', document);
const rootOf = (): HTMLElement => Reflect.get(Document.prototype, 'documentElement', document);

/**
 * Whether an element can be seen. The body's own hiding does not count: the real pages hide it until they know
 * that nobody has framed them.
 */
function isVisible(element: Element): boolean {
  if (getComputedStyle(element).visibility !== 'visible') return false;
  const body = bodyOf();
  let depth = 0;
  for (let at: Element | null = element; at !== null && at !== body; at = parentOf(at)) {
    depth += 1;
    if (depth > MAX_DEPTH || getComputedStyle(at).display === 'none') return false;
  }
  return true;
}

/** The words below an element that are Microsoft's, a line for each piece. */
function wordsOf(root: Element, hidden: boolean): string {
  const walker = Document.prototype.createTreeWalker.call(document, root, NodeFilter.SHOW_TEXT);
  const seen = new Map<Element, boolean>();
  const counts = (element: Element) => {
    let known = seen.get(element);
    if (known === undefined) {
      const skipped = hidden ? '' : `,${containers.hiding}`;
      known = closest(element, `${containers.unseen},${containers.ownWords}${skipped}`) === null;
      known &&= hidden || isVisible(element);
      seen.set(element, known);
    }
    return known;
  };
  let words = '';
  for (let nodes = 0; nodes < MAX_NODES && words.length < MAX_CHARS; nodes++) {
    const node = walker.nextNode();
    if (node === null) break;
    const text = textOf(node).slice(0, MAX_CHARS).trim();
    const parent = parentOf(node);
    if (text !== '' && parent !== null && counts(parent)) words += `${text}\n`;
  }
  return words;
}

const foundElement = (element: Element): Found => ({
  matches: (selector) => Element.prototype.matches.call(element, selector),
  shownText: () => wordsOf(element, false),
});

function* inlineScripts(): Generator<string> {
  for (const script of query('script:not([src])')) {
    if (runs.test(attribute(script, 'type') ?? '')) yield textOf(script);
  }
}

function sourceText(): string {
  const walker = Document.prototype.createTreeWalker.call(document, rootOf(), NodeFilter.SHOW_COMMENT);
  let source = location.search;
  for (let nodes = 0; nodes < MAX_NODES; nodes++) {
    const node = walker.nextNode();
    if (node === null) break;
    source += `\n${textOf(node).slice(0, MAX_CHARS)}`;
  }
  for (const element of Array.from(query(containers.carriers)).slice(0, MAX_FOUND)) {
    for (const name of containers.carrying) source += `\n${attribute(element, name)}`;
  }
  for (const script of inlineScripts()) source += `\n${script}`;
  return source.slice(0, MAX_SOURCE);
}

export function documentView(place: Place): PageView {
  return {
    ...place,
    pageId() {
      const meta = Document.prototype.querySelector.call(document, 'meta[name="PageID" i]');
      return (meta && attribute(meta, 'content')) || null;
    },
    scripts: inlineScripts,
    find: (selector) => Array.from(query(selector)).slice(0, MAX_FOUND).map(foundElement),
    text: (hidden) => wordsOf(bodyOf() ?? rootOf(), hidden),
    source: sourceText,
  };
}
