/**
 * The part of CSS selectors that sign-in pages need, over a parsed file: compounds of type, id, class, attribute
 * and `:not([attribute])`, joined by descendant and child. A selector with anything else matches nothing.
 */
import type { DefaultTreeAdapterTypes } from 'parse5';

export type Element = DefaultTreeAdapterTypes.Element;
export type ParentNode = DefaultTreeAdapterTypes.ParentNode;

type Test = (element: Element) => boolean;

interface Step {
  readonly tests: readonly Test[];
  /** Where the next step is: the parent, or any ancestor. */
  readonly child: boolean;
}

export interface Selector {
  /** Of the element itself, then of those around it, inside out. */
  readonly steps: readonly Step[];
  /** CSS specificity as one number. */
  readonly weight: number;
}

const MAX_SELECTOR = 1000;
const simple =
  /([a-z][\w-]*|\*)|#((?:[\w-]|\\.)+)|\.((?:[\w-]|\\.)+)|(:not\()?\[\s*([\w-]+)\s*(?:([*^$~|]?=)\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*(i)?\s*)?\](?:\))?/iy;

export const attributeOf = (element: Element, name: string): string | null =>
  element.attrs.find((each) => each.name === name)?.value ?? null;

export const classesOf = (element: Element): string[] =>
  (attributeOf(element, 'class') ?? '').split(/\s+/).filter((name) => name !== '');

export function parentElement({ parentNode }: Element): Element | null {
  return parentNode !== null && 'tagName' in parentNode ? parentNode : null;
}

const comparisons: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '*=': (value, wanted) => wanted !== '' && value.includes(wanted),
  '^=': (value, wanted) => wanted !== '' && value.startsWith(wanted),
  '$=': (value, wanted) => wanted !== '' && value.endsWith(wanted),
  '~=': (value, wanted) => value.split(/\s+/).includes(wanted),
  '|=': (value, wanted) => value === wanted || value.startsWith(`${wanted}-`),
};

function attributeTest(name: string, sign: string | undefined, wanted: string, anyCase: boolean): Test {
  return (element) => {
    const value = attributeOf(element, name.toLowerCase());
    if (value === null) return false;
    if (sign === undefined) return true;
    const compare = comparisons[sign];
    if (compare === undefined) return false;
    return anyCase ? compare(value.toLowerCase(), wanted.toLowerCase()) : compare(value, wanted);
  };
}

const withoutEscapes = (name: string) => name.replaceAll('\\', '');

function testOf(match: RegExpExecArray): { test: Test; weight: number } {
  const [, type, id, className, not, name = '', sign, ...values] = match;
  if (type !== undefined) {
    const tag = type.toLowerCase();
    return { test: (element) => tag === '*' || element.tagName === tag, weight: tag === '*' ? 0 : 1 };
  }
  if (id !== undefined)
    return { test: (element) => attributeOf(element, 'id') === withoutEscapes(id), weight: 10_000 };
  if (className !== undefined) {
    return { test: (element) => classesOf(element).includes(withoutEscapes(className)), weight: 100 };
  }
  const [double, single, bare, anyCase] = values;
  const test = attributeTest(name, sign, double ?? single ?? bare ?? '', anyCase !== undefined);
  return { test: not === undefined ? test : (element) => !test(element), weight: 100 };
}

/** One complex selector, or null where it holds something that is not known here. */
function parseOne(text: string): Selector | null {
  const steps: { tests: Test[]; child: boolean }[] = [{ tests: [], child: false }];
  let weight = 0;
  for (let at = 0; at < text.length; ) {
    const gap = /^\s*(>)?\s*/.exec(text.slice(at));
    if (gap && gap[0] !== '') {
      steps.unshift({ tests: [], child: gap[1] !== undefined });
      at += gap[0].length;
    }
    simple.lastIndex = at;
    const match = simple.exec(text);
    if (match === null) return null;
    const { test, weight: more } = testOf(match);
    steps[0]?.tests.push(test);
    weight += more;
    at = simple.lastIndex;
  }
  return steps.every(({ tests }) => tests.length > 0) ? { steps, weight } : null;
}

const parsed = new Map<string, readonly Selector[]>();

/** The selectors of a list; those that are not known here are left out. */
export function parseSelectors(list: string): readonly Selector[] {
  const known = parsed.get(list);
  if (known !== undefined) return known;
  const selectors =
    list.length > MAX_SELECTOR ? [] : list.split(',').flatMap((text) => parseOne(text.trim()) ?? []);
  if (parsed.size < 200) parsed.set(list, selectors);
  return selectors;
}

function nearest(start: Element | null, { tests }: Step, child: boolean): Element | null {
  for (let at = start; at !== null; at = child ? null : parentElement(at)) {
    const element = at;
    if (tests.every((test) => test(element))) return element;
  }
  return null;
}

export function matches(element: Element, { steps: [own, ...around] }: Selector): boolean {
  if (own === undefined || !own.tests.every((test) => test(element))) return false;
  let at = parentElement(element);
  let child = own.child;
  for (const step of around) {
    const found = nearest(at, step, child);
    if (found === null) return false;
    at = parentElement(found);
    child = step.child;
  }
  return true;
}
