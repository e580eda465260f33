import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../common/failures/index.ts';
import { type Finding, finding } from '../../../common/findings.ts';
import { gatherEvidence, reachable } from '../../../native-host/checks/evidence.ts';
import { garbageServer, httpsServer, silentServer } from '../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { makeCertificates } from '../../stand-in/certificate.ts';
import { dword, linked, sz } from './look.ts';

const FOLDER = 'C:\\Users\\ada\\OneDrive - Contoso';
const pc: PcInput = {
  registry: linked({ Business1: ['ada@contoso.example', FOLDER] }),
  files: [{ path: `${FOLDER}\\a.txt`, onlineOnly: true }],
};

async function gather(code: string, on: PcInput = pc, seenAt?: string, signal?: AbortSignal) {
  const { machine } = await testPc(on);
  const meaning = describeFailure(code);
  const failure = { code, category: meaning.category, time: '2026-11-22T14:30:00.000Z' };
  return gatherEvidence(machine, seenAt === undefined ? failure : { ...failure, seenAt }, meaning, signal);
}

const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
const always = ['vpn', 'network-change', 'windows-update', 'device', 'onedrive'];
/** What may stand between this PC and Microsoft. */
const way = ['tls-settings', 'proxy', 'clock', 'windows-connection:login.microsoftonline.com', 'stacks'];
const server = 'endpoints:login.microsoftonline.com';
const files = 'onedrive-files:online-only:Business1';

describe('the evidence for a plan', () => {
  it.each([
    ['a policy', 'AADSTS53003', always],
    ['a page that is too old', 'AADSTS50089', always],
    ['the network', 'net::ERR_NAME_NOT_RESOLVED', [server, ...always, ...way]],
    ['what nobody knows', 'AADSTS59999', [server, ...always, ...way]],
    ['what may need a reset of OneDrive', 'AADSTS50173', [server, ...always, files, ...way]],
    ['OneDrive’s connection', '0x8004de40', [server, ...always, files, ...way]],
    ['an account, told by OneDrive', '0x8004deef', [server, ...always, files, ...way]],
    ['a code that OneDrive passes on', '0x8007016a', [server, ...always, files, ...way]],
    ['Windows’ own connection', '0x80072ee7', [server, ...always, ...way]],
  ])('for %s is what it asks for, and no more', async (_, code, expected) => {
    expect(ids(await gather(code))).toEqual(expected);
  });

  it.each([
    ['login.microsoftonline.us', 'login.microsoftonline.us'],
    ['portal.office365.us', 'login.microsoftonline.us'],
    ['login.live.com', 'login.live.com'],
    ['portal.partner.microsoftonline.cn', 'login.partner.microsoftonline.cn'],
    ['contoso.sharepoint.com', 'login.microsoftonline.com'],
  ])('of a failure at %s asks %s', async (seenAt, host) => {
    expect(ids(await gather('0x8004de40', pc, seenAt))).toContain(`endpoints:${host}`);
  });

  it('has files in the cloud as a fault when that server cannot be reached, and only then', async () => {
    const cut = {
      ...pc,
      network: { hosts: { 'login.microsoftonline.com': { fault: 'tls-failed' as const } } },
    };
    expect(ids(await gather('0x8004de40', cut))).toEqual([
      server,
      ...always,
      'onedrive-files:offline',
      files,
      ...way,
    ]);
    const blind = { ...pc, faults: [{ operation: 'route' as const, problem: 'access-denied' as const }] };
    expect(ids(await gather('0x8004de40', blind))).toEqual([server, ...always, files, ...way]);
  });

  it('has Microsoft within reach where Windows gets there by a proxy, and the plain way as a warning', async () => {
    const SETTINGS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
    const { HKCU } = { ...pc.registry };
    const byProxy: PcInput = {
      ...pc,
      registry: {
        HKCU: { ...HKCU, [SETTINGS]: { ProxyEnable: dword(1), ProxyServer: sz('proxy.example:80') } },
      },
      network: {
        hosts: { 'login.microsoftonline.com': { fault: 'connection-failed' } },
        windows: { 'login.microsoftonline.com': { end: 'answered' } },
      },
    };
    const findings = await gather('0x8004de40', byProxy);
    expect(ids(findings)).not.toContain('onedrive-files:offline');
    const said = new Map(findings.map(({ id, level, meaning }) => [id, `${level} ${meaning}`]));
    expect(said.get(server)).toBe('warning connection-failed');
    expect(said.get('stacks:login.microsoftonline.com')).toBe('warning windows-only');
  });

  it('asks the server once, for all that looks at it', async () => {
    const certificates = await makeCertificates(['login.microsoftonline.com']);
    let asked = 0;
    const connectTo = await httpsServer(certificates, (_, response) => {
      asked += 1;
      response.end();
    });
    const hosts = { 'login.microsoftonline.com': { connectTo, ca: certificates.ca } };
    const findings = await gather('0x8004de40', { ...pc, network: { hosts } });
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({ meaning: 'right' });
    expect(asked).toBe(1);
  });

  it('does not call a server that answers nonsense out of reach', async () => {
    const certificates = await makeCertificates(['login.microsoftonline.com']);
    const connectTo = await garbageServer(certificates, 'this is not HTTP\r\n\r\n');
    const hosts = { 'login.microsoftonline.com': { connectTo, ca: certificates.ca } };
    const findings = await gather('0x8004de40', { ...pc, network: { hosts } });
    expect(findings.find(({ id }) => id === server)).toMatchObject({ meaning: 'http-failed' });
    expect(ids(findings)).toEqual([server, ...always, files, ...way]);
  });

  it.each([
    ['ok', 'reachable', true],
    ['warning', 'private-address', true],
    ['warning', 'connection-failed', undefined],
    ['fault', 'connection-failed', false],
    ['fault', 'certificate-unknown', false],
    ['fault', 'http-failed', undefined],
    ['unknown', 'not-looked', undefined],
  ] as const)('takes a server that is %s, %s, as reachable: %s', (level, meaning, expected) => {
    expect(reachable(finding({ check: 'endpoints', level, meaning, subject: '', took: 0 }))).toBe(expected);
  });

  it('ends when it is cancelled, though the server is silent', async () => {
    const hosts = { 'login.microsoftonline.com': { connectTo: await silentServer() } };
    const findings = await gather(
      '0x8004de40',
      { ...pc, network: { hosts } },
      undefined,
      AbortSignal.abort(),
    );
    expect(findings.find(({ id }) => id === server)).toMatchObject({ evidence: { error: 'cancelled' } });
    expect(findings.filter(({ meaning }) => meaning === 'not-looked')).toHaveLength(
      always.length + 3 + way.length,
    );
  });
});
