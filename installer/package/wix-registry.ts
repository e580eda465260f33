/** What an MSI writes into the registry, as elements of its source. */
import { HOST_NAME } from '../../common/identity.ts';
import { browsers } from '../../native-host/registration/browsers.ts';
import { element } from '../xml.ts';
import type { Product } from './product.ts';
import type { Scope } from './wix.ts';

/** Where this scope's values are. */
export const rootOf = (scope: Scope) => (scope === 'user' ? 'HKCU' : 'HKLM');

interface Value {
  key: string;
  /** None is the key's default value. */
  name?: string;
  type?: 'string' | 'integer';
  value: string;
}

function values(scope: Scope, list: readonly Value[]): string[] {
  return list.map(({ key, name, type = 'string', value }, index) =>
    element('RegistryValue', {
      ...{ Root: rootOf(scope), Key: key, ...(name === undefined ? {} : { Name: name }) },
      ...{ Type: type, Value: value },
      // By the first one Windows Installer knows whether the part is there, when it repairs.
      ...(index === 0 ? { KeyPath: 'yes' } : {}),
    }),
  );
}

/** By which each browser finds the host: the manifest of its family, as the default value of a key of its own. */
export function browserValues(scope: Scope): string[] {
  const manifests = { chromium: '[#ChromiumManifest]', firefox: '[#FirefoxManifest]' };
  return values(
    scope,
    browsers.map(({ vendor, family }) => ({
      key: `Software\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`,
      value: manifests[family],
    })),
  );
}

const APP_PATHS = 'Software\\Microsoft\\Windows\\CurrentVersion\\App Paths\\signin-rescue.exe';
const SCHEME = 'Software\\Classes\\signin-rescue';

/**
 * Where we are, the program's name for Win+R, and our links. What a link holds comes behind `--`, where none of it is an
 * option (https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/platform-apis/aa767914(v=vs.85)).
 */
export function ownValues({ name, version }: Product, scope: Scope): string[] {
  const own = `Software\\${name}`;
  return values(scope, [
    { key: own, name: 'Location', value: '[INSTALLDIR]' },
    { key: own, name: 'Version', value: version },
    { key: APP_PATHS, value: '[#Executable]' },
    { key: SCHEME, value: `URL:${name}` },
    { key: SCHEME, name: 'URL Protocol', value: '' },
    { key: `${SCHEME}\\DefaultIcon`, value: '[#Executable],0' },
    { key: `${SCHEME}\\shell\\open\\command`, value: '"[#Executable]" open -- "%1"' },
  ]);
}

/**
 * The event log's source. EventCreate.exe is part of Windows and has a text for each event from 1 to 1000, which is the
 * event's own (https://learn.microsoft.com/windows-server/administration/windows-commands/eventcreate).
 */
export function eventValues(): string[] {
  const key = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Signin Rescue';
  return values('machine', [
    { key, name: 'EventMessageFile', value: '[%SystemRoot]\\System32\\EventCreate.exe' },
    // Errors, warnings, information.
    { key, name: 'TypesSupported', type: 'integer', value: '7' },
  ]);
}
