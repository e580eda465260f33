/** Makes an MSI with wixl and msibuild (Debian's `wixl`, `msitools`). */
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { idOf, type Product, quad } from './product.ts';
import { makeRepeatable } from './repeatable.ts';
import { codesOf, type Payload, type Scope, wixSource } from './wix.ts';

/** When the product goes for good, and not for a newer version. */
const LAST_REMOVAL = 'REMOVE="ALL" AND REMOVEBACKUPS="1" AND NOT UPGRADINGPRODUCTCODE';

/** What WiX can say and wixl cannot, as changes to the made tables. */
const afterwards = ({ version }: Product, scope: Scope): string[] => [
  // PATH: `*` is the system's, `=` makes it, `-` takes away our part alone when the product goes.
  'CREATE TABLE `Environment` (`Environment` CHAR(72) NOT NULL, `Name` CHAR(255) NOT NULL LOCALIZABLE, `Value` CHAR(255) LOCALIZABLE, `Component_` CHAR(72) NOT NULL PRIMARY KEY `Environment`)',
  `INSERT INTO \`Environment\` (\`Environment\`, \`Name\`, \`Value\`, \`Component_\`) VALUES ('Path', '=-${scope === 'user' ? '' : '*'}Path', '[~];[INSTALLDIR]', 'Command')`,
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('RemoveEnvironmentStrings', 3300)",
  "INSERT INTO `InstallExecuteSequence` (`Action`, `Sequence`) VALUES ('WriteEnvironmentStrings', 5200)",
  // The old version goes last of all: whatever keeps the new one from being installed, it is there and works.
  "UPDATE `InstallExecuteSequence` SET `Sequence` = 6601 WHERE `Action` = 'RemoveExistingProducts'",
  // As whoever removes the product, while its program is still there; its failure stops nothing.
  "UPDATE `CustomAction` SET `Type` = 82 WHERE `Action` = 'ClearHistory'",
  `INSERT INTO \`InstallExecuteSequence\` (\`Action\`, \`Condition\`, \`Sequence\`) VALUES ('ClearHistory', '${LAST_REMOVAL}', 3499)`,
  `UPDATE \`File\` SET \`Version\` = '${quad(version).join('.')}', \`Language\` = '1033' WHERE \`File\` = 'Executable'`,
  // Folders in which nothing but folders was made are nobody's to remove otherwise; 2: when the part is removed.
  ...['Koffi', 'VersionFolder', 'INSTALLDIR'].map(
    (folder) =>
      `INSERT INTO \`RemoveFile\` (\`FileKey\`, \`Component_\`, \`DirProperty\`, \`InstallMode\`) VALUES ('Remove${folder}', 'Library', '${folder}', 2)`,
  ),
  // SW_SHOWMINNOACTIVE: the browser opens, and a console window in between is of no use.
  'UPDATE `Shortcut` SET `ShowCmd` = 7',
  // Given on the command line of whoever has no rights, it still reaches Windows Installer's service.
  "UPDATE `Property` SET `Value` = 'WIX_UPGRADE_DETECTED;WIX_DOWNGRADE_DETECTED;REMOVEBACKUPS' WHERE `Property` = 'SecureCustomProperties'",
];

/**
 * Writes the MSI to a path. The payload lies in `folder`, where the source goes, too; `time` is that of the files. Fails
 * with what a tool said.
 */
export async function makeMsi(
  product: Product,
  scope: Scope,
  payload: Payload,
  { to, folder, time }: { to: string; folder: string; time: Date },
): Promise<void> {
  const source = `${scope}.wxs`;
  const made = `${scope}.msi`;
  // The cabinet has the files' times.
  for (const path of Object.values(payload)) await utimes(path, time, time);
  await writeFile(join(folder, source), wixSource(product, scope, payload));
  // Names without folders, which would otherwise be in the MSI.
  const tool = async (name: string, args: readonly string[]) => {
    // Without random addresses, as the order of their tables comes from them.
    const { stderr } = await execa('setarch', ['-R', name, ...args], { cwd: folder });
    if (stderr) throw new Error(`${name}: ${stderr}`);
  };
  await tool('wixl', ['-a', 'x64', '-o', made, source]);
  for (const query of afterwards(product, scope)) await tool('msibuild', [made, '-q', query]);
  const { productCode } = codesOf(product, scope);
  await makeRepeatable(join(folder, made), `{${idOf(`package ${productCode} ${time.toISOString()}`)}}`, time);
  await rename(join(folder, made), to);
}
