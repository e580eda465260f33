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

const entries = [...aadsts, ...oneDrive, ...windows, ...msa];

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
