import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { productOf } from '../../installer/package/product.ts';
import { codesOf } from '../../installer/package/wix.ts';
import { wingetManifest } from '../../installer/winget.ts';
import { readBlock } from './block-yaml.ts';

/** The rules of winget's published schemas, 1.10.0, for the fields that we write; unknown fields are refused. */
const version = v.pipe(v.string(), v.regex(/^[^\\/:*?"<>|]+$/), v.maxLength(128));
const url = v.pipe(v.string(), v.regex(/^https:\/\/.+$/), v.maxLength(2048));
const between = (least: number, most: number) => v.pipe(v.string(), v.minLength(least), v.maxLength(most));
const hash = v.pipe(v.string(), v.regex(/^[A-F\d]{64}$/));
const windows = v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d{0,4})(?:\.(?:0|[1-9]\d{0,4})){0,3}$/));
const part = '[^.\\s\\\\/:*?"<>|]{1,32}';
const common = {
  PackageIdentifier: v.pipe(
    v.string(),
    v.regex(new RegExp(`^${part}(?:\\.${part}){1,7}$`)),
    v.maxLength(128),
  ),
  PackageVersion: version,
  ManifestVersion: v.literal('1.10.0'),
};
const language = v.pipe(v.string(), v.regex(/^[a-zA-Z]{2,3}(?:-[a-zA-Z]{1,8})*$/), v.maxLength(20));

const InstallerSchema = v.strictObject({
  Architecture: v.picklist(['x86', 'x64', 'arm', 'arm64', 'neutral']),
  Scope: v.picklist(['user', 'machine']),
  InstallerUrl: url,
  InstallerSha256: hash,
  ProductCode: between(1, 255),
  ElevationRequirement: v.optional(v.picklist(['elevationRequired', 'elevationProhibited', 'elevatesSelf'])),
  AppsAndFeaturesEntries: v.array(
    v.strictObject({
      DisplayName: between(1, 256),
      Publisher: between(1, 256),
      ProductCode: between(1, 255),
      UpgradeCode: between(1, 255),
    }),
  ),
});

const schemas = {
  'SigninRescue.SigninRescue.yaml': v.strictObject({
    ...common,
    DefaultLocale: language,
    ManifestType: v.literal('version'),
  }),
  'SigninRescue.SigninRescue.installer.yaml': v.strictObject({
    ...common,
    Platform: v.array(v.picklist(['Windows.Desktop', 'Windows.Universal'])),
    MinimumOSVersion: windows,
    InstallerType: v.picklist(['msi', 'wix']),
    InstallModes: v.array(v.picklist(['interactive', 'silent', 'silentWithProgress'])),
    InstallerSwitches: v.record(v.picklist(['Silent', 'SilentWithProgress', 'Log']), between(1, 512)),
    UpgradeBehavior: v.picklist(['install', 'uninstallPrevious', 'deny']),
    Protocols: v.pipe(v.array(between(1, 2048)), v.maxLength(64)),
    ReleaseDate: v.pipe(v.string(), v.isoDate()),
    Installers: v.pipe(v.array(InstallerSchema), v.minLength(1)),
    ManifestType: v.literal('installer'),
  }),
  'SigninRescue.SigninRescue.locale.en-US.yaml': v.strictObject({
    ...common,
    PackageLocale: language,
    Publisher: between(2, 256),
    PackageName: between(2, 256),
    License: between(3, 512),
    ShortDescription: between(3, 256),
    Description: between(3, 10_000),
    Moniker: between(1, 40),
    Tags: v.pipe(v.array(between(1, 40)), v.maxLength(16)),
    ManifestType: v.literal('defaultLocale'),
  }),
};

const product = productOf('0.1.0');
const msi = (scope: 'user' | 'machine') => ({
  file: `signin-rescue ${scope}.msi`,
  sha256: (scope === 'user' ? 'ab' : 'CD').repeat(32),
  ...codesOf(product, scope),
});
const made = wingetManifest({
  version: product.version,
  baseUrl: 'https://downloads.example/v0.1.0/',
  user: msi('user'),
  machine: msi('machine'),
  releaseDate: '2026-11-23',
});

describe('the manifest for winget', () => {
  it('is these three files', () => {
    expect(Object.keys(made)).toEqual(Object.keys(schemas));
  });

  it.each(Object.entries(schemas))('%s is what winget’s schema wants', (name, schema) => {
    const text = made[name] ?? '';
    const { ManifestType } = v.parse(
      schema as v.GenericSchema<unknown, { ManifestType: string }>,
      readBlock(text),
    );
    expect(text).toContain(`$schema=https://aka.ms/winget-manifest.${ManifestType}.1.10.0.schema.json`);
  });

  it('names both packages, each with its own address, checksum and ids', () => {
    const text = made['SigninRescue.SigninRescue.installer.yaml'] ?? '';
    const { Installers } = v.parse(schemas['SigninRescue.SigninRescue.installer.yaml'], readBlock(text));
    expect(Installers.map(({ Scope }) => Scope)).toEqual(['user', 'machine']);
    for (const { Scope, AppsAndFeaturesEntries, ...rest } of Installers) {
      const { productCode: ProductCode, upgradeCode: UpgradeCode, sha256 } = msi(Scope);
      expect(rest).toMatchObject({
        ProductCode,
        InstallerSha256: sha256.toUpperCase(),
        InstallerUrl: `https://downloads.example/v0.1.0/signin-rescue%20${Scope}.msi`,
      });
      const { name: DisplayName, publisher: Publisher } = product;
      expect(AppsAndFeaturesEntries).toEqual([{ DisplayName, Publisher, ProductCode, UpgradeCode }]);
    }
  });
});
