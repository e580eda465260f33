import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployScripts, type ScriptName, scriptNames } from '../../installer/deploy/scripts.ts';
import { productOf } from '../../installer/package/product.ts';
import { codesOf, wixSource } from '../../installer/package/wix.ts';
import { EXIT } from '../../native-host/cli/exit.ts';

const product = productOf('0.1.0');
const { productCode } = codesOf(product, 'machine');
const made = await deployScripts({ version: product.version, productCode, msi: 'signin-rescue.msi' });
const textOf = (name: ScriptName) => made.get(name) ?? '';
const file = (name: string) => `/made/${name}`;
const source = wixSource(product, 'machine', {
  ...{ executable: file('a'), koffi: file('b'), chromiumManifest: file('c'), firefoxManifest: file('d') },
  ...{ command: file('e'), licence: file('f'), icon: file('g') },
});

const powershell = scriptNames.filter((name) => name.endsWith('.ps1'));
/** Without comments. */
const codeOf = (name: ScriptName) => textOf(name).replace(/^\s*#.*$/gm, '');

/** Commands by their whole names, as a script of Windows PowerShell 5.1 has them; and our own. */
const commands = [
  ...['Set-StrictMode', 'Test-Path', 'Get-ItemProperty', 'Join-Path', 'Write-Output', 'Out-Null'],
  ...['Start-Process', 'Write-Line'],
];

describe.each(scriptNames)('%s', (name) => {
  it('is filled in, in plain ASCII, with Windows’ line ends', () => {
    const text = textOf(name);
    expect(text).not.toMatch(/@[A-Z]+@/);
    expect(text).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain(
      name === 'Install.cmd' ? 'signin-rescue.msi' : /cmd|Remed/.test(name) ? productCode : "'0.1.0'",
    );
  });
});

describe.each(powershell)('%s', (name) => {
  it('is strict, and calls nothing by another name', () => {
    const code = codeOf(name);
    expect(code.trim()).toMatch(/^Set-StrictMode -Version 2\r\n\$ErrorActionPreference = 'Stop'/);
    const called = new Set(code.match(/(?<![\w'$.-])[A-Z][a-z]+-[A-Z]\w+/g));
    expect([...called].filter((each) => !commands.includes(each))).toEqual([]);
    for (const [open, close] of ['{}', '()'] as const) {
      const count = (mark = '') => code.split(mark).length;
      expect(count(open)).toBe(count(close));
    }
  });

  it('looks where the package writes', () => {
    const code = codeOf(name);
    expect(code).toContain(`'HKLM:\\SOFTWARE\\${product.name}'`);
    expect(source).toContain(`Key="Software\\${product.name}" Name="Location"`);
    expect(source).toContain(`Key="Software\\${product.name}" Name="Version"`);
    const files = code.match(/signin-rescue\.(?:cmd|exe)(?=')/g) ?? [];
    expect(files.length).toBeGreaterThan(0);
    for (const each of files) expect(source).toContain(`Name="${each}"`);
  });

  it('ends as who runs it wants: 0, or 1 where something is wrong', () => {
    const ends = new Set(codeOf(name).match(/\bexit \d+/g));
    expect([...ends].sort()).toEqual(name === 'Detect-Installed.ps1' ? ['exit 0'] : ['exit 0', 'exit 1']);
  });
});

it('the detection takes the exit codes of `status` for what they are', () => {
  const codes = codeOf('Detect-SigninRescue.ps1').match(/\$code -eq (\d+)/g);
  expect(codes).toEqual([`$code -eq ${EXIT.fine}`, `$code -eq ${EXIT.needsSomeone}`]);
  expect(codeOf('Remediate-SigninRescue.ps1')).toContain(`$code -eq ${EXIT.fine}`);
});

it('what is written may be as long as Intune takes it', () => {
  for (const name of ['Detect-SigninRescue.ps1', 'Remediate-SigninRescue.ps1'] as const) {
    expect(codeOf(name)).toContain('.Substring(0, 2048)');
    // Only by way of that.
    expect(codeOf(name).match(/Write-Output/g)).toHaveLength(1);
  }
});

it('the removal can be told of backups in the package’s own word', () => {
  expect(textOf('Uninstall.cmd')).toContain('REMOVEBACKUPS=1');
  const code = globSync('installer/package/*.ts').map((path) => readFileSync(path, 'utf8'));
  expect(code.join()).toContain('REMOVEBACKUPS="1"');
});
