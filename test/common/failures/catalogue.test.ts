import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../../../common/_locales/en/messages.json';
import { aadsts } from '../../../common/failures/aadsts.ts';
import { categories } from '../../../common/failures/category.ts';
import { catalogue, describeFailure } from '../../../common/failures/index.ts';
import { msa } from '../../../common/failures/msa.ts';
import { oneDrive } from '../../../common/failures/onedrive.ts';
import { windows } from '../../../common/failures/windows.ts';
import { type RemedyId, remedyIds } from '../../../common/remedies.ts';
import { firstReading } from './first-reading.ts';

const numbers = (text: string) => text.trim().split(/\s+/);
const entries = [...aadsts, ...oneDrive, ...windows, ...msa];

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

describe('OneDrive and Windows codes', () => {
  const restart = 'restart-onedrive';
  const purge = 'purge-credentials';
  const clear = 'clear-identity-cache';
  const reset = 'reset-onedrive';
  const relink = 'relink-onedrive';
  const reinstall = 'reinstall-onedrive';
  const connecting = ['check-tls', 'check-ciphers', 'rejoin-device', reset];

  it.each<[code: string, category: string, documented: string[], others: string[]]>([
    ['0x8004de40', 'network', connecting, ['check-proxy', purge, relink]],
    ['0x8004de88', 'network', connecting, ['check-proxy', purge, relink]],
    ['0x8004de80', 'local', [relink, reinstall, clear], [purge, reset]],
    ['0x8004de86', 'local', [relink, reinstall, clear], [purge, reset]],
    ['0x8004de85', 'local', [reset], [purge, relink]],
    ['0x8004de8a', 'local', [reset], [purge, relink]],
    ['0x8004dec5', 'local', [clear, purge], [reset]],
    ['0x8004deef', 'account', [], []],
    ['0x8004def4', 'local', [reset, reinstall], [restart]],
    ['0x8004def7', 'account', [], []],
    ['0x8004e4d0', 'account', [], []],
    ['0x8004deb4', 'local', [], [restart, clear]],
    ['0x8004de90', 'local', [], [restart, reset]],
    ['0x8004de96', 'local', [], [clear, purge, reset]],
    ['0x8004def0', 'local', [], [clear, purge, reset]],
    ['0x8004ded2', 'account', [], []],
    ['0x8004ded7', 'local', [], [reinstall]],
    ['0x8004dedc', 'account', [], []],
    ['0x8004def1', 'local', [], [reinstall]],
    ['0x80040c81', 'network', [], ['check-proxy', reset]],
    ['0x80070194', 'local', [], [restart, reset]],
    ['0x8007016a', 'local', [reset], [restart, reinstall]],
    ['0x80070005', 'local', [reset, reinstall], []],
    ['0x80190001', 'network', [], ['check-proxy']],
    ['0x80048823', 'unknown', [], []],
    ['0x80048848', 'network', [], ['check-proxy']],
    ['0x80070520', 'local', [], [purge]],
    ['0x80090016', 'device', [], []],
    ['0xcaa50021', 'local', [purge], []],
    ['0xcaa5001c', 'local', [], []],
    ['0xcaa20003', 'local', [], ['refresh-device-token', purge, reset]],
    ['0xcaa70004', 'network', [], ['flush-dns', 'check-proxy']],
    ['0xcaa70007', 'network', [], ['check-proxy']],
    ['0xcaa70010', 'network', [], ['check-clock', 'check-proxy', 'contact-it']],
    ['0xcaa82ee7', 'network', [], ['flush-dns', 'check-proxy']],
    ['0xcaa82f05', 'network', [], ['check-clock']],
    ['0xcaa82f0d', 'network', [], ['check-clock', 'check-proxy', 'contact-it']],
    ['0x80072f8f', 'network', [], ['check-clock', 'check-tls', 'check-ciphers']],
    ['0xcaa30197', 'network', [], ['check-proxy']],
    ['0xcaa301f7', 'service', [], []],
  ])('%s is %s', (code, category, documented, others) => {
    const meaning = describeFailure(code);
    expect(meaning).toMatchObject({ code, category, documented });
    expect([...meaning.remedies].sort()).toEqual([...documented, ...others].sort());
  });

  it.each([
    ['0x8004de80', ['identity-key']],
    ['0x8004dec5', ['identity-key', 'oneauth']],
    ['0x8004de96', ['pre-sign-in']],
    ['0x8004def0', ['pre-sign-in']],
    ['0x8004deb4', ['unrecoverable-mark']],
  ])('%s says what of the remembered accounts is meant', (code, identity) => {
    expect(describeFailure(code)).toMatchObject({ identity });
  });

  it.each(['0x8004def5', '0x8004de44', '0x8004de25', '0x8004de34', '0x8004de9b', '0x8004deca', '0x8004de00'])(
    'never repairs for %s, which nobody documents',
    (code) => {
      expect(describeFailure(code)).toMatchObject({
        category: 'unknown',
        remedies: [],
        title: 'failure_family',
      });
    },
  );

  it.each([
    ['0xcaa70004', 'network', 'failure_no_connection'],
    ['0xcaa70007', 'network', 'failure_no_connection'],
    ['0xcaa7000a', 'network', 'failure_timed_out'],
    ['0xcaa7000d', 'network', 'failure_tls'],
    ['0xcaa70010', 'network', 'failure_tls'],
    ['0xcaa80000', 'network', 'failure_no_connection'],
    ['0xcaa82ee2', 'network', 'failure_timed_out'],
    ['0xcaa82ee7', 'network', 'failure_no_connection'],
    ['0xcaa82efd', 'network', 'failure_no_connection'],
    ['0xcaa82f05', 'network', 'failure_clock'],
    ['0xcaa82f0d', 'network', 'failure_tls'],
    ['0xcaa30194', 'network', 'failure_wrong_answer'],
    ['0xcaa30197', 'network', 'failure_proxy_login'],
    ['0xcaa301aa', 'network', 'failure_wrong_answer'],
    ['0xcaa301f7', 'service', 'failure_service_trouble'],
    ['0xcaa301f8', 'network', 'failure_timed_out'],
    ['0xcaa20003', 'local', 'failure_grant_invalid'],
    ['0xcaa20004', 'policy', 'failure_blocked_by_policy'],
    ['0xcaa2000b', 'account', 'failure_service_missing'],
    ['0xcaa2000c', 'user', 'failure_sign_in_needed'],
    ['0xcaa90014', 'federation', 'failure_federation'],
    ['0xcaa9002b', 'federation', 'failure_federation'],
    ['0xcaa5001c', 'local', 'failure_windows_account'],
    ['0xcaa60001', 'unknown', 'failure_family'],
    ['0xcaaf0123', 'unknown', 'failure_family'],
  ])('decodes %s by the rule', (code, category, title) => {
    expect(describeFailure(code)).toMatchObject({ category, title });
    expect(describeFailure(code).source).toMatch(/^https:/);
  });

  it.each([
    ['0x80072ee2', 'network', 'failure_timed_out'],
    ['0x80072ee7', 'network', 'failure_no_connection'],
    ['0x80072f05', 'network', 'failure_clock'],
    ['0x80072f8f', 'network', 'failure_tls'],
    ['0x80070102', 'network', 'failure_timed_out'],
    ['0xcaa82ef1', 'none', 'failure_cancelled'],
    ['0x80280023', 'device', 'failure_tpm'],
    ['0x80290412', 'device', 'failure_tpm'],
    ['0xc0290001', 'device', 'failure_tpm'],
    ['0x80090030', 'device', 'failure_tpm'],
    ['0x80070520', 'local', 'failure_windows_account'],
    ['0x80048821', 'user', 'failure_wrong_password'],
    ['0x80048824', 'user', 'failure_locked'],
    ['0x80048848', 'network', 'failure_no_connection'],
    ['0x800488ff', 'unknown', 'failure_family'],
    ['0x8004786c', 'account', 'failure_user_name_mismatch'],
    ['0x80041034', 'account', 'failure_user_name_mismatch'],
    ['0x80048163', 'account', 'failure_user_name_mismatch'],
    ['0x80041317', 'federation', 'failure_federation'],
    ['0x80043431', 'federation', 'failure_federation'],
    ['0x8004789a', 'federation', 'failure_federation'],
    ['0x87654321', 'unknown', 'failure_unknown'],
  ])('reads %s of Windows and of login.live.com', (code, category, title) => {
    expect(describeFailure(code)).toMatchObject({ code, category, title });
    expect(describeFailure(code).source).toMatch(/^https:/);
  });

  it('tells a customer directory of a website from Microsoft 365', () => {
    expect(describeFailure('AADB2C90118')).toMatchObject({ category: 'app', remedies: [] });
  });
});

describe('the catalogue as a whole', () => {
  it('has each code once', () => {
    for (const family of [aadsts, [...oneDrive, ...windows, ...msa]]) {
      const codes = family.flatMap((entry) => entry.codes.split(' '));
      expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
    }
  });

  it('spells codes canonically', () => {
    for (const entry of aadsts) expect(entry.codes).toMatch(/^[1-9]\d{3,6}(?: [1-9]\d{3,6})*$/);
    for (const entry of [...oneDrive, ...windows, ...msa]) {
      expect(entry.codes).toMatch(/^0x[8c][0-9a-f]{7}(?: 0x[8c][0-9a-f]{7})*$/);
    }
  });

  it('names a source for every code that it lists', () => {
    for (const entry of entries) {
      for (const code of entry.codes.split(' ')) {
        expect(describeFailure(entry.codes.startsWith('0x') ? code : `AADSTS${code}`).source).toMatch(
          /^https:\/\//,
        );
      }
    }
  });

  it('calls no remedy documented that it does not offer, and offers none twice', () => {
    for (const { remedies = [], documented = [], text } of entries) {
      expect(remedies, text).toEqual(expect.arrayContaining([...documented]));
      expect(new Set(remedies).size, text).toBe(remedies.length);
      for (const remedy of remedies) expect(remedyIds).toContain(remedy);
    }
  });

  it('says what of the remembered accounts to clear exactly where they are to be cleared', () => {
    for (const { remedies = [], identity = [], codes } of entries) {
      expect(identity.length > 0, codes).toBe(remedies.includes('clear-identity-cache'));
      expect(new Set(identity).size, codes).toBe(identity.length);
    }
  });

  it('uses real categories, and repairs only what is this PC’s or on its way to Microsoft', () => {
    for (const { category, remedies, identity, documented, codes } of entries) {
      expect(categories).toContain(category);
      if (category === 'local' || category === 'network') continue;
      expect([remedies, identity, documented], codes).toEqual([undefined, undefined, undefined]);
    }
  });

  it('leads to every remedy, but for those that only a finding leads to', () => {
    const onlyFindings: RemedyId[] = ['disconnect-vpn'];
    const led = new Set(entries.flatMap(({ remedies = [] }) => remedies));
    for (const code of ['net::ERR_NAME_NOT_RESOLVED', 'net::ERR_SSL_PROTOCOL_ERROR', '0xcaa20003'])
      for (const remedy of describeFailure(code).remedies) led.add(remedy);
    expect(remedyIds.filter((id) => !led.has(id))).toEqual(onlyFindings);
  });

  it('has words for every text, and no words left over', () => {
    const sources = readdirSync('common/failures').map((file) =>
      readFileSync(`common/failures/${file}`, 'utf8'),
    );
    const literals = new Set(sources.flatMap((source) => source.match(/'[a-z0-9-]+'/g) ?? []));
    const worded = Object.keys(en).filter((key) => key.startsWith('failure_') && !key.endsWith('_todo'));
    for (const key of worded) {
      expect(literals, key).toContain(`'${key.slice('failure_'.length).replaceAll('_', '-')}'`);
      expect(en, key).toHaveProperty(`${key}_todo`);
    }
    // That every text has words is the type checker's business; those of the tables are looked at as well.
    for (const { text } of entries) expect(worded).toContain(`failure_${text.replaceAll('-', '_')}`);
  });

  it('speaks plainly: short sentences, no exclamation, no blame', () => {
    for (const [key, { message }] of Object.entries(en)) {
      if (!key.startsWith('failure_')) continue;
      expect(message, key).toMatch(/^[A-Z“].*\.$/);
      expect(message, key).not.toMatch(/!|AADSTS|\bplease\b|\byour fault\b|\bfailed to\b|'/i);
      expect(message.length, key).toBeLessThanOrEqual(160);
    }
  });

  it('says how old it is', () => {
    expect(Number.isInteger(catalogue.version)).toBe(true);
    expect(new Date(catalogue.date).toISOString().slice(0, 10)).toBe(catalogue.date);
  });
});
