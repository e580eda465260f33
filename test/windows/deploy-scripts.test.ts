import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deployScripts } from '../../installer/deploy/scripts.ts';
import { productOf } from '../../installer/package/product.ts';
import { codesOf } from '../../installer/package/wix.ts';
import { openPackaged } from '../harness/packaged.ts';
import { openWine } from '../harness/wine/wine.ts';

const VERSION = '0.1.0';
const msi = 'signin rescue.msi';
const { productCode } = codesOf(productOf(VERSION), 'machine');

test('Install.cmd and Uninstall.cmd install and remove without a question, and end as Windows Installer does', async () => {
  await using wine = await openWine();
  const folder = join(wine.folder, 'with spaces');
  await mkdir(folder);
  for (const [name, text] of await deployScripts({ version: VERSION, productCode, msi })) {
    await writeFile(join(folder, name), text);
  }
  const script = async (name: string, ...args: string[]) =>
    (await wine.run('cmd', ['/c', wine.windowsPath(join(folder, name)), ...args], { timeout: 120_000 })).code;
  const installed = async () => {
    const { code, stdout } = await wine.run('reg', [
      'query',
      'HKLM\\Software\\Signin Rescue',
      '/v',
      'Version',
    ]);
    return code === 0 && stdout.includes(VERSION);
  };

  // Not installed: nothing to remove, and nothing to install from.
  expect(await script('Uninstall.cmd')).toBe(0);
  expect(await script('Install.cmd')).not.toBe(0);
  await using packaged = await openPackaged();
  await copyFile(await packaged.msi(VERSION, 'machine'), join(folder, msi));
  expect(await script('Install.cmd')).toBe(0);
  expect(await installed()).toBe(true);
  expect(await script('Uninstall.cmd', 'REMOVEBACKUPS=1')).toBe(0);
  expect(await installed()).toBe(false);
});
