import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWine } from '../harness/wine/wine.ts';

const hex = (bytes: Buffer) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');
const utf16 = (text: string) => hex(Buffer.from(text, 'utf16le'));
const long = 'ä'.repeat(5000);

/** As Regedit exports it: UTF-16 with a byte order mark. */
const file = [
  'Windows Registry Editor Version 5.00',
  '',
  '[HKEY_CURRENT_USER\\Software\\Signin Rescue Test]',
  '@="the default"',
  '"text"="plain text"',
  `"long"="${long}"`,
  '"schrift \u{1F600}"="日本 \u{10FFFD}"',
  `"no nul"=hex(1):${utf16('cut')}`,
  `"nul within"=hex(1):${utf16('one\0two\0')}`,
  '"none"=""',
  `"expand"=hex(2):${utf16('%USERPROFILE%\\OneDrive\0')}`,
  '"number"=dword:00000001',
  '"big"=dword:fffffffe',
  '"quad"=hex(b):01,00,00,00,00,00,00,00',
  '"bytes"=hex:de,ad,be,ef',
  `"many"=hex(7):${utf16('a\0b\0\0')}`,
  '"short number"=hex(4):01,00',
  '',
  '[HKEY_CURRENT_USER\\Software\\Signin Rescue Test\\a]',
  '[HKEY_CURRENT_USER\\Software\\Signin Rescue Test\\Größe \u{1F600}]',
  `[HKEY_CURRENT_USER\\Software\\Signin Rescue Test\\${'k'.repeat(255)}]`,
  '',
].join('\r\n');

test('reads every type of value, and finds nothing where nothing is', async () => {
  await using wine = await openWine();
  await writeFile(join(wine.folder, 'test.reg'), Buffer.from(`\ufeff${file}`, 'utf16le'));
  expect(await wine.run('reg', ['import', 'test.reg'])).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await wine.runNode(await wine.bundle('test/windows/inside/registry.ts'));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

  const text = (value: string) => ({ type: 'REG_SZ', value });
  const other = { type: 'other', value: null };
  const { machine, ...rest } = JSON.parse(stdout);
  expect(machine).toEqual({ type: 'REG_SZ', value: expect.stringMatching(/^\d{5}$/) });
  expect(rest).toEqual({
    values: {
      '': text('the default'),
      text: text('plain text'),
      long: text(long),
      'schrift \u{1F600}': text('日本 \u{10FFFD}'),
      'no nul': text('cut'),
      'nul within': text('one'),
      none: text(''),
      expand: { type: 'REG_EXPAND_SZ', value: '%USERPROFILE%\\OneDrive' },
      number: { type: 'REG_DWORD', value: 1 },
      big: { type: 'REG_DWORD', value: 0xfffffffe },
      quad: other,
      bytes: { type: 'REG_BINARY', value: '3q2+7w==' },
      many: other,
      'short number': other,
      'not there': null,
    },
    noKey: null,
    keys: ['a', 'Größe \u{1F600}', 'k'.repeat(255)],
    leaf: [],
    names: expect.arrayContaining(['', 'schrift \u{1F600}', 'long', 'short number']),
    noNames: [],
    noKeys: [],
    upperCase: text('plain text'),
  });
});
