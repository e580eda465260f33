import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../common/diagnosis.ts';
import { type CheckId, type Finding, finding, type MeaningOf } from '../../../common/findings.ts';
import { runChecks } from '../../../native-host/checks/index.ts';
import { weigh } from '../../../native-host/checks/weigh.ts';
import { windowsHosts } from '../../../native-host/checks/windows-connection.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { dword, sz } from './look.ts';

const HOST = 'login.microsoftonline.com';
const OTHER = 'graph.microsoft.com';

/** A finding by its check and meaning; a fault unless said. */
function told<C extends CheckId>(
  check: C,
  meaning: MeaningOf<C>,
  subject = '',
  rest: Partial<Pick<Finding, 'level' | 'evidence'>> = {},
): Finding {
  const id = `${check}:${subject || meaning}`;
  return finding({ id, check, meaning, subject, level: 'fault', took: 1, ...rest });
}
const proxy = (hosts = HOST, level: Finding['level'] = 'ok') =>
  told('proxy', 'used', 'proxy.example:8080', { level, evidence: { hosts } });
const works = (host = HOST) => told('windows-connection', 'works', host, { level: 'ok' });
const fails = (host = HOST) => told('windows-connection', 'connection-failed', host);
const blocked = (host = HOST) => told('endpoints', 'connection-timed-out', host);

/** What the first finding weighs beside the others, and what is said of the proxy. */
function weighed(...findings: Finding[]): string {
  const [first] = weigh(findings);
  const { byProxy } = { ...first?.evidence };
  return [first?.level, byProxy].filter(Boolean).join(' ');
}

describe('a plain connection that fails', () => {
  it.each<[string, Finding[], string]>([
    ['with nothing else known is a fault', [blocked()], 'fault'],
    ['without a proxy is a fault, though Windows gets through', [blocked(), works()], 'fault'],
    ['with a proxy is a fault where Windows fails too', [blocked(), proxy(), fails()], 'fault'],
    ['with a proxy is a fault where Windows was not asked', [blocked(), proxy()], 'fault'],
    [
      'to a host that Windows reaches by the proxy is a warning',
      [blocked(), proxy(), works()],
      'warning works',
    ],
    [
      'is a warning also where the proxy is a second choice',
      [blocked(), proxy(`x.example, ${HOST}`, 'warning'), works()],
      'warning works',
    ],
    [
      'to a host that goes past the proxy is a fault',
      [blocked(), proxy(OTHER), works(), works(OTHER)],
      'fault',
    ],
    [
      'because a filter shows its own certificate is a warning, too',
      [told('endpoints', 'certificate-unknown', HOST), proxy(), works()],
      'warning works',
    ],
    [
      'to a host that Windows was not asked for is a warning where all others work',
      [blocked(OTHER), proxy(), works()],
      'warning not-tried',
    ],
    [
      'to a host that Windows was not asked for is a fault where another fails',
      [blocked(OTHER), proxy(`${HOST}, x.example`), works(), fails('x.example')],
      'fault',
    ],
    [
      'is not made worse: a host that is not needed stays a warning',
      [told('endpoints', 'tls-failed', 'onedrive.live.com', { level: 'warning' }), proxy(), works()],
      'warning',
    ],
  ])('%s', (_, findings, expected) => {
    expect(weighed(...findings)).toBe(expected);
  });
});

describe('what was seen on the plain way', () => {
  const seen = [
    told('interception', 'inspected', 'Contoso'),
    told('internet', 'captive-portal'),
    told('names', 'no-server'),
    told('mtu', 'large-packets-lost'),
  ];

  it.each(seen.map((found) => [found.id, found] as const))(
    'is a warning where signing in works by a proxy: %s',
    (_, found) => {
      expect(weighed(found, proxy(), works())).toBe('warning works');
      expect(weighed(found, proxy('g.live.com'), works('g.live.com'))).toBe('fault');
      expect(weighed(found, works())).toBe('fault');
    },
  );

  it.each([
    told('clock', 'off'),
    told('names', 'overridden', HOST),
    told('proxy', 'unreachable', 'other.example:1'),
    told('tls-settings', 'tls12-off'),
    told('onedrive-policy', 'sync-forbidden'),
    fails('x.example'),
  ])('and what is the matter by a proxy as well stays a fault: $id', (found) => {
    expect(weighed(found, proxy(), works())).toBe('fault');
  });
});

describe('a network that is left by a proxy only', () => {
  const SETTINGS = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
  const pc = (windows: NonNullable<PcInput['network']>['windows'] = {}): PcInput => ({
    registry: {
      HKCU: { [SETTINGS]: { ProxyEnable: dword(1), ProxyServer: sz('proxy.example:8080') } },
    },
    network: {
      default: 'connection-failed',
      hosts: { 'proxy.example': { fault: 'none' } },
      windows: {
        ...Object.fromEntries(windowsHosts().map((host) => [host, { end: 'answered' as const }])),
        ...windows,
      },
    },
  });

  it('has no faults, only servers that a plain connection does not reach; live as in the end', async () => {
    const { machine } = await testPc(pc());
    const live: Finding[] = [];
    const { findings, diagnosis } = await runChecks(machine, { found: (found) => live.push(found) });
    expect(findings.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(diagnosis).toEqual(diagnose([]));
    const levels = findings.filter(({ check }) => check === 'endpoints').map(({ level }) => level);
    expect(new Set(levels)).toEqual(new Set(['warning']));
    expect(live.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
      findings.toSorted((a, b) => a.id.localeCompare(b.id)),
    );
  });

  it('is not excused where Windows does not get through either', async () => {
    const { machine } = await testPc(pc({ [HOST]: { end: 'connection-failed' } }));
    const { findings } = await runChecks(machine);
    const of = (id: string) => findings.find((found) => found.id === id)?.level;
    expect([of(`endpoints:${HOST}`), of(`endpoints:${OTHER}`)]).toEqual(['fault', 'fault']);
    expect(of('endpoints:aadcdn.msauth.net')).toBe('warning');
  });
});
