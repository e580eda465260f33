/** What a saved page's own style sheets hide: the cascade for `display` and `visibility`, and for nothing else. */
import { attributeOf, type Element, matches, parseSelectors, type Selector } from './selector.ts';

const properties = ['display', 'visibility'] as const;
type Property = (typeof properties)[number];

interface Declaration {
  readonly property: Property;
  readonly value: string;
  readonly important: boolean;
}

export interface Rule {
  readonly selector: Selector;
  readonly declarations: readonly Declaration[];
}

const MAX_CSS = 1024 * 1024;
const MAX_RULES = 2000;

function declarationsOf(block: string): Declaration[] {
  const found: Declaration[] = [];
  for (const [, name = '', value = '', important] of block.matchAll(
    /(?:^|[;{\s])(display|visibility)\s{0,9}:\s{0,9}([\w-]{1,30})\s{0,9}(!\s{0,9}important)?/gi,
  )) {
    const property = properties.find((each) => each === name.toLowerCase());
    if (property) found.push({ property, value: value.toLowerCase(), important: important !== undefined });
  }
  return found;
}

/** Whether rules behind this at-rule hold on a screen of any size. */
const holds = (prelude: string) => /^@media\s+(?:only\s+)?(?:screen|all)\s*$|^@layer\b/i.test(prelude);

/** The rules of a style sheet that hide or show; what cannot be read is passed over. */
export function readRules(css: string): Rule[] {
  const rules: Rule[] = [];
  const text = css.slice(0, MAX_CSS).replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ');
  const marks = /[{};]/g;
  /** Whether each at-rule that is open counts. */
  const open: boolean[] = [];
  let begin = 0;
  for (let mark = marks.exec(text); mark !== null && rules.length < MAX_RULES; mark = marks.exec(text)) {
    const prelude = text.slice(begin, mark.index).trim();
    begin = marks.lastIndex;
    if (mark[0] === '}') open.pop();
    if (mark[0] !== '{') continue;
    const counts = open.every(Boolean);
    if (prelude.startsWith('@')) {
      open.push(counts && holds(prelude));
      continue;
    }
    const end = text.indexOf('}', begin);
    const block = text.slice(begin, end === -1 ? undefined : end);
    begin = marks.lastIndex = end === -1 ? text.length : end + 1;
    const declarations = counts ? declarationsOf(block) : [];
    if (declarations.length === 0) continue;
    for (const selector of parseSelectors(prelude)) rules.push({ selector, declarations });
  }
  return rules;
}

interface Candidate extends Declaration {
  readonly weight: number;
}

/** Heavier than any selector: the style attribute. */
const INLINE = 1e9;
const strength = ({ important, weight }: Candidate) => (important ? 2 * INLINE : 0) + weight;

/** The value that wins: the important ones, then the style attribute, then the weightiest, then what comes later. */
function winner(element: Element, property: Property, rules: readonly Rule[]): string | null {
  const matching = rules.filter(({ selector }) => matches(element, selector));
  const candidates: Candidate[] = [
    ...matching.flatMap(({ selector: { weight }, declarations }) =>
      declarations.map((each) => ({ ...each, weight })),
    ),
    ...declarationsOf(attributeOf(element, 'style') ?? '').map((each) => ({ ...each, weight: INLINE })),
  ];
  let best: Candidate | null = null;
  for (const each of candidates) {
    if (each.property === property && (best === null || strength(each) >= strength(best))) best = each;
  }
  return best?.value ?? null;
}

/** Whether the element itself takes no room, whatever is around it. */
export function isTakenOut(element: Element, rules: readonly Rule[]): boolean {
  const display = winner(element, 'display', rules);
  if (display !== null && display !== 'revert' && display !== 'initial') return display === 'none';
  const { tagName } = element;
  return (
    attributeOf(element, 'hidden') !== null || (tagName === 'dialog' && attributeOf(element, 'open') === null)
  );
}

/** The element's own word on visibility; null where it takes after its parent. */
export function ownVisibility(element: Element, rules: readonly Rule[]): 'visible' | 'hidden' | null {
  const value = winner(element, 'visibility', rules);
  if (value === null || value === 'inherit' || value === 'unset') return null;
  return value === 'hidden' || value === 'collapse' ? 'hidden' : 'visible';
}
