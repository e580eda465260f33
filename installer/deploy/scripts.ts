/** The scripts for Intune and Configuration Manager that go with a per-machine package. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The package that they are about. */
export interface Deployed {
  version: string;
  /** Windows Installer's id of this version, in braces. */
  productCode: string;
  /** The package's file name. */
  msi: string;
}

export const scriptNames = [
  'Detect-SigninRescue.ps1',
  'Remediate-SigninRescue.ps1',
  'Detect-Installed.ps1',
  'Install.cmd',
  'Uninstall.cmd',
] as const;
export type ScriptName = (typeof scriptNames)[number];

/** Each script by its file name, as Windows wants its lines, with what it says of the package filled in. */
export async function deployScripts({
  version,
  productCode,
  msi,
}: Deployed): Promise<Map<ScriptName, string>> {
  const values: Readonly<Record<string, string>> = {
    VERSION: version,
    PRODUCTCODE: productCode,
    MSI: msi,
  };
  const filled = async (name: ScriptName) => {
    const text = await readFile(join(import.meta.dirname, name), 'utf8');
    const said = text.replace(/@([A-Z]+)@/g, (whole, value: string) => values[value] ?? whole);
    return [name, said.replaceAll('\n', '\r\n')] as const;
  };
  return new Map(await Promise.all(scriptNames.map(filled)));
}
