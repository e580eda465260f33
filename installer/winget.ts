/**
 * The manifest for winget, in the three files that its repository wants
 * (https://learn.microsoft.com/windows/package-manager/package/manifest), by schema 1.10
 * (https://github.com/microsoft/winget-cli/tree/master/schemas/JSON/manifests/v1.10.0).
 */

const SCHEMA = '1.10.0';
const IDENTIFIER = 'SigninRescue.SigninRescue';
const NAME = 'Signin Rescue';
const LOCALE = 'en-US';

/** One MSI, as it can be had below the base address. */
export interface WingetInstaller {
  /** File name. */
  file: string;
  /** 64 hex digits. */
  sha256: string;
  /** Windows Installer's ids, in braces. */
  productCode: string;
  upgradeCode: string;
}

export interface WingetPackage {
  version: string;
  /** Where both files lie, with `https://` and with or without a slash at its end. */
  baseUrl: string;
  user: WingetInstaller;
  machine: WingetInstaller;
  /** YYYY-MM-DD. */
  releaseDate: string;
}

type Yaml = string | readonly Yaml[] | { readonly [key: string]: Yaml };

/** The three texts, by their file names. */
export function wingetManifest(made: WingetPackage): Record<string, string> {
  const { version } = made;
  const common = { PackageIdentifier: IDENTIFIER, PackageVersion: version };
  const file = (type: 'version' | 'installer' | 'defaultLocale', content: { [key: string]: Yaml }) =>
    [
      `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${SCHEMA}.schema.json`,
      ...linesOf({ ...common, ...content, ManifestType: type, ManifestVersion: SCHEMA }),
      '',
    ].join('\n');
  return {
    [`${IDENTIFIER}.yaml`]: file('version', { DefaultLocale: LOCALE }),
    [`${IDENTIFIER}.installer.yaml`]: file('installer', installers(made)),
    [`${IDENTIFIER}.locale.${LOCALE}.yaml`]: file('defaultLocale', locale),
  };
}

function installers({ baseUrl, user, machine, releaseDate }: WingetPackage): { [key: string]: Yaml } {
  return {
    Platform: ['Windows.Desktop'],
    // The oldest that the Node inside runs on.
    MinimumOSVersion: '10.0.0.0',
    InstallerType: 'msi',
    InstallModes: ['silent', 'silentWithProgress'],
    InstallerSwitches: {
      Silent: '/qn /norestart',
      SilentWithProgress: '/qb! /norestart',
      Log: '/l*v "<LOGPATH>"',
    },
    UpgradeBehavior: 'install',
    Protocols: ['signin-rescue'],
    ReleaseDate: releaseDate,
    Installers: [
      installer('user', baseUrl, user),
      { ...installer('machine', baseUrl, machine), ElevationRequirement: 'elevationRequired' },
    ],
  };
}

function installer(scope: 'user' | 'machine', baseUrl: string, made: WingetInstaller) {
  const { file, sha256, productCode, upgradeCode } = made;
  return {
    Architecture: 'x64',
    Scope: scope,
    InstallerUrl: new URL(encodeURIComponent(file), `${baseUrl.replace(/\/+$/, '')}/`).href,
    InstallerSha256: sha256.toUpperCase(),
    ProductCode: productCode,
    // By these it is known again where something else installed it.
    AppsAndFeaturesEntries: [
      { DisplayName: NAME, Publisher: NAME, ProductCode: productCode, UpgradeCode: upgradeCode },
    ],
  };
}

const locale = {
  PackageLocale: LOCALE,
  Publisher: NAME,
  PackageName: NAME,
  License: 'MIT',
  ShortDescription: 'The helper of the browser extension that repairs Microsoft 365 sign-in on this PC.',
  Description:
    'When Microsoft 365 will not let you sign in, Signin Rescue says what is wrong and who can fix it. What can be repaired on the PC it repairs with one click, tests sign-in after every step, and can undo. Nothing is sent anywhere.',
  Moniker: 'signin-rescue',
  Tags: ['microsoft-365', 'office-365', 'onedrive', 'entra-id', 'sign-in', 'troubleshooting'],
} as const;

const pad = (lines: readonly string[], by: string) => lines.map((line) => `${by}${line}`);

/** Block style. Texts are quoted as in JSON, which YAML 1.2 reads the same: no text is taken for a number or a date. */
function linesOf(value: Yaml): string[] {
  if (typeof value === 'string') return [JSON.stringify(value)];
  if (isList(value)) {
    return value.flatMap((each) => {
      const [first = '', ...rest] = linesOf(each);
      return [`- ${first}`, ...pad(rest, '  ')];
    });
  }
  return Object.entries(value).flatMap(([key, each]) =>
    typeof each === 'string' ? [`${key}: ${JSON.stringify(each)}`] : [`${key}:`, ...pad(linesOf(each), '  ')],
  );
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);
