/** What registrations are made of, for tests: values of a registry, and real files that they lead to. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HOST_NAME } from '../../../common/identity.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { hostManifest } from '../../../native-host/registration/manifest.ts';
import type { PcInput } from '../test-pc.ts';

type Values = NonNullable<NonNullable<PcInput['registry']>['HKCU']>[string];

export const text = (value: string) => ({ type: 'REG_SZ', value }) as const;
export const number = (value: number) => ({ type: 'REG_DWORD', value }) as const;

/** A key with the way to a manifest in its default value. */
export const leads = (vendor: string, file: string, software = 'Software'): Record<string, Values> => ({
  [hostsKey(vendor, software)]: { '': text(file) },
});

export const hostsKey = (vendor: string, software = 'Software') =>
  `${software}\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`;

/** A file, and the folders above it. Gives its path. */
export function written(path: string, content: string, mode = 0o644): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** A program that runs a command. */
export function program(folder: string, command: readonly string[], name = 'host'): string {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return written(join(folder, name), `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, 0o755);
}

/** A manifest that leads to a program, with something changed in it; undefined leaves a key out. */
export function manifestText(family: BrowserFamily, path: string, change: object = {}): string {
  return JSON.stringify({ ...JSON.parse(hostManifest(family, path)), ...change });
}
