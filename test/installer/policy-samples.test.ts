/** What an administrator pastes or imports, the schema of managed storage, and the document: all say the same. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { GECKO_EXTENSION_ID } from '../../common/identity.ts';
import { ManagedSchema } from '../../extension/managed.ts';
import onDisk from '../../extension/public/managed-schema.json' with { type: 'json' };
import { policyFiles } from '../../installer/policy/files.ts';
import { managedSchema } from '../../installer/policy/managed-schema.ts';
import { remedySettings, settings } from '../../installer/policy/table.ts';
import { readPolicy } from '../../native-host/policy/settings.ts';
import { testPc } from '../harness/test-pc.ts';
import { managedOf, type Written } from './policy-registry.ts';

const files = policyFiles();
const textOf = (path: string) => files.get(path) ?? '';
const ID = 'eafbemnofeodfanfepcoojjclhmelghc';

/** The values in a .reg file, below HKEY_LOCAL_MACHINE. */
function imported(file: string): Written[] {
  const [head, , ...lines] = file.split('\r\n');
  expect(head).toBe('Windows Registry Editor Version 5.00');
  let key = '';
  return lines.flatMap((line) => {
    const [, opened] = /^\[HKEY_LOCAL_MACHINE\\(.+)\]$/.exec(line) ?? [];
    if (opened !== undefined) key = opened;
    const [, name = '', text, number] = /^"([^"]+)"=(?:"([^"]*)"|dword:([\da-f]{8}))$/.exec(line) ?? [];
    if (name === '') return [];
    return [{ key, name, value: text ?? Number.parseInt(number ?? '', 16) }];
  });
}

describe('the schema of managed storage', () => {
  it('is what is made of the table', () => {
    expect(onDisk).toEqual(managedSchema());
  });

  it('has one type for each node, and no additional properties at the top', () => {
    const types: unknown[] = [];
    JSON.stringify(onDisk, (key, value) => {
      if (key === 'type') types.push(value);
      return value;
    });
    expect(new Set(types)).toEqual(new Set(['object', 'string', 'boolean', 'array']));
    expect(Object.keys(onDisk)).toEqual(['type', 'properties']);
  });

  it('has what the extension reads, and nothing else', () => {
    expect(Object.keys(onDisk.properties).sort()).toEqual(Object.keys(ManagedSchema.entries).sort());
  });
});

describe('a sample', () => {
  it('for the registry is read by the helper, and nothing of it is refused', async () => {
    const keys: Record<
      string,
      Record<string, { type: 'REG_SZ'; value: string } | { type: 'REG_DWORD'; value: number }>
    > = {};
    for (const { key, name, value } of imported(textOf('registry/helper.reg')))
      keys[key] = {
        ...keys[key],
        [name]: typeof value === 'number' ? { type: 'REG_DWORD', value } : { type: 'REG_SZ', value },
      };
    const { policy, refused } = await readPolicy((await testPc({ registry: { HKLM: keys } })).machine);
    expect(refused).toEqual([]);
    expect(policy).toMatchObject({
      helpDesk: 'help.desk@contoso.example',
      clouds: ['worldwide'],
      remedies: [{ remedy: 'reset-onedrive' }, { remedy: 'relink-onedrive' }],
    });
  });

  it('says the same to the extension in every browser', () => {
    const { policies } = JSON.parse(textOf('firefox/policies.json'));
    const linux = JSON.parse(textOf('linux/signin-rescue.json'));
    const inRegistry = (browser: string, company: string) => {
      const top = `SOFTWARE\\Policies\\${company}\\${browser}\\3rdparty\\extensions\\${ID}\\policy`;
      const written = imported(textOf(`registry/${browser.toLowerCase()}.reg`));
      return managedOf(
        written.filter(({ key }) => key.includes('3rdparty')),
        top,
      );
    };
    const told = [
      policies['3rdparty'].Extensions[GECKO_EXTENSION_ID],
      linux['3rdparty'].extensions[ID],
      inRegistry('Chrome', 'Google'),
      inRegistry('Edge', 'Microsoft'),
    ].map((each) => v.parse(ManagedSchema, each));
    for (const each of told) expect(each).toEqual(told[0]);
    expect(told[0]).toMatchObject({ helpDeskText: 'Call 555 0100', remedies: [{ rule: 'approval' }, {}] });
  });

  it('forces the extension upon each browser from its own store', () => {
    const settingsOf = (path: string) => JSON.parse(textOf(path))[ID];
    expect(settingsOf('chrome/ExtensionSettings.json')).toMatchObject({
      installation_mode: 'force_installed',
      update_url: expect.stringContaining('//clients2.google.com/'),
    });
    expect(settingsOf('edge/ExtensionSettings.json')).toMatchObject({
      installation_mode: 'force_installed',
      update_url: expect.stringContaining('//edge.microsoft.com/'),
    });
    const { policies } = JSON.parse(textOf('firefox/policies.json'));
    expect(policies.ExtensionSettings[GECKO_EXTENSION_ID].installation_mode).toBe('force_installed');
  });

  it('is plain ASCII, as reg.exe takes it without a mark of its encoding', () => {
    const odd = [...files].filter(([path, text]) => path.endsWith('.reg') && /[^\r\n -~]/.test(text));
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});

describe('docs/POLICY.md', () => {
  const document = readFileSync('docs/POLICY.md', 'utf8');
  const rows = document
    .split('\n')
    .filter((line) => /^\| `[A-Z]\w+(\\<id>)?` /.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', '')));

  it('has a row for every value, with its type and its name in managed storage', () => {
    const types = { text: 'REG_SZ', names: 'REG_SZ', entries: 'REG_SZ' } as Record<string, string>;
    const wanted = settings.map(({ name, shape, managed = '' }) => [
      name,
      types[shape.kind] ?? 'REG_DWORD',
      managed,
    ]);
    const own = rows.map(([, name, type, managed = '']) => [name, type, managed.split(',')[0]]);
    expect(own.slice(2)).toEqual(wanted);
    expect(own.slice(0, 2).map(([name]) => name)).toEqual(['Remedies\\<id>', 'Approvals\\<id>']);
  });

  it('names every file, and no other', () => {
    const named = [...document.matchAll(/`((?:admx|registry|chrome|edge|firefox|linux)\\[^`]+)`/g)].map(
      ([, path = '']) => path.replaceAll('\\', '/'),
    );
    expect([...new Set(named)].sort()).toEqual([...files.keys()].sort());
  });

  it('names remedies by ids that there are', () => {
    const ids = [...document.matchAll(/(?:\/v |Approvals\\|Remedies\\)([a-z-]{5,})/g)].map(([, id]) => id);
    expect(ids.filter((id) => id !== 'reset-one-drive').length).toBeGreaterThan(1);
    const known = remedySettings.map(({ id }) => String(id));
    expect(ids.filter((id) => id !== 'reset-one-drive' && !known.includes(id ?? ''))).toEqual([]);
  });
});
