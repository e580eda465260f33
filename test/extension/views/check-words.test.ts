import '../fake-api.ts';
import { describe, expect, test } from 'vitest';
import { checkIds } from '../../../common/findings.ts';
import { messageKey } from '../../../common/text.ts';
import { checks } from '../../fixtures/ui-check.ts';
import { failures } from '../../fixtures/ui-plan.ts';
import { uiState } from '../../fixtures/ui-states.ts';

const { checkReport } = await import('../../../extension/popup/check/check-report.ts');
const { say } = await import('../../../extension/text.ts');
const { announcement } = await import('../../../extension/views/announcement.ts');
const { checkWords } = await import('../../../extension/views/check-words.ts');
const { stageOf } = await import('../../../extension/views/stage.ts');

test.each([
  ['first', 'Looking at the connection…', 'This only looks. Nothing is changed.'],
  ['fine', 'Nothing stands in the way', /^Microsoft 365 can be reached/],
  ['proxy', 'The proxy proxy.contoso.example:3128 does not answer', ''],
  ['tls', 'TLS 1.2 is switched off in Internet Options', ''],
  ['portal', 'This network wants you to sign in or accept its terms first', 'Open any page in your browser.'],
  ['unknown', 'Something is wrong, and the cause is not known', /Copy the report/],
  ['blind', 'Too little could be seen', /^It is not known/],
  ['partial', 'This browser sees nothing in the way', /part of the way/],
  ['partialFault', 'Something is wrong, and the cause is not known', /Copy the report/],
  ['cancelled', 'The check was cancelled', /until then/],
] as const)('%s: the headline is how it stands', (name, title, next) => {
  expect(checkWords(checks[name])).toEqual({
    title,
    next: typeof next === 'string' ? next : expect.stringMatching(next),
  });
});

test('what is announced is the headline, and the same however much is found meanwhile', () => {
  const spoken = (name: string) => announcement(stageOf(uiState(name)), uiState(name));
  expect(spoken('check-looking-first')).toBe(
    'Looking at the connection… This only looks. Nothing is changed.',
  );
  expect(spoken('check-looking')).toBe(spoken('check-looking-first'));
  expect(spoken('check-looking-later')).toBe(spoken('check-looking-first'));
  expect(spoken('check-proxy')).toBe('The proxy proxy.contoso.example:3128 does not answer.');
});

test('every check has a short name', () => {
  const names = checkIds.map((id) => say(messageKey('check', id)));
  expect(new Set(names).size).toBe(checkIds.length);
  expect(names.every((name) => name.length > 2 && name.length < 25)).toBe(true);
});

describe('the report', () => {
  const text = checkReport(checks.proxy, null);
  const lines = text.split('\n');

  test.each([
    'Connection check: The proxy p….example:3128 does not answer.',
    'Who can fix it: Your network',
    'This explains: 0x8004de40, 0x8004de88, 0xcaa82ee7',
    'Time: 2026-11-22T09:42:00.000Z',
    'In the way:',
    'Worth knowing:',
    '- A VPN is connected: C….',
    'Fine:',
    '- This browser reaches login.microsoftonline.com.',
  ])('holds: %s', (line) => {
    expect(lines).toContain(line);
  });

  test('holds a technician’s evidence below each sentence, and every finding once', () => {
    expect(text).toContain('does not answer.\n  (error=ETIMEDOUT; winInet=p….example:3128; winHttp=DIRECT');
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(checks.proxy.findings.length);
  });

  test('holds what failed in the tab, if anything did', () => {
    expect(text).not.toContain('AADSTS50173');
    expect(checkReport(checks.proxy, failures.local).split('\n')).toContain('Code: AADSTS50173');
  });

  test('names no cause where none is known', () => {
    expect(checkReport(checks.unknown, null)).toContain('Something is wrong, and the cause is not known');
    expect(checkReport(checks.fine, null)).not.toMatch(/Who can fix it|In the way|undefined|null/);
  });
});
