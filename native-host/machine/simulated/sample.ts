/** A believable PC whose sign-in fails because of stale entries in Credential Manager. */
import * as v from 'valibot';
import type { SimulatedCredentialSchema } from './credential-schema.ts';
import { createSimulatedPc } from './pc-file.ts';
import type { SimulatedValues } from './registry-schema.ts';
import { type SimulatedPc, type SimulatedPcInput, SimulatedPcSchema } from './schema.ts';

type Credential = v.InferInput<typeof SimulatedCredentialSchema>;

const USER = 'ada@contoso.example';
const TENANT = '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11';
const ACCOUNT = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';
const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
const PERSON = 'c1f0a6be-8d24-4b57-9f6e-3a7d5e2b9c84';
const NETWORK =
  'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkList\\Profiles\\{4E1F7A52-90C3-4D1B-8E26-5B7A0C9D3F18}';
const LOCAL = 'C:\\Users\\ada\\AppData\\Local\\Microsoft';
const ONEDRIVE = 'C:\\Users\\ada\\OneDrive - Contoso';
const DAY = 86_400_000;
/** Counted from when this program was started, so that the sample is the same each time it is asked for. */
const yesterday = new Date(Date.now() - DAY);

const base64 = (text: string) => Buffer.from(text).toString('base64');
const text = (value: string) => ({ type: 'REG_SZ', value }) as const;
const number = (value: number) => ({ type: 'REG_DWORD', value }) as const;

/** A SYSTEMTIME in local time, as the list of networks has them. */
function systemTime(time: Date) {
  const parts = [
    time.getFullYear(),
    time.getMonth() + 1,
    time.getDay(),
    time.getDate(),
    time.getHours(),
    time.getMinutes(),
    time.getSeconds(),
    time.getMilliseconds(),
  ];
  const bytes = Buffer.alloc(16);
  for (const [index, part] of parts.entries()) bytes.writeUInt16LE(part, index * 2);
  return { type: 'REG_BINARY', value: bytes.toString('base64') } as const;
}

/** Stored by OneDrive and Office when the password was still the old one. */
const stale: Credential[] = [
  {
    target: 'OneDrive Cached Credential Business - Business1',
    user: USER,
    lastWritten: '2026-03-02T08:14:31.000Z',
    secret: { base64: base64('\u0001\u0000\u0000\u0000stale OneDrive token') },
    attributes: [{ keyword: 'Microsoft_OneDrive_CredentialCount', value: base64('1') }],
    stale: true,
  },
  {
    target: 'MicrosoftOffice16_Data:ADAL:5c3f7a9e-61d2-4f0b-8a7e-0d9b1c2e3f40',
    user: USER,
    lastWritten: '2026-03-02T08:15:02.000Z',
    secret: 'stale refresh token',
    stale: true,
  },
  {
    target: `MicrosoftOffice16_Data:SSPI:${USER}`,
    user: USER,
    persist: 3,
    lastWritten: '2026-03-02T08:15:04.000Z',
    secret: 'stale password',
    stale: true,
  },
];

/** Nobody's business but their owners'. */
const unrelated: Credential[] = [
  {
    target: 'WindowsLive:target=virtualapp/didlogical',
    user: '02kcsdmbqxpvwhyz',
    comment: 'PersistedCredential',
    lastWritten: '2026-01-15T07:00:00.000Z',
    secret: 'device identity',
  },
  {
    target: 'MicrosoftAccount:target=SSO_POP_Device',
    user: '02kcsdmbqxpvwhyz',
    persist: 1,
    lastWritten: '2026-05-04T06:58:12.000Z',
    secret: 'device proof of possession',
  },
  {
    target: 'git:https://git.contoso.example',
    user: 'ada',
    persist: 3,
    lastWritten: '2026-02-20T15:41:00.000Z',
    secret: 'a token for git',
  },
  {
    target: 'vscodevscode.github-authentication/github.auth',
    user: 'github.auth',
    persist: 3,
    lastWritten: '2026-04-11T09:30:45.000Z',
    secret: '[{"id":"1"}]',
  },
  {
    target: 'files.contoso.example',
    type: 'domain-password',
    user: 'CONTOSO\\ada',
    persist: 3,
    lastWritten: '2025-11-03T10:02:17.000Z',
  },
];

/** What Office keeps of the person who signed in; EnableADAL is an administrator's. */
const identity: Record<string, SimulatedValues> = {
  [IDENTITY]: { EnableADAL: number(1), Version: number(1) },
  [`${IDENTITY}\\Identities\\${PERSON}_ADAL`]: {
    EmailAddress: text(USER),
    FriendlyName: text('Ada Lovelace'),
    ProviderId: text('ADAL'),
    Persisted: number(1),
  },
  [`${IDENTITY}\\Profiles\\${PERSON}_ADAL`]: { SignedIn: number(1), TenantId: text(TENANT) },
};

const network: Record<string, SimulatedValues> = {
  [NETWORK]: {
    ProfileName: text('Contoso-WLAN'),
    Description: text('Contoso-WLAN'),
    Category: number(1),
    Managed: number(0),
    // Wireless.
    NameType: number(71),
    DateCreated: systemTime(new Date(yesterday.getTime() - 300 * DAY)),
    DateLastConnected: systemTime(yesterday),
  },
};

const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
/** With which web pages are opened. */
const browserChoice = 'Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\https\\UserChoice';
const browser: Record<string, SimulatedValues> = {
  'SOFTWARE\\Classes\\MSEdgeHTM\\shell\\open\\command': { '': text(`"${EDGE}" --single-argument %1`) },
};

const files: SimulatedPcInput['files'] = [
  EDGE,
  { path: `${ONEDRIVE}\\Budget 2026.xlsx`, size: 48_128 },
  { path: `${ONEDRIVE}\\Notes\\Meeting.docx`, size: 21_504 },
  { path: `${ONEDRIVE}\\Archive\\Budget 2024.xlsx`, size: 45_056, onlineOnly: true },
  { path: `${ONEDRIVE}\\Archive\\Photos.zip`, size: 734_003_200, onlineOnly: true },
  `${LOCAL}\\OneAuth\\accounts\\${PERSON}`,
  `${LOCAL}\\OneAuth\\blobs\\5f0e1d7c.bin`,
  `${LOCAL}\\IdentityCache\\1\\UD\\accounts.bin`,
];

/** The sample: AADSTS50173 until the three stale entries are gone; OneDrive runs and is linked to Contoso. */
export function samplePc(): SimulatedPc {
  return v.parse(SimulatedPcSchema, {
    credentials: [...unrelated.slice(0, 2), ...stale, ...unrelated.slice(2)],
    registry: {
      HKCU: {
        'Software\\Microsoft\\OneDrive': { Version: text('26.026.0209.0004'), ClientEverSignedIn: number(1) },
        [ACCOUNT]: {
          UserEmail: text(USER),
          UserFolder: text(ONEDRIVE),
          ConfiguredTenantId: text(TENANT),
          ClientFirstSignInTimestamp: { type: 'REG_QWORD', value: 1_741_075_200 },
        },
        [browserChoice]: { ProgId: text('MSEdgeHTM') },
        ...identity,
      },
      HKLM: { ...network, ...browser },
    },
    files,
    processes: [
      { pid: 4312, image: 'explorer.exe' },
      { pid: 7008, image: 'OneDrive.exe' },
      { pid: 9120, image: 'msedge.exe' },
    ],
    oneDrive: { installed: 'per-user' },
    adapters: [
      { name: 'Wi-Fi', description: 'Intel(R) Wi-Fi 6E AX211 160MHz', mtu: 1500, defaultRoute: true },
    ],
    signIn: { code: 'AADSTS50173', cause: 'stale-credentials' },
  } satisfies SimulatedPcInput);
}

/** Writes the sample when there is no such file; says whether it did. */
export function ensureSamplePc(file: string): Promise<boolean> {
  return createSimulatedPc(file, samplePc());
}
