import { describe, expect, test } from 'vitest';
import type { StoredKey } from '../../../../native-host/machine/machine.ts';
import type { SimulatedValue } from '../../../../native-host/machine/simulated/registry-schema.ts';
import { testPc } from '../../../harness/test-pc.ts';

const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('base64');

describe('reading', () => {
  const registry = {
    HKCU: {
      'Software\\Microsoft\\OneDrive\\Accounts\\Business1': {
        UserEmail: { type: 'REG_SZ', value: 'ada@contoso.example' },
        Flags: { type: 'REG_DWORD', value: 7 },
        Blob: { type: 'other', value: null },
      },
      'SOFTWARE\\MICROSOFT\\OneDrive\\accounts\\Personal\\Deep': {},
    },
  } as const;

  test('finds values by name in any letter case', async () => {
    const { machine } = await testPc({ registry });
    const key = 'software\\microsoft\\onedrive\\accounts\\BUSINESS1';
    const read = (name: string) => machine.registry.read('HKCU', key, name);
    expect(await read('useremail')).toEqual({ type: 'REG_SZ', value: 'ada@contoso.example' });
    expect(await read('Flags')).toEqual({ type: 'REG_DWORD', value: 7 });
    expect(await read('Blob')).toEqual({ type: 'other', value: null });
  });

  test('finds nothing where nothing is', async () => {
    const { machine } = await testPc({ registry });
    expect(await machine.registry.read('HKLM', 'Software\\Microsoft', 'Version')).toBeUndefined();
    expect(await machine.registry.read('HKCU', 'Software\\Microsoft', 'toString')).toBeUndefined();
    expect(await machine.registry.keys('HKCU', 'Software\\Nothing')).toEqual([]);
    expect(await machine.registry.copyKey('Software\\Nothing')).toBeUndefined();
    expect(await machine.registry.copyValue('Software\\Nothing', '')).toBeUndefined();
  });

  test('names the keys directly below, each once', async () => {
    const { machine } = await testPc({ registry });
    const below = (key: string) => machine.registry.keys('HKCU', key);
    expect(await below('Software\\Microsoft\\OneDrive\\Accounts')).toEqual(['Business1', 'Personal']);
    expect(await below('Software')).toEqual(['Microsoft']);
  });

  test.each<[string, SimulatedValue, unknown]>([
    ['bytes', { type: 'REG_BINARY', value: 'AAEC' }, { type: 'REG_BINARY', value: 'AAEC' }],
    ['texts', { type: 'REG_MULTI_SZ', value: ['a'] }, { type: 'other', value: null }],
    ['64 bits', { type: 'REG_QWORD', value: 1 }, { type: 'other', value: null }],
    ['a text without its NUL', { type: 1, data: utf16('ab') }, { type: 'REG_SZ', value: 'ab' }],
    ['a text with more behind it', { type: 2, data: utf16('a\0b\0') }, { type: 'REG_EXPAND_SZ', value: 'a' }],
    ['a number of three bytes', { type: 4, data: base64(1, 2, 3) }, { type: 'other', value: null }],
  ])('gives %s as Windows does', async (_name, value, read) => {
    const { machine } = await testPc({ registry: { HKCU: { a: { b: value } } } });
    expect(await machine.registry.read('HKCU', 'a', 'b')).toEqual(read);
  });
});

describe('a value', () => {
  test.each<[string, SimulatedValue, number, string]>([
    ['text', { type: 'REG_SZ', value: 'aé😀' }, 1, utf16('aé😀\0')],
    ['empty text', { type: 'REG_SZ', value: '' }, 1, 'AAA='],
    ['lone half of a character', { type: 'REG_SZ', value: '\ud83d' }, 1, base64(0x3d, 0xd8, 0, 0)],
    ['text to expand', { type: 'REG_EXPAND_SZ', value: '%TEMP%' }, 2, utf16('%TEMP%\0')],
    ['number', { type: 'REG_DWORD', value: 0xdeadbeef }, 4, base64(0xef, 0xbe, 0xad, 0xde)],
    ['long number', { type: 'REG_QWORD', value: 258 }, 11, base64(2, 1, 0, 0, 0, 0, 0, 0)],
    ['longest number', { type: 'REG_QWORD', value: '18446744073709551615' }, 11, '//////////8='],
    ['texts', { type: 'REG_MULTI_SZ', value: ['a', 'b'] }, 7, utf16('a\0b\0\0')],
    ['no texts', { type: 'REG_MULTI_SZ', value: [] }, 7, 'AAA='],
    ['bytes', { type: 'REG_BINARY', value: '/wA=' }, 3, '/wA='],
    ['nothing', { type: 'other', value: null }, 0, ''],
    ['text without its NUL', { type: 1, data: utf16('ab') }, 1, utf16('ab')],
    ['text of odd length', { type: 1, data: base64(97, 0, 0) }, 1, base64(97, 0, 0)],
    ['number of five bytes', { type: 4, data: base64(1, 2, 3, 4, 5) }, 4, base64(1, 2, 3, 4, 5)],
    ['texts that end too early', { type: 7, data: utf16('a\0') }, 7, utf16('a\0')],
    ['type that Windows may have one day', { type: 0xffff_0001, data: 'AQ==' }, 0xffff_0001, 'AQ=='],
  ])('that is a %s is copied as it is stored and comes back as it was', async (_name, value, type, data) => {
    const { machine, read } = await testPc({ registry: { HKCU: { 'Key\\Sub': { Name: value } } } });
    const copy = await machine.registry.copyValue('key\\SUB', 'name');
    expect(copy).toEqual({ name: 'Name', type, data });
    expect(await machine.registry.removeValue('KEY\\sub', 'NAME')).toBe(true);
    expect(read().registry.HKCU).toEqual({ 'Key\\Sub': {} });
    expect(await machine.registry.removeValue('KEY\\sub', 'NAME')).toBe(false);
    if (copy) await machine.registry.writeValue('Key\\Sub', copy);
    expect(read().registry.HKCU).toEqual({ 'Key\\Sub': { Name: value } });
  });

  test('that was stored raw can be read in the file where that loses nothing', async () => {
    const { machine, read } = await testPc({});
    await machine.registry.writeValue('a', { name: '', type: 1, data: utf16('b\0') });
    expect(read().registry.HKCU).toEqual({ a: { '': { type: 'REG_SZ', value: 'b' } } });
  });

  test('keeps the spelling of key and name that were there', async () => {
    const { machine, read } = await testPc({
      registry: { HKCU: { 'Software\\One': { Name: { type: 'REG_DWORD', value: 1 } } } },
    });
    await machine.registry.writeValue('SOFTWARE\\ONE', { name: 'NAME', type: 4, data: base64(2, 0, 0, 0) });
    await machine.registry.writeValue('SOFTWARE\\Two', { name: 'x', type: 4, data: base64(3, 0, 0, 0) });
    expect(read().registry.HKCU).toEqual({
      'Software\\One': { Name: { type: 'REG_DWORD', value: 2 } },
      'Software\\Two': { x: { type: 'REG_DWORD', value: 3 } },
    });
  });
});

describe('a key', () => {
  const tree = {
    'Software\\Other': { Kept: { type: 'REG_DWORD', value: 1 } },
    'Software\\Office\\Identity': { EnableADAL: { type: 'REG_DWORD', value: 1 } },
    'Software\\Office\\Identity\\Identities\\1': {
      '': { type: 'REG_SZ', value: 'the default value' },
      Strange: { type: 99, data: 'AQID' },
    },
    'Software\\Office\\Identity\\Profiles': {},
  } as const;
  const KEY = 'Software\\Office\\Identity';

  test('is copied with all that is below it', async () => {
    const { machine } = await testPc({ registry: { HKCU: tree } });
    expect(await machine.registry.copyKey(KEY.toUpperCase())).toEqual({
      name: 'Identity',
      values: [{ name: 'EnableADAL', type: 4, data: 'AQAAAA==' }],
      keys: [
        {
          name: 'Identities',
          values: [],
          keys: [
            {
              name: '1',
              values: [
                { name: '', type: 1, data: utf16('the default value\0') },
                { name: 'Strange', type: 99, data: 'AQID' },
              ],
              keys: [],
            },
          ],
        },
        { name: 'Profiles', values: [], keys: [] },
      ],
    });
  });

  test.each([KEY, KEY.toLowerCase(), `${KEY}\\Identities`, `${KEY}\\Profiles`, 'Software'])(
    'is gone when it was removed, and as it was when it was written back: %s',
    async (key) => {
      const { machine, read } = await testPc({ registry: { HKCU: tree } });
      const copy = await machine.registry.copyKey(key);
      expect(await machine.registry.removeKey(key)).toBe(true);
      expect(await machine.registry.copyKey(key)).toBeUndefined();
      expect(await machine.registry.removeKey(key)).toBe(false);
      if (copy) await machine.registry.writeKey(key === KEY.toLowerCase() ? KEY : key, copy);
      expect(read().registry.HKCU).toEqual(tree);
    },
  );

  test('leaves the key above it, empty, and what only begins like it', async () => {
    const { machine, read } = await testPc({
      registry: { HKCU: { 'A\\B\\C': {}, 'A\\B\\Cd': {}, 'X\\Y': {} } },
    });
    await machine.registry.removeKey('A\\B\\C');
    await machine.registry.removeKey('X\\Y');
    expect(read().registry.HKCU).toEqual({ 'A\\B\\Cd': {}, X: {} });
    expect(await machine.registry.copyKey('X')).toEqual({ name: 'X', values: [], keys: [] });
  });

  test('is written over what is there, and what is there besides stays', async () => {
    const { machine, read } = await testPc({ registry: { HKCU: tree } });
    const copy: StoredKey = {
      name: 'Identity',
      values: [{ name: 'enableadal', type: 4, data: base64(0, 0, 0, 0) }],
      keys: [{ name: 'identities', values: [], keys: [{ name: '2', values: [], keys: [] }] }],
    };
    await machine.registry.writeKey(KEY, copy);
    expect(read().registry.HKCU).toEqual({
      ...tree,
      [KEY]: { EnableADAL: { type: 'REG_DWORD', value: 0 } },
      [`${KEY}\\Identities\\2`]: {},
    });
  });
});
