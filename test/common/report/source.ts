/** What a report is made of, with all that a person would not want to hand on. Names are made up. */
import en from '../../../common/_locales/en/messages.json' with { type: 'json' };
import { describeFailure, meaningWords } from '../../../common/failures/index.ts';
import type { Finding } from '../../../common/findings.ts';
import type { Failure } from '../../../common/plan.ts';
import type { ReportSource, Wording } from '../../../common/report/make.ts';
import type { Run, RunStep } from '../../../common/run.ts';
import { fill, type Say } from '../../../common/text.ts';
import { found } from '../../fixtures/found.ts';

export const say: Say = (key, ...values) => fill(en[key].message, values, 'en');

export const wording: Wording = {
  say,
  meaning: (code) => {
    const meaning = describeFailure(code);
    return { ...meaningWords(meaning, say), source: meaning.source };
  },
};

export const failure: Failure = {
  code: 'AADSTS50173',
  category: 'local',
  seenAt: 'sts.contoso.example',
  tenant: '11111111-2222-4333-8444-555555555555',
  correlationId: '5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
  requestId: '9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00',
  time: '2026-11-22T09:41:07.000Z',
};

const proxy = found('fault', 'proxy', 'unreachable', {
  subject: 'proxy.contoso.example:3128',
  evidence: {
    error: 'ETIMEDOUT',
    winInet: 'http://wpad.contoso.example/proxy.pac',
    winHttp: '***@backup:8080',
    autoDetect: 'off',
    hosts: 'login.microsoftonline.com, contoso-my.sharepoint.com',
    way: 'proxy.contoso.example:3128; DIRECT',
  },
});

const server = found('fault', 'endpoints', 'connection-failed', {
  subject: 'contoso-my.sharepoint.com',
  evidence: { error: 'no way by Contoso VPN', address: '10.1.2.3' },
});

export const findings: Finding[] = [
  found('ok', 'endpoints', 'reachable', {
    subject: 'login.microsoftonline.com',
    evidence: { address: '20.190.160.1', status: 200 },
  }),
  server,
  proxy,
  found('warning', 'vpn', 'connected', {
    subject: 'Contoso VPN',
    evidence: { driver: 'WireGuard Tunnel', mtu: 1280 },
  }),
  found('warning', 'network-change', 'recent', { subject: 'JanesHome-5G', amount: 4 }),
  found('fault', 'mtu', 'large-packets-lost', { evidence: { adapter: 'Ethernet zu Hause', mtu: 1500 } }),
  found('ok', 'names', 'fine', { evidence: { servers: '192.168.7.1, fd12:3456::1, 9.9.9.9' } }),
  found('fault', 'internet', 'captive-portal', {
    evidence: { status: 302, location: 'https://portal.hotel.example/login' },
  }),
  found('ok', 'onedrive', 'linked', { subject: 'j***@contoso.example (Business1)' }),
  found('ok', 'onedrive-files', 'clear', { subject: 'OneDrive - Contoso Ltd' }),
  found('unknown', 'device', 'not-looked', { evidence: { error: 'access-denied' } }),
];

const step = { done: 1, total: 2, skipped: [], undo: 'full', canUndo: false } satisfies Partial<RunStep>;

export const run: Run = {
  id: 'run-1',
  revision: 7,
  failure,
  status: 'not-fixed',
  steps: [
    {
      ...step,
      remedy: 'purge-credentials',
      status: 'failed',
      activity: { id: 'removing', subject: 'MicrosoftOffice16_Data:SSPI:jane.doe@contoso.example' },
      problem: {
        kind: 'access-denied',
        detail: String.raw`C:\Users\JaneD\AppData\Local\Microsoft\OneDrive, asked by CONTOSO\jane.doe`,
      },
      skipped: [{ label: 'MicrosoftAccount:user=jane@outlook.com', because: 'changed' }],
    },
    {
      ...step,
      remedy: 'reset-onedrive',
      status: 'done',
      verification: {
        outcome: 'fails',
        code: 'AADSTS50173',
        proofs: [{ proof: 'onedrive-file', outcome: 'works', subject: 'Salaries 2027.xlsx' }],
      },
    },
  ],
  startedAt: '2026-11-22T09:42:00.000Z',
  endedAt: '2026-11-22T09:43:24.000Z',
  canUndo: true,
  damaged: 0,
  undone: {
    restored: 3,
    already: 1,
    conflicts: [{ id: 'c-0', label: String.raw`C:\Users\JaneD\OneDrive - Contoso Ltd\Salaries 2027.xlsx` }],
    impossible: [{ label: 'OneDrive Cached Credential Business - Business1', why: 'backup-missing' }],
  },
};

export const source: ReportSource = {
  failures: [failure],
  check: {
    scope: 'all',
    state: 'done',
    startedAt: '2026-11-22T09:44:00.000Z',
    took: 2840,
    findings,
    diagnosis: { cause: proxy.id, because: [server.id], who: 'network', codes: ['0x8004de40'] },
  },
  runs: [run],
  rules: [
    { remedy: 'relink-onedrive', rule: 'off' },
    { remedy: 'reset-onedrive', rule: 'approval' },
    { remedy: 'flush-dns', rule: 'approval', until: '2026-11-22T18:00:00.000Z' },
  ],
  recurrences: [{ code: 'AADSTS50173', count: 4, pattern: 'vpn', helped: ['reset-onedrive'] }],
  versions: {
    extension: '0.1.0',
    helper: '0.1.0',
    protocol: 3,
    browser: 'Edg/142.0.0.0',
    platform: 'Windows NT 10.0; Win64; x64',
  },
  simulated: false,
  madeAt: '2026-11-22T09:45:00.000Z',
};
