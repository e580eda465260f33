/** What Windows Installer is told: the source of an MSI in WiX 3's language, of which wixl knows a part. */
import { basename } from 'node:path';
import { element } from '../xml.ts';
import { idOf, type Product } from './product.ts';
import { browserValues, eventValues, ownValues, rootOf } from './wix-registry.ts';

/** For whom it installs. Edge where Microsoft's security baseline applies sees only what is for the machine. */
export type Scope = 'user' | 'machine';

/** Files to install, by the paths where they lie now. */
export interface Payload {
  executable: string;
  koffi: string;
  chromiumManifest: string;
  firefoxManifest: string;
  /** The stable way in, beside the versions' folders. */
  command: string;
  licence: string;
  icon: string;
}

/** Windows Installer's ids of a version, by which winget and management tools know it; in braces. */
export function codesOf({ version }: Product, scope: Scope): { productCode: string; upgradeCode: string } {
  return {
    productCode: `{${idOf(`product ${scope} ${version}`)}}`,
    upgradeCode: `{${idOf(`upgrade ${scope}`)}}`,
  };
}

/** The MSI's file name. */
export const msiName = ({ version }: Product, scope: Scope) => `signin-rescue-${version}-${scope}.msi`;

/** The whole source; wixl says what is wrong with it. */
export function wixSource(product: Product, scope: Scope, payload: Payload): string {
  const { name, publisher, version } = product;
  const { productCode, upgradeCode } = codesOf(product, scope);
  const parts = components(product, scope, payload);
  const what = { Name: name, Version: version, Manufacturer: publisher, Language: '1033' };
  const body = [
    element('Package', {
      InstallerVersion: '500',
      Compressed: 'yes',
      InstallScope: scope === 'user' ? 'perUser' : 'perMachine',
      Description: `${name} ${version}`,
      Manufacturer: publisher,
    }),
    element('MajorUpgrade', {
      DowngradeErrorMessage: `A newer version of ${name} is installed already. Nothing was changed.`,
    }),
    element('Media', { Id: '1', Cabinet: 'files.cab', EmbedCab: 'yes' }),
    element('Icon', { Id: 'product.ico', SourceFile: basename(payload.icon) }),
    ...properties(),
    folders(product, scope, parts),
    removal(),
    element(
      'Feature',
      { Id: 'All', Level: '1', Title: name },
      parts.map(({ id }) => element('ComponentRef', { Id: id })),
    ),
  ];
  const whole = element('Product', { Id: productCode, UpgradeCode: upgradeCode, ...what }, body);
  const root = element('Wix', { xmlns: 'http://schemas.microsoft.com/wix/2006/wi' }, [whole]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
}

function properties(): string[] {
  const values: Record<string, string> = {
    ARPPRODUCTICON: 'product.ico',
    ARPNOMODIFY: '1',
    // A browser that runs the helper is not to be closed for it: the new version has a folder of its own.
    MSIRESTARTMANAGERCONTROL: 'Disable',
    // What is still in use goes when Windows starts the next time; nobody is made to do that now.
    REBOOT: 'ReallySuppress',
    // A repair brings each file anew, also one that somebody has changed since.
    REINSTALLMODE: 'amus',
  };
  return Object.entries(values).map(([Id, Value]) => element('Property', { Id, Value }));
}

/** Backups outlive the program, as they may be wanted, unless whoever removes it says otherwise. */
const removal = () =>
  element('CustomAction', {
    ...{ Id: 'ClearHistory', FileKey: 'Executable', ExeCommand: 'uninstall --backups --yes' },
    ...{ Return: 'ignore' },
  });

type Folder = 'INSTALLDIR' | 'VersionFolder' | 'KoffiPlatform' | 'Menu';

/** What is installed or removed as one, with the folder that it is in. */
interface Part {
  id: string;
  folder: Folder;
  xml: string;
}

function components(product: Product, scope: Scope, payload: Payload): Part[] {
  const part = (id: string, folder: Folder, content: readonly string[]): Part => {
    // By its id Windows Installer knows that a part at one and the same place is both versions', and leaves it to the
    // new one; what is in a version's folder is that version's own.
    const place = folder === 'VersionFolder' || folder === 'KoffiPlatform' ? product.version : '';
    const Guid = idOf(`component ${scope} ${place} ${id}`);
    return { id, folder, xml: element('Component', { Id: id, Guid, Win64: 'yes' }, content) };
  };
  const file = (Id: string, Name: string, Source: string, key = false) =>
    element('File', { Id, Name, Source: basename(Source), ...(key ? { KeyPath: 'yes' } : {}) });
  return [
    part('Command', 'INSTALLDIR', [file('CommandFile', 'signin-rescue.cmd', payload.command, true)]),
    part('Program', 'VersionFolder', [
      file('Executable', 'signin-rescue.exe', payload.executable, true),
      file('ChromiumManifest', 'chromium.json', payload.chromiumManifest),
      file('FirefoxManifest', 'firefox.json', payload.firefoxManifest),
      file('Licence', 'LICENSE.txt', payload.licence),
    ]),
    part('Library', 'KoffiPlatform', [file('KoffiLibrary', 'koffi.node', payload.koffi, true)]),
    part('Browsers', 'INSTALLDIR', browserValues(scope)),
    part('Windows', 'INSTALLDIR', ownValues(product, scope)),
    ...(scope === 'machine' ? [part('Events', 'INSTALLDIR', eventValues())] : []),
    part('StartMenu', 'Menu', startMenu(product, scope)),
  ];
}

/** Entries of the Start menu: a name, what it tells the program, and what it is for. */
const entries = [
  [
    'Fix',
    'Fix sign-in',
    'signin-rescue:fix',
    'Find out why Microsoft 365 will not let you sign in, and repair it',
  ],
  ['Check', 'Check connection', 'signin-rescue:check', 'Look whether this PC reaches Microsoft 365'],
  ['History', 'Repairs and undo', 'signin-rescue:history', 'See past repairs, and undo one'],
] as const;

function startMenu({ name }: Product, scope: Scope): string[] {
  return [
    ...entries.map(([Id, Name, link, Description]) =>
      element('Shortcut', {
        ...{ Id, Name, Description, Target: '[#Executable]', Arguments: `open ${link}` },
        ...{ Icon: 'product.ico', WorkingDirectory: 'VersionFolder' },
      }),
    ),
    element('RemoveFolder', { Id: 'RemoveMenu', On: 'uninstall' }),
    element('RegistryValue', {
      ...{ Root: rootOf(scope), Key: `Software\\${name}`, Name: 'StartMenu', Type: 'integer', Value: '1' },
      ...{ KeyPath: 'yes' },
    }),
  ];
}

function folders({ name, version }: Product, scope: Scope, parts: readonly Part[]): string {
  const inside = (folder: Folder) => parts.filter((part) => part.folder === folder).map(({ xml }) => xml);
  const directory = (Id: string, Name: string, content: readonly string[]) =>
    element('Directory', { Id, ...(Name ? { Name } : {}) }, content);
  const ours = directory('INSTALLDIR', name, [
    ...inside('INSTALLDIR'),
    directory('VersionFolder', version, [
      ...inside('VersionFolder'),
      directory('Koffi', 'koffi', [directory('KoffiPlatform', 'win32_x64', inside('KoffiPlatform'))]),
    ]),
  ]);
  const place =
    scope === 'user'
      ? directory('LocalAppDataFolder', '', [directory('Programs', 'Programs', [ours])])
      : directory('ProgramFiles64Folder', '', [ours]);
  const menu = directory('ProgramMenuFolder', '', [directory('Menu', name, inside('Menu'))]);
  return directory('TARGETDIR', 'SourceDir', [place, menu]);
}
