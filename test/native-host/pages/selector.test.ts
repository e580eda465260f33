import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { type Element, matches, parseSelectors } from '../../../native-host/pages/selector.ts';
import { isTakenOut, ownVisibility, readRules } from '../../../native-host/pages/styles.ts';

function first(html: string): Element {
  let node = parseFragment(html).childNodes[0];
  while (node && 'childNodes' in node && node.childNodes[0] && 'tagName' in node.childNodes[0]) {
    node = node.childNodes[0];
  }
  if (!node || !('tagName' in node)) throw new Error('no element');
  return node;
}

/** The innermost element of these. */
const inner = first(
  '<div id="a" class="x y"><p lang="de-AT"><b id="c" class="z" data-name="Global" hidden></b></p></div>',
);

test.each([
  ['b', true],
  ['*', true],
  ['#c', true],
  ['.z', true],
  ['b#c.z[hidden]', true],
  ['[data-name="Global"]', true],
  ["[data-name='global' i]", true],
  ['[data-name^=Glo]', true],
  ['[data-name*="loba"]', true],
  ['[data-name$="bal"]', true],
  ['p > b', true],
  ['p>b', true],
  ['div b', true],
  ['.x.y p .z', true],
  ['div > p > b', true],
  ['i, b', true],
  ['b:not([open])', true],
  ['p[lang|="de"] b', true],
  ['[data-name="global"]', false],
  ['[data-name^=""]', false],
  ['div > b', false],
  ['.x.q b', false],
  ['b:not([hidden])', false],
  ['b:hover', false],
  ['p + b', false],
  ['b::before', false],
  ['', false],
  ['>', false],
])('%s: %s', (selector, expected) => {
  expect(parseSelectors(selector).some((each) => matches(inner, each))).toBe(expected);
});

const taken = (css: string, html: string) => isTakenOut(first(html), readRules(css));

test.each([
  ['.off{display:none}', '<p class="off">', true],
  ['.off { color: red; DISPLAY : NONE }', '<p class="off">', true],
  ['.off{display:none} p.off{display:block}', '<p class="off">', false],
  ['p.off{display:none} .off{display:block}', '<p class="off">', true],
  ['.off{display:none!important} #a{display:block}', '<p id="a" class="off">', true],
  ['.off{display:none}', '<p class="off" style="display:block">', false],
  ['.off{display:none !important}', '<p class="off" style="display:block">', true],
  ['/* .off{display:none} */', '<p class="off">', false],
  ['@media print{.off{display:none}}', '<p class="off">', false],
  ['@media screen{.off{display:none}} .off{color:red}', '<p class="off">', true],
  ['@media (max-width:9px){.off{display:none}} .on{display:none}', '<p class="off">', false],
  ['@font-face{src:url(x)} .off{display:none}', '<p class="off">', true],
  ['@import "x"; .off{display:none}', '<p class="off">', true],
  ['.on,.off{display:none', '<p class="off">', true],
  ['', '<p hidden>', true],
  ['p{display:block}', '<p hidden>', false],
  ['', '<dialog>', true],
  ['', '<dialog open>', false],
  ['.x{-display:none;--display:none;flex-display:none}', '<p class="x">', false],
])('%s hides %s: %s', (css, html, expected) => {
  expect(taken(css, html)).toBe(expected);
});

test('visibility is the element\u2019s own, or its parent\u2019s', () => {
  const rules = readRules('.a{visibility:hidden} .b{visibility:visible} .c{visibility:inherit}');
  expect(['a', 'b', 'c', 'd'].map((name) => ownVisibility(first(`<p class="${name}">`), rules))).toEqual([
    'hidden',
    'visible',
    null,
    null,
  ]);
});

test('a style sheet without end is read once', () => {
  // A reader that went back at every place would take minutes, which no test's limit allows.
  for (const text of ['a', '{', '}', ';', '/*', '@media screen{', 'a,']) {
    expect(readRules(text.repeat(300_000 / text.length)).length).toBe(0);
  }
});
