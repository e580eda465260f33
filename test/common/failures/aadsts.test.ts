import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../common/failures/index.ts';
import { firstReading } from './first-reading.ts';

const numbers = (text: string) => text.trim().split(/\s+/);

/** Where the catalogue judges otherwise than the first reading; the reason stands beside the entry. */
const corrected: Record<string, string> = {
  '90086': 'local',
  '50002': 'policy',
  '500021': 'policy',
  '500022': 'policy',
  '65004': 'user',
  '90101': 'user',
  '90125': 'user',
  '90126': 'user',
  '70016': 'none',
  '70018': 'user',
  '70019': 'user',
  '90119': 'user',
  '90120': 'local',
  '700020': 'user',
  '1000000': 'user',
  '1000002': 'none',
  '52004': 'account',
  '50017': 'account',
  '220501': 'account',
  '80012': 'account',
  '120012': 'federation',
  '120013': 'federation',
  '120014': 'federation',
  '120015': 'federation',
};

describe('AADSTS codes', () => {
  it.each(Object.entries(firstReading))('has every code first read as %s', (category, codes) => {
    for (const code of numbers(codes)) {
      const meaning = describeFailure(`AADSTS${code}`);
      expect(meaning.title, code).not.toBe('failure_unknown');
      expect(meaning.category, code).toBe(corrected[code] ?? category);
      expect(meaning.code).toBe(`AADSTS${code}`);
    }
  });

  it('makes no correction that is none', () => {
    const first = new Map(
      Object.entries(firstReading).flatMap(([c, codes]) => numbers(codes).map((n) => [n, c])),
    );
    for (const [code, category] of Object.entries(corrected))
      expect(first.get(code), code).not.toBe(category);
  });

  it('keeps codes apart that begin alike', () => {
    const titles = (codes: string[]) => codes.map((code) => describeFailure(`AADSTS${code}`).title);
    expect(titles(['50013', '500133'])).toEqual(['failure_grant_invalid', 'failure_clock']);
    expect(titles(['53003', '530003'])).toEqual(['failure_blocked_by_policy', 'failure_device_not_managed']);
    expect(titles(['50002', '500021', '50020', '500208'])).toEqual([
      'failure_tenant_restriction',
      'failure_tenant_restriction',
      'failure_wrong_account',
      'failure_account_type',
    ]);
  });

  it('offers to remove what is stored for a revoked grant, and does not call that documented', () => {
    expect(describeFailure('AADSTS50173')).toEqual({
      code: 'AADSTS50173',
      category: 'local',
      title: 'failure_password_changed',
      todo: 'failure_password_changed_todo',
      remedies: ['clear-browser-session', 'purge-credentials', 'reset-onedrive'],
      identity: [],
      documented: [],
      source: 'https://login.microsoftonline.com/error?code=50173',
    });
  });

  it('offers nothing for a code that it does not know, but where to look it up', () => {
    expect(describeFailure('AADSTS59999')).toEqual({
      code: 'AADSTS59999',
      category: 'unknown',
      title: 'failure_unknown',
      todo: 'failure_unknown_todo',
      remedies: [],
      identity: [],
      documented: [],
      source: 'https://login.microsoftonline.com/error?code=59999',
    });
  });

  const session = ['clear-browser-session'];
  const stored = [...session, 'purge-credentials', 'reset-onedrive'];

  it.each([
    ['wrong accounts', '16000 16003 90072', stored],
    ['sessions mixed up', '16002 50143 50197 160021', stored],
    ['a tile or an organisation that is not meant', '16001 700005', session],
    ['pages that are too old', '50089 54005 90056 90120 900561', session],
    ['loops', '50196 1000474', session],
    ['lost cookies', '90007 90015 501571', session],
    ['signing out', '50061 50068 50070 50071', session],
    ['changed passwords', '50132 50133 50173', stored],
    ['refused grants', '50013 50027 70000 140001', stored],
    ['a sign-in that is due', '70043 70044 70046', stored],
    ['tokens that have run out', '70008 700081 700082 700083', [...stored, 'refresh-device-token']],
    ['Windows’ sign-on', '81010 81014', ['purge-kerberos']],
    ['the clock', '140000 500133', ['check-clock']],
    ['a blocked CDN', '900001', ['check-proxy', 'contact-it']],
    ['a time-out', '90012', ['check-proxy']],
    ['a certificate on its way', '50192', ['check-proxy', 'contact-it']],
    ['what others must do', '50126 53003 50129 50057 50011 20001 90033 50058 70002 81012 90086', []],
  ])('has for %s what may honestly help, none of it documented', (_, codes, remedies) => {
    for (const code of numbers(codes)) {
      expect(describeFailure(`AADSTS${code}`), code).toMatchObject({
        remedies,
        identity: [],
        documented: [],
      });
    }
  });

  it('clears remembered accounts where Microsoft documents that', () => {
    expect(describeFailure('AADSTS50020')).toMatchObject({
      remedies: [...stored, 'clear-identity-cache'],
      identity: ['identity-key', 'oneauth'],
      documented: ['clear-identity-cache'],
    });
  });
});
