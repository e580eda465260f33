/** A believable PC whose sign-in fails because of stale entries in Credential Manager. */
import * as v from 'valibot';
import { createSimulatedPc } from './pc-file.ts';
import {
  type SimulatedCredentialSchema,
  type SimulatedPc,
  type SimulatedPcInput,
  SimulatedPcSchema,
} from './schema.ts';

type Credential = v.InferInput<typeof SimulatedCredentialSchema>;

const USER = 'ada@contoso.example';
const TENANT = '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11';
const ACCOUNT = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const text = (value: string) => ({ type: 'REG_SZ', value }) as const;

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

/** The sample: AADSTS50173 until the three stale entries are gone; OneDrive runs and is linked to Contoso. */
export function samplePc(): SimulatedPc {
  return v.parse(SimulatedPcSchema, {
    credentials: [...unrelated.slice(0, 2), ...stale, ...unrelated.slice(2)],
    registry: {
      HKCU: {
        'Software\\Microsoft\\OneDrive': {
          Version: text('26.026.0209.0004'),
          ClientEverSignedIn: { type: 'REG_DWORD', value: 1 },
        },
        [ACCOUNT]: {
          UserEmail: text(USER),
          UserFolder: text('C:\\Users\\ada\\OneDrive - Contoso'),
          ConfiguredTenantId: text(TENANT),
        },
      },
    },
    files: ['C:\\Users\\ada\\OneDrive - Contoso\\Budget 2026.xlsx'],
    processes: [
      { pid: 4312, image: 'explorer.exe' },
      { pid: 7008, image: 'OneDrive.exe' },
      { pid: 9120, image: 'msedge.exe' },
    ],
    oneDrive: { installed: 'per-user' },
    signIn: { code: 'AADSTS50173', cause: 'stale-credentials' },
  } satisfies SimulatedPcInput);
}

/** Writes the sample when there is no such file; says whether it did. */
export function ensureSamplePc(file: string): Promise<boolean> {
  return createSimulatedPc(file, samplePc());
}
