/**
 * Sign-in pages, from any bytes: those of the corpus, damaged, and new ones out of the pieces that readers stumble
 * over. The oracle: a page is judged without failing, twice the same; a signal has a kind of the list, a code in
 * canonical form and on error pages alone, ids that are ids, a time that is one; another host is never judged; and
 * nothing that a page keeps secret (flow tokens, canaries) is ever in what is told.
 */
import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Signal } from '../../../common/pages/signal.ts';
import { failureOf } from '../../../common/pages/verdict.ts';
import { judgePage } from '../../../native-host/pages/judge-page.ts';
import { readPage } from '../../../native-host/pages/read-page.ts';
import { corpusFolder, readExpected } from '../../corpus/read.ts';
import { oddText, spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

const SECRET = 'kanarienvogel';
const UUID = '11111111-2222-3333-4444-555555555555';
const corpus = readExpected().map(({ file, url }) => ({
  url,
  bytes: readFileSync(join(corpusFolder, file)),
}));

/** What is secret always stands as a whole property. */
const property = fc.oneof(
  fc.constantFrom('sFT', 'sCtx', 'canary', 'apiCanary', 'urlPost').map((name) => `"${name}":"${SECRET}",`),
  fc.constantFrom(
    '"pgid":"ConvergedError",',
    '"pgid":"ConvergedSignIn",',
    '"iErrorCode":50105,',
    '"sErrorCode":"50058",',
    '"strServiceExceptionMessage":"AADSTS50105: x",',
    '"sErrTxt":"80041034",',
    `"correlationId":"${UUID}",`,
    `"sessionId":"${UUID}",`,
    '"serverDetails":{"rt":"2026-11-22T12:00:00"},',
    '"__proto__":{"pgid":"x"},',
  ),
);
const signs = ['$Config=', 'ServerData = ', '/[/]"/', '<!--', '/*', '*/', '//', '\n', ...'{}[],:;"\'`\\'];
const pieces = fc.array(fc.oneof(fc.constantFrom(...signs), property, oddText), { maxLength: 25 });
const object = fc.array(property, { maxLength: 8 }).map((parts) => ['$Config={', ...parts, '"x":0};']);
/** A whole object, or the pieces of some. */
const script = fc.oneof(object, pieces);
const id = fc.constantFrom(
  'ConvergedError',
  'ConvergedSignIn',
  'ConvergedTFA',
  'ConsentError',
  'x.y',
  '',
  'a'.repeat(90),
);
const text = fc.oneof(
  fc.constantFrom(
    'AADSTS50105',
    'AADSTS0000',
    'Error Code: 53003',
    'HR=80041317',
    '0x80041034',
    'AADB2C90118',
    `Correlation Id: ${UUID}`,
    '2026-13-45 99:00:00',
  ),
  oddText,
);
const container = fc.constantFrom(
  'exceptionMessageContainer',
  'service_exception_message',
  'usernameError',
  'idDiv_SAASDS_Title',
  'errorArea',
  'boilerplate',
);
const made = fc
  .record({
    id,
    script,
    parts: fc.array(fc.tuple(container, text, fc.constantFrom('', 'hidden', 'hide')), { maxLength: 4 }),
  })
  .map(({ id, script, parts }) => {
    const divisions = parts.map(
      ([name, words, hiding]) => `<div id="${name}" class="${hiding}">${words}</div>`,
    );
    return Buffer.from(
      `<meta name="PageID" content="${id}"><script>${script.join('')}</script>${divisions.join('')}`,
    );
  });

const url = fc.constantFrom(
  'https://login.microsoftonline.com/common/login',
  'https://login.microsoftonline.com/error?code=50105',
  'https://login.live.com/err.srf?HR=80041317',
  'https://login.microsoftonline.com/te/x/authorize',
  'https://login.microsoftonline.us/common/oauth2/authorize',
  'https://login.microsoftonline.com.example.org/common/login',
  'http://login.microsoftonline.com/common/login',
);
const input = fc.oneof(
  fc.record({ url, bytes: made }),
  fc
    .constantFrom(...corpus)
    .chain((page) => fc.record({ url: fc.constant(page.url), bytes: spoiled(fc.constant(page.bytes), 8) })),
);

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function signalIsSound({ page, kind, code, correlationId, requestId, time }: Signal): void {
  ok(['error', 'sign-in', 'mfa', 'interrupt', 'other'].includes(kind), kind);
  if (page !== null) match(page, /^[\w.-]{1,80}$/);
  if (code !== null) {
    equal(kind, 'error');
    match(code, /^(?:AADSTS\d{1,7}|AADB2C\d{5,7}|0x8[0-9a-f]{7})$/);
  }
  for (const each of [correlationId, requestId]) if (each !== null) match(each, ID);
  if (time !== null) equal(new Date(time).toISOString(), time);
}

async function judge(
  { url, bytes }: { url: string; bytes: Uint8Array },
  { folder, count }: Ground,
): Promise<void> {
  const file = join(folder, 'page.html');
  writeFileSync(file, bytes);
  const html = await readPage(file);
  const signal = judgePage(html, url);
  deepStrictEqual(judgePage(html, url), signal);
  const elsewhere = /example\.org|^http:/.test(url);
  if (elsewhere) equal(signal, null);
  if (signal === null) return count(elsewhere ? 'not a sign-in page' : 'nothing to tell yet');
  signalIsSound(signal);
  ok(!JSON.stringify(signal).includes(SECRET));
  const failure = failureOf(signal);
  count(failure ? `${signal.kind}, ${failure.category}` : signal.kind);
}

export const pagesTarget = target({ name: 'pages', batch: 1_000, input, judge });
