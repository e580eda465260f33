/** What needs no Windows to be tried: names, numbers, command lines. */
import { describe, expect, test } from 'vitest';
import { toIso } from '../../native-host/machine/windows/credential-seal.ts';
import { bareTarget } from '../../native-host/machine/windows/credentials.ts';
import { foldersOf, stateFolderOf } from '../../native-host/machine/windows/folders.ts';
import { commandLine } from '../../native-host/machine/windows/launch.ts';
import { win32Problem } from '../../native-host/machine/windows/native.ts';
import { openUrl } from '../../native-host/machine/windows/open-url.ts';

test('a full list of Windows names the namespace, the other functions take the bare target', () => {
  expect(bareTarget('LegacyGeneric:target=OneDrive Cached Credential', true)).toBe(
    'OneDrive Cached Credential',
  );
  expect(bareTarget('LegacyGeneric:target=LegacyGeneric:target=x', true)).toBe('LegacyGeneric:target=x');
  expect(bareTarget('MicrosoftAccount:target=SSO_POP_Device', true)).toBe(
    'MicrosoftAccount:target=SSO_POP_Device',
  );
  expect(bareTarget('LegacyGeneric:target=x', false)).toBe('LegacyGeneric:target=x');
});

test('a FILETIME is a time of 1601', () => {
  expect(toIso({ low: 0, high: 0 })).toBe('1601-01-01T00:00:00.000Z');
  expect(toIso({ low: 0xd53e8000, high: 0x019db1de })).toBe('1970-01-01T00:00:00.000Z');
  expect(toIso({ low: 0xffffffff, high: 0xffffffff })).toMatch(/^\+060056-/);
});

test('an error of Windows becomes a problem with the call and the number', () => {
  expect(win32Problem('CredWriteW', 5).problem).toEqual({
    kind: 'access-denied',
    detail: 'CredWriteW failed with Win32 error 5',
  });
  expect(win32Problem('CredWriteW', 112).problem.kind).toBe('disk-full');
  expect(win32Problem('MoveFileExW', 32).problem.kind).toBe('file-in-use');
  expect(win32Problem('MoveFileExW', 33).problem.kind).toBe('file-in-use');
  expect(win32Problem('CredWriteW', 1312).problem).toEqual({
    kind: 'internal',
    detail: 'CredWriteW failed with Win32 error 1312',
  });
  expect(win32Problem('CryptUnprotectData', 5, 'backup-unreadable').problem.kind).toBe('backup-unreadable');
});

test.each([
  [[], '"C:\\a b\\x.exe"'],
  [['/reset', ''], '"C:\\a b\\x.exe" /reset ""'],
  [['a b', 'c:\\d e\\'], '"C:\\a b\\x.exe" "a b" "c:\\d e\\\\"'],
  [['say "hi"', '\\"', 'c:\\d\\'], '"C:\\a b\\x.exe" "say \\"hi\\"" "\\\\\\"" c:\\d\\'],
])('the command line of %j', (args, line) => {
  expect(commandLine('C:\\a b\\x.exe', args)).toBe(line);
});

describe('folders', () => {
  const environment = {
    LOCALAPPDATA: 'C:\\Users\\ann\\AppData\\Local',
    ProgramFiles: 'C:\\Program Files (x86)',
    ProgramW6432: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    SystemRoot: 'D:\\Windows',
    windir: 'C:\\WINDOWS',
  };

  test('are those of the 64-bit system', () => {
    expect(foldersOf(environment)).toEqual({
      localAppData: 'C:\\Users\\ann\\AppData\\Local',
      programFiles: 'C:\\Program Files',
      programFilesX86: 'C:\\Program Files (x86)',
      system: 'D:\\Windows\\System32',
    });
    expect(foldersOf({ ...environment, SystemRoot: undefined }).system).toBe('C:\\WINDOWS\\System32');
    expect(stateFolderOf(environment)).toBe('C:\\Users\\ann\\AppData\\Local\\Signin Rescue');
    expect(stateFolderOf({ ...environment, SIGNIN_RESCUE_STATE: 'D:\\state' })).toBe('D:\\state');
  });

  test('a machine without them is unreadable', () => {
    const kind = 'machine-unreadable';
    const problem = expect.objectContaining({ problem: expect.objectContaining({ kind }) });
    expect(() => foldersOf({})).toThrow(problem);
    expect(() => foldersOf({ ...environment, SystemRoot: '', windir: undefined })).toThrow(problem);
  });
});

test.each([
  'http://example.com',
  'file:///C:/x.exe',
  'javascript:1',
  'calc.exe',
  'C:\\x.exe',
  'search-ms:x',
  '',
])('does not open %j', async (url) => {
  const problem = expect.objectContaining({ kind: 'not-supported' });
  await expect(openUrl(url)).rejects.toThrow(expect.objectContaining({ problem }));
});
