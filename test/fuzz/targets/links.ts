/**
 * Links. The oracle: a text is refused, or it is letter for letter what `linkTo` writes for what was understood, so
 * that nothing else of it can get anywhere; what is understood is a command of the list or a short code; and the
 * page's address stays within our window's page and carries nothing beside the link.
 */
import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { linkCommands } from '../../../common/commands.ts';
import { FIREFOX_SCHEME, linkTo, pageOf, parseLink, SCHEME } from '../../../common/link.ts';
import { oddText, spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

const codes = [
  'AADSTS50173',
  '0x8004de40',
  'AADB2C90118',
  'net::ERR_TIMED_OUT',
  'oauth:access_denied',
  'http-503',
];
const scheme = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(SCHEME, FIREFOX_SCHEME) }, oddText);
const rest = fc.oneof(
  fc.constantFrom<string>(...linkCommands, 'purge-credentials', 'constructor', '__proto__'),
  fc.oneof(fc.constantFrom(...codes), oddText).map((code) => `explain/${code}`),
  oddText,
);
const link = fc
  .tuple(scheme, rest, fc.oneof({ weight: 6, arbitrary: fc.constant('') }, oddText))
  .map((parts) => parts.join(''));
const damaged = spoiled(
  link.map((text) => Buffer.from(text)),
  2,
).map((bytes) => Buffer.from(bytes).toString('utf8'));
const input = fc.oneof(link, damaged);

function judge(text: string, { count }: Ground): void {
  const understood = parseLink(text);
  count(understood?.command ?? 'refused');
  if (understood === null) return;
  const used = text.startsWith(SCHEME) ? SCHEME : FIREFOX_SCHEME;
  equal(text, linkTo(understood, used));
  if ('code' in understood) match(understood.code, /^[\w:-]{5,80}$/);
  else ok(linkCommands.includes(understood.command));
  const address = new URL(pageOf(understood), 'https://extension.example');
  equal(address.pathname, '/extension/popup/index.html');
  deepStrictEqual(
    [...address.searchParams],
    [
      ['tab', '-1'],
      ['link', linkTo(understood)],
    ],
  );
  equal(address.hash, '');
}

export const linksTarget = target({ name: 'links', batch: 20_000, input, judge });
