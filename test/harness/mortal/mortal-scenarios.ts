/** PCs on which a run may die at any moment: one for each way in which a remedy changes something. */
import type { RemedyId } from '../../../common/remedies.ts';
import type { PcInput } from '../test-pc.ts';

export interface Scenario {
  name: string;
  code: string;
  only: readonly RemedyId[];
  pc: PcInput;
  /** Ids of items that the plan leaves unticked and the person ticks. */
  alsoTicked?: true;
}

const LOCAL = 'C:\\Users\\ada\\AppData\\Local\\Microsoft';
const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
const ACCOUNT = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';
const FOLDER = 'C:\\Users\\ada\\OneDrive - Contoso';

const text = (value: string) => ({ type: 'REG_SZ', value }) as const;
const linked = {
  [ACCOUNT]: { UserEmail: text('ada@contoso.example'), UserFolder: text(FOLDER) },
};
const oneDrive = { pid: 7008, image: 'OneDrive.exe' };

/** Two that may be removed among three that must survive. */
const credentials = (stale: boolean): PcInput['credentials'] => [
  { target: 'git:https://git.contoso.example', secret: 'survives' },
  { target: 'OneDrive Cached Credential', user: 'ada', secret: 'old 0', stale },
  { target: 'MicrosoftOffice16_Data:SSPI:ada', user: 'ada', secret: 'old 1', stale },
  { target: 'MicrosoftAccount:target=SSO_POP_Device', secret: 'survives' },
  { target: 'MicrosoftOffice16_Data:domain', type: 'domain-password' },
];

export const storedEntries: Scenario = {
  name: 'stored entries',
  code: 'AADSTS50173',
  only: ['purge-credentials'],
  pc: { credentials: credentials(true) },
};

export const entriesAndReset: Scenario = {
  name: 'stored entries, then a reset',
  code: 'AADSTS50173',
  only: ['purge-credentials', 'reset-onedrive'],
  pc: {
    credentials: credentials(false),
    oneDrive: { installed: 'per-user', stale: true },
    processes: [oneDrive],
    registry: { HKCU: linked },
    signIn: { cause: 'onedrive-state', code: 'AADSTS50173' },
  },
};

/** Odd types and an empty key among what is remembered, beside a setting of the organisation that stays. */
const remembered: Scenario = {
  name: 'remembered accounts, with an app open',
  code: 'AADSTS50020',
  only: ['clear-identity-cache'],
  alsoTicked: true,
  pc: {
    registry: {
      HKCU: {
        [IDENTITY]: { EnableADAL: { type: 'REG_DWORD', value: 1 }, SignedOutADUser: text('ada') },
        [`${IDENTITY}\\Identities\\ada_AD`]: {
          EmailAddress: text('ada@contoso.example'),
          Odd: { type: 0x7fff0001, data: 'AAEC' },
          '': text('default'),
        },
        [`${IDENTITY}\\Identities\\ada_AD\\Empty`]: {},
        [`${IDENTITY}\\Profiles`]: { Big: { type: 'REG_BINARY', value: 'AAECAwQ=' } },
        'Software\\Microsoft\\Office\\16.0\\Common\\Other': { Keep: text('survives') },
      },
    },
    files: [
      `${LOCAL}\\OneAuth\\accounts\\1.json`,
      `${LOCAL}\\OneAuth\\deep\\er\\2.bin`,
      `${LOCAL}\\IdentityCache\\1\\UD\\x`,
      `${LOCAL}\\Other\\survives.txt`,
    ],
    processes: [{ pid: 8000, image: 'WINWORD.EXE', onClose: 'exits' }],
    signIn: { cause: 'identity-cache', code: 'AADSTS50020' },
  },
};

const beforeSignIn: Scenario = {
  name: 'OneDrive’s settings from before its sign-in',
  code: '0x8004de96',
  only: ['clear-identity-cache'],
  pc: {
    files: [`${LOCAL}\\OneDrive\\settings\\PreSignInSettingsConfig.json`, `${FOLDER}\\Budget.xlsx`],
    oneDrive: { installed: 'per-user' },
    processes: [oneDrive],
    registry: { HKCU: linked },
    signIn: { cause: 'none', code: '0x8004de96' },
  },
};

const relink: Scenario = {
  name: 'linking anew',
  code: '0x8004de80',
  only: ['relink-onedrive'],
  pc: {
    oneDrive: { installed: 'per-user', stale: true, setup: 'confirms' },
    processes: [oneDrive],
    registry: { HKCU: linked },
    files: [`${FOLDER}\\Budget.xlsx`],
    signIn: { cause: 'onedrive-state', code: '0x8004de80' },
  },
};

const tools: Scenario = {
  name: 'Windows’ own tools, then stored entries',
  code: 'AADSTS81010',
  only: ['flush-dns', 'purge-kerberos', 'refresh-device-token', 'restart-onedrive', 'purge-credentials'],
  pc: {
    credentials: credentials(true),
    oneDrive: { installed: 'per-user' },
    processes: [oneDrive],
    registry: {
      HKCU: linked,
      HKLM: { 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\0A1B': {} },
    },
    signIn: { cause: 'stale-credentials', code: 'AADSTS81010' },
  },
};

const guided: Scenario = {
  name: 'a guide between two repairs',
  code: 'AADSTS50173',
  only: ['flush-dns', 'check-clock', 'purge-credentials'],
  pc: { credentials: credentials(true) },
};

export const scenarios: readonly Scenario[] = [
  storedEntries,
  entriesAndReset,
  remembered,
  beforeSignIn,
  relink,
  tools,
  guided,
];
