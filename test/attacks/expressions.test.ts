/** Expressions that explode: texts that a page, a server, a file or another program may have made, read by ours. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { answerSense, oauthError } from '../../common/failures/answers.ts';
import { describeFailure } from '../../common/failures/describe.ts';
import { networkCode } from '../../common/failures/network.ts';
import { findCodes } from '../../common/failures/parse.ts';
import { parseLink } from '../../common/link.ts';
import { codeIn, codeInDetails, codeInSource, idsOf } from '../../common/pages/codes.ts';
import { readConfig } from '../../common/pages/config.ts';
import { kindOf } from '../../common/pages/kinds.ts';
import { Code, Id, Time, Version } from '../../common/parts.ts';
import { HelpDeskSchema, HelpDeskTextSchema } from '../../common/policy.ts';
import { masking } from '../../common/report/mask-text.ts';
import { scrubText } from '../../common/report/scrub.ts';
import { wrap } from '../../common/report/wrap.ts';
import { fill } from '../../common/text.ts';
import { parseStatus } from '../../native-host/checks/device-status.ts';
import { manualWay, maskedUrl, parseProxy, scriptWay } from '../../native-host/checks/proxy/proxy-address.ts';
import { parseConnectTo } from '../../native-host/cli/connect-to.ts';
import { parseSelectors } from '../../native-host/pages/selector.ts';
import { readRules } from '../../native-host/pages/styles.ts';
import { judgeManifest } from '../../native-host/registration/judge-manifest.ts';
import { hostileTexts } from './hostile-texts.ts';
import { stepsOf } from './steps.ts';

/** Twice the text, twice the work; what the shorter one costs by being short may come on top. */
const isLinear = (short: number, long: number) => long <= 2.6 * short + 5_000;

const HOST = 'login.microsoftonline.com';
const bySchemas = [Id, Code, Time, Version, HelpDeskSchema, HelpDeskTextSchema];
const manifest = (caller: string) =>
  JSON.stringify({ name: 'x', description: 'x', type: 'stdio', path: 'x', allowed_extensions: [caller] });

const readers: [string, (text: string) => unknown][] = [
  ['a pasted text', findCodes],
  ['a code', (text) => [describeFailure(text), answerSense(text)]],
  ['an address', oauthError],
  ['an error of the browser', networkCode],
  ['a link', (text) => [parseLink(`signin-rescue:${text}`), parseLink(`signin-rescue:explain/${text}`)]],
  ['a page’s words', (text) => [codeIn(text), codeInDetails(text), idsOf(null, text)]],
  ['a page’s source', codeInSource],
  ['a page’s id', kindOf],
  ['a page’s script', readConfig],
  ['a page’s settings', (text) => readConfig(`$Config={${text}`)],
  ['what stands between two settings', (text) => readConfig(`$Config={a:1,${text}b:2}`)],
  ['a field of a message', (text) => bySchemas.map((schema) => v.is(schema, text))],
  ['an address of the help desk', (text) => v.is(HelpDeskSchema, `a@${text}`)],
  ['a line of a report', (text) => wrap(text)],
  ['a message with values', (text) => [fill(text, ['a', 1], 'en'), fill('$1', [text], 'en')]],
  ['a host’s name in a report', masking({ names: ['contoso'], hosts: [] }, []).host],
  ['what dsregcmd writes', parseStatus],
  ['what goes past a proxy', (text) => manualWay({ server: 'p:1', bypass: text }, HOST)],
  ['a list of proxies', (text) => manualWay({ server: text, bypass: '' }, HOST)],
  ['a proxy', (text) => parseProxy(text)],
  ['an answer of a proxy script', scriptWay],
  ['a proxy script’s address', maskedUrl],
  ['a style sheet', (text) => [readRules(text), readRules(`a{${text}}`)]],
  ['a selector', parseSelectors],
  ['a manifest', (text) => [judgeManifest(text, 'chromium'), judgeManifest(manifest(text), 'firefox')]],
];

describe('the work that a hostile text makes, counted', () => {
  it.each(readers)('grows with its length alone: %s', (_, read) => {
    for (const { name, short, long } of hostileTexts(200)) {
      const [less, more] = [short, long].map((text) => stepsOf(() => read(text)));
      expect(isLinear(less ?? 0, more ?? 0), `${less}, then ${more} steps for ${name}`).toBe(true);
    }
  });

  it('grows with its length alone: an argument that is refused', () => {
    for (const { name, short, long } of hostileTexts(200)) {
      const [less, more] = [short, long].map((text) =>
        stepsOf(() => expect(() => parseConnectTo(text)).toThrow()),
      );
      expect(isLinear(less ?? 0, more ?? 0), `${less}, then ${more} steps for ${name}`).toBe(true);
    }
  });

  it('is bounded where it grows faster: no text of a report is longer than 500 signs', () => {
    const hide = masking({ names: ['contoso', 'ada'], hosts: ['proxy.contoso.example'] }, []);
    for (const { name, long } of hostileTexts(250)) {
      const text = long.slice(0, 500);
      expect(
        stepsOf(() => hide.text(text)),
        name,
      ).toBeLessThan(1_000_000);
      // As much as a quick PC does within a few milliseconds.
      expect(
        stepsOf(() => scrubText(text)),
        name,
      ).toBeLessThan(30_000_000);
    }
  });
});

describe('the counting', () => {
  const growth = (expression: RegExp): [short: number, long: number] => {
    const steps = (length: number) => stepsOf(() => expression.test('a'.repeat(length)));
    return [steps(100), steps(200)];
  };

  it('knows linear work from work that explodes', () => {
    expect(isLinear(...growth(/[ab]*c?$/))).toBe(true);
    expect(isLinear(...growth(/a+b/))).toBe(false);
    expect(() => growth(/^(?:a|a.?)*b/)).toThrow('steps');
  });

  it('finds what the real machine finds', () => {
    const text = `"it's" 'a' b-\u{1f600}\n12 ABBA aab\r\ncab`;
    const expressions = [
      /(["'])(?:(?!\1).)*\1/gu,
      /(?<=a)b(?<!cab)/giu,
      /^\d{1,}?\b|[^\s\w]{2,3}$/gm,
      /(?<first>a|b)\k<first>/gi,
      /\p{L}+(?=-)|\u{1f600}/gu,
    ];
    // It fails where both do not find the same.
    for (const expression of expressions)
      expect(stepsOf(() => text.replace(expression, ''))).toBeGreaterThan(0);
  });
});
