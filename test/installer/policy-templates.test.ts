/** The templates for Group Policy: valid, whole, and about exactly what host and extension read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { extendCatalogue } from '../../common/failures/extend.ts';
import { remedyIds } from '../../common/remedies.ts';
import { ManagedSchema } from '../../extension/managed.ts';
import { policyFiles } from '../../installer/policy/files.ts';
import { readWanted } from '../../native-host/evidence/wanted.ts';
import type { SimulatedPc } from '../../native-host/machine/simulated/index.ts';
import { applyCataloguePolicy } from '../../native-host/policy/catalogue.ts';
import { PolicyReader } from '../../native-host/policy/reader.ts';
import { backupDays, readPolicy } from '../../native-host/policy/settings.ts';
import { ensurePrograms } from '../harness/system-packages.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { testPc } from '../harness/test-pc.ts';
import { type Described, described, managedOf, type Written } from './policy-registry.ts';
import { all, readXml } from './xml-tree.ts';

const SCHEMA = join(import.meta.dirname, '..', 'fixtures', 'policy-template.xsd');
const files = policyFiles();
const names = ['signin-rescue', 'signin-rescue-extension'] as const;
const admx = (name: string) => files.get(`admx/${name}.admx`) ?? '';
const adml = (name: string) => files.get(`admx/en-US/${name}.adml`) ?? '';

beforeAll(() => ensurePrograms(['xmllint']));

async function faultsOf(text: string): Promise<string> {
  const file = join(temporaryFolder(), 'template.xml');
  writeFileSync(file, text);
  const { stderr, exitCode } = await execa('xmllint', ['--noout', '--nonet', '--schema', SCHEMA, file], {
    reject: false,
  });
  return exitCode === 0 ? '' : stderr;
}

describe.each(names)('%s', (name) => {
  it('is valid by the grammar of templates, and so are its words', async () => {
    expect(await faultsOf(admx(name))).toBe('');
    expect(await faultsOf(adml(name))).toBe('');
  });

  it.each<[string, (text: string) => string]>([
    ['a class that there is not', (text) => text.replace('class="Both"', 'class="All"')],
    ['a category that there is not', (text) => text.replace('<parentCategory ref="', '$&No')],
    ['a policy twice', (text) => text.replace(/<policy [\s\S]*?<\/policy>/, '$&$&')],
    ['a key that ends with a backslash', (text) => text.replace(/ key="[^"]+/, '$&\\')],
    [
      'elements in another order',
      (text) => text.replace(/(<parentCategory [^>]*>)\s*(<supportedOn [^>]*>)/, '$2$1'),
    ],
    ['an attribute of another case', (text) => text.replaceAll('valueName=', 'valuename=')],
  ])('would not be valid with %s', async (_, damage) => {
    expect(damage(admx(name))).not.toBe(admx(name));
    expect(await faultsOf(damage(admx(name)))).toContain('template.xml');
  });

  it('has all its words, and no others', () => {
    const said = [...admx(name).matchAll(/\$\((string|presentation)\.(\w+)\)/g)].map(
      ([, kind, id]) => `${kind} ${id}`,
    );
    const resources = readXml(adml(name));
    const there = [...all(resources, 'string'), ...all(resources, 'presentation')].map(
      (node) => `${node.name} ${node.attributes.id}`,
    );
    expect([...new Set(said)].sort()).toEqual([...there].sort());
  });

  it('has a box of the right kind for each element of a policy', () => {
    const boxes = { text: 'textBox', decimal: 'decimalTextBox', enum: 'dropdownList', list: 'listBox' };
    const presentations = all(readXml(adml(name)), 'presentation');
    const policies = all(readXml(admx(name)), 'policy');
    const wanted = policies.flatMap((policy) =>
      all(policy, 'elements').flatMap(({ children: [element] }) => [
        [policy.attributes.presentation, boxes[element?.name as keyof typeof boxes], element?.attributes.id],
      ]),
    );
    const shown = presentations.map(({ attributes, children: [box] }) => [
      `$(presentation.${attributes.id})`,
      box?.name,
      box?.attributes.refId,
    ]);
    expect(shown).toEqual(wanted);
  });

  it('writes no value twice', () => {
    const places = described(admx(name)).map(({ key, valueName }) => `${key}\\${valueName}`);
    expect(new Set(places).size).toBe(places.length);
    expect(places.length).toBeGreaterThan(remedyIds.length);
  });
});

/** All that the helper makes of a registry. */
async function readBy(written: readonly Written[], hive: 'HKLM' | 'HKCU' = 'HKLM') {
  const keys: SimulatedPc['registry']['HKLM'] = {};
  for (const { key, name, value } of written)
    keys[key] = {
      ...keys[key],
      [name]: typeof value === 'number' ? { type: 'REG_DWORD', value } : { type: 'REG_SZ', value },
    };
  const { machine } = await testPc({ registry: { [hive]: keys } });
  const wanted = await readWanted(await PolicyReader.open(machine));
  const bad = await applyCataloguePolicy(machine);
  return { ...(await readPolicy(machine)), wanted, days: await backupDays(machine), bad };
}

const ENTRIES = JSON.stringify([{ code: 'AADSTS53003', category: 'policy', title: 'Ours.', todo: 'Do.' }]);
/** Values for what is typed in. */
const typed: Readonly<Record<string, string>> = {
  helpdesk: 'it@contoso.example',
  helpdesktext: 'Call 555 0100',
  clouds: 'china,worldwide',
  catalogue: ENTRIES,
  // Lines of lists: a name of their own, or none.
  approvals: '2099-12-31T18:00:00Z',
};
const valuesOf = (policy: Described) => policy.values(typed);

describe('the helper', () => {
  const policies = described(admx('signin-rescue'));

  it('reads every value that its template writes, and refuses none', async () => {
    const plain = JSON.stringify(await readBy([]));
    for (const policy of policies) {
      const seen = new Set<string>();
      for (const written of valuesOf(policy)) {
        const hive = policy.class === 'Machine' ? 'HKLM' : 'HKCU';
        // An approval says something only where one is needed.
        const needed = {
          key: written.key.replace('Approvals', 'Remedies'),
          name: written.name,
          value: 'approval',
        };
        const all =
          policy.valueName === 'Catalogue'
            ? [written]
            : written.key.endsWith('Approvals')
              ? [needed, written]
              : [written];
        const read = await readBy(all, hive);
        expect([read.refused, read.bad], policy.name).toEqual([[], []]);
        seen.add(JSON.stringify(read));
      }
      // The catalogue is one for the whole process, and shows elsewhere.
      if (policy.valueName !== 'Catalogue')
        expect(
          [...seen].some((each) => each !== plain),
          policy.name,
        ).toBe(true);
    }
  });

  it('has a policy for each remedy, and takes each of its words', async () => {
    const rules = policies.filter(({ key }) => key.endsWith('\\Remedies'));
    expect(rules.map(({ valueName }) => valueName)).toEqual([...remedyIds]);
    for (const rule of rules) {
      const read = await Promise.all(valuesOf(rule).map((written) => readBy([written])));
      expect(read.map(({ policy }) => policy.remedies[0]?.rule)).toEqual([undefined, 'approval', 'off']);
    }
  });

  it('refuses what lies beyond a template’s limits', async () => {
    const beyond = policies.flatMap(({ key, valueName, most }) =>
      most === undefined || valueName === 'Clouds' || valueName === 'Catalogue'
        ? []
        : [{ key, name: valueName, most }],
    );
    expect(beyond.map(({ name }) => name)).toEqual(['HelpDesk', 'HelpDeskText', 'BackupDays']);
    for (const { key, name, most } of beyond) {
      const value = name === 'BackupDays' ? most + 1 : 'x'.repeat(most + 1);
      expect((await readBy([{ key, name, value }])).refused, name).toMatchObject([{ value: name }]);
    }
  });
});

describe.each(['Chrome', 'Edge'])('the extension in %s', (browser) => {
  const company = browser === 'Chrome' ? 'Google' : 'Microsoft';
  const policies = described(admx('signin-rescue-extension')).filter(({ name }) => name.startsWith(browser));
  const top = `SOFTWARE\\Policies\\${company}\\${browser}\\3rdparty\\extensions\\eafbemnofeodfanfepcoojjclhmelghc\\policy`;
  const read = (written: readonly Written[]) => v.parse(ManagedSchema, managedOf(written, top));

  it('takes every value that its template writes', () => {
    for (const policy of policies) {
      const effects = valuesOf(policy).map((written) => JSON.stringify(read([written])));
      expect(
        effects.some((each) => each !== JSON.stringify(read([]))),
        policy.name,
      ).toBe(true);
    }
  });

  it('has them all, with their meaning', () => {
    const whole = read(policies.flatMap((policy) => valuesOf(policy).slice(-1)));
    expect(whole).toMatchObject({
      helpDesk: 'it@contoso.example',
      helpDeskText: 'Call 555 0100',
      watch: false,
    });
    expect(whole.clouds).toEqual(['china']);
    expect(whole.remedies).toEqual(remedyIds.map((remedy) => ({ remedy, rule: 'off' })));
    expect(extendCatalogue(whole.catalogue)).toMatchObject({ refused: [] });
  });
});
