import { describe, expect, it } from 'vitest';
import type { Category } from '../../../common/failures/category.ts';
import { describeFailure, type FailureMeaning } from '../../../common/failures/index.ts';
import { finding } from '../../../common/findings.ts';
import { type RemedyId, remedyIds } from '../../../common/remedies.ts';
import { orderRemedies, type Situation } from '../../../native-host/runs/order.ts';

const warning = { level: 'warning', subject: 'x', took: 1 } as const;
const found = {
  vpn: finding({ ...warning, check: 'vpn', meaning: 'connected' }),
  reconnected: finding({ ...warning, check: 'vpn', meaning: 'reconnected', amount: 12 }),
  network: finding({ ...warning, check: 'network-change', meaning: 'recent', amount: 12 }),
  update: finding({ ...warning, check: 'windows-update', meaning: 'recent', amount: 2 }),
  managed: finding({ ...warning, check: 'device', meaning: 'managed' }),
  stopped: finding({ ...warning, check: 'onedrive', meaning: 'not-running' }),
  unlinked: finding({ ...warning, check: 'onedrive', meaning: 'not-linked' }),
  tls: finding({ ...warning, level: 'fault', check: 'endpoints', meaning: 'tls-failed' }),
  name: finding({ ...warning, level: 'fault', check: 'endpoints', meaning: 'name-not-found' }),
  clock: finding({ ...warning, level: 'fault', check: 'clock', meaning: 'off', amount: 7 }),
  tls12: finding({ ...warning, level: 'fault', check: 'tls-settings', meaning: 'tls12-off' }),
  ciphers: finding({ ...warning, level: 'fault', check: 'tls-settings', meaning: 'ciphers-missing' }),
  proxy: finding({ ...warning, level: 'fault', check: 'proxy', meaning: 'unreachable' }),
  schannel: finding({
    ...warning,
    level: 'fault',
    check: 'windows-connection',
    meaning: 'secure-channel-failed',
  }),
  expired: finding({ ...warning, level: 'fault', check: 'endpoints', meaning: 'certificate-expired' }),
  refused: finding({ ...warning, level: 'fault', check: 'proxy', meaning: 'refused' }),
  windows: finding({
    ...warning,
    level: 'fault',
    check: 'stacks',
    meaning: 'windows-fails',
    evidence: { windows: 'connection-failed' },
  }),
  blocked: finding({ ...warning, level: 'fault', check: 'endpoints', meaning: 'connection-timed-out' }),
} as const;

const meaningOf = (
  code: string,
  category: Category,
  remedies: readonly RemedyId[],
  documented: readonly RemedyId[] = [],
): FailureMeaning => ({ ...describeFailure(code), code, category, remedies, documented });

const web = meaningOf('AADSTS50173', 'local', [
  'purge-credentials',
  'reset-onedrive',
  'clear-browser-session',
]);
const oneDrive = meaningOf(
  '0x8004de40',
  'network',
  ['purge-credentials', 'reset-onedrive', 'relink-onedrive', 'check-tls', 'check-proxy'],
  ['reset-onedrive', 'check-tls'],
);
const network = meaningOf('0xcaa82ee7', 'network', ['flush-dns', 'check-proxy']);

const none: Pick<Situation, 'tried' | 'objections'> = { tried: new Set(), objections: new Map() };

function order(meaning: FailureMeaning, findings: Situation['findings'] = [], rest: Partial<Situation> = {}) {
  const { wanted, leftOut } = orderRemedies({ meaning, findings, ...none, ...rest });
  return { ids: wanted.map(({ remedy }) => remedy), wanted, leftOut };
}

describe('the order of remedies', () => {
  it('is the gentlest first where nothing points anywhere', () => {
    const { ids, wanted } = order(web);
    expect(ids).toEqual(['clear-browser-session', 'purge-credentials', 'reset-onedrive']);
    expect(wanted.map(({ reason }) => reason)).toEqual(Array(3).fill('gentlest-first'));
  });

  it('has what Microsoft documents for the code before the rest, and what is for the hand last', () => {
    expect(order(oneDrive).wanted).toEqual([
      { remedy: 'check-tls', reason: 'points-here' },
      { remedy: 'reset-onedrive', reason: 'points-here' },
      { remedy: 'purge-credentials', reason: 'gentlest-first' },
      { remedy: 'relink-onedrive', reason: 'gentlest-first' },
      { remedy: 'check-proxy', reason: 'by-hand' },
    ]);
  });

  it.each([
    ['after a VPN reconnect', oneDrive, [found.reconnected], ['disconnect-vpn', 'relink-onedrive'], 'vpn'],
    ['with a VPN', network, [found.vpn], ['disconnect-vpn'], 'vpn'],
    [
      'after a change of network',
      oneDrive,
      [found.network],
      ['flush-dns', 'restart-onedrive'],
      'network-change',
    ],
    [
      'after a Windows update',
      oneDrive,
      [found.update],
      ['reset-onedrive', 'reinstall-onedrive'],
      'windows-update',
    ],
    ['where OneDrive does not run', oneDrive, [found.stopped], ['restart-onedrive'], 'onedrive'],
    ['where OneDrive is linked to nobody', oneDrive, [found.unlinked], ['relink-onedrive'], 'onedrive'],
    ['where TLS fails', oneDrive, [found.tls], ['check-clock', 'check-tls', 'check-ciphers'], 'endpoints'],
    ['where a name is not found', network, [found.name], ['flush-dns', 'check-proxy'], 'endpoints'],
    ['where the clock is off', network, [found.clock], ['check-clock'], 'clock'],
    ['where a certificate has expired', network, [found.expired], ['check-clock'], 'endpoints'],
    ['where TLS 1.2 is off', oneDrive, [found.tls12], ['check-tls'], 'tls-settings'],
    ['where ciphers are missing', oneDrive, [found.ciphers], ['check-ciphers'], 'tls-settings'],
    ['where a proxy is gone', oneDrive, [found.proxy], ['check-proxy'], 'proxy'],
    [
      'where Windows cannot make a secure connection',
      oneDrive,
      [found.schannel],
      ['check-tls', 'check-ciphers'],
      'windows-connection',
    ],
    ['where a proxy refuses', network, [found.refused], ['check-proxy'], 'proxy'],
    ['where Windows alone fails', network, [found.windows], ['check-proxy'], 'stacks'],
    [
      'where Windows alone fails by TLS',
      oneDrive,
      [{ ...found.windows, evidence: { windows: 'secure-channel-failed' } }, found.schannel],
      ['check-tls', 'check-ciphers'],
      'windows-connection',
    ],
    ['where nothing answers', network, [found.blocked], ['check-proxy'], 'endpoints'],
  ] as const)('begins %s with what that points to, and says so', (_, meaning, findings, first, id) => {
    const { wanted } = order(meaning, findings);
    expect(wanted.slice(0, first.length)).toEqual(
      first.map((remedy) => ({ remedy, reason: 'found', finding: id })),
    );
    const rest = wanted.slice(first.length);
    expect(rest.some(({ reason }) => reason === 'found')).toBe(false);
    expect(rest.map(({ remedy }) => remedy).sort()).toEqual(
      meaning.remedies.filter((id) => !first.some((each) => each === id)).toSorted(),
    );
  });

  it('has each remedy once, for its most telling reason', () => {
    const { ids, wanted } = order(oneDrive, [found.network, found.unlinked, found.vpn, found.tls]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(wanted.find(({ remedy }) => remedy === 'relink-onedrive')?.finding).toBe('vpn');
    expect(ids.slice(0, 4)).toEqual(['check-clock', 'check-tls', 'check-ciphers', 'disconnect-vpn']);
  });

  it('does not follow servers that are reached by a proxy', () => {
    const byProxy = [found.tls, found.name, found.expired, found.blocked].map((each) => ({
      ...each,
      level: 'warning' as const,
    }));
    expect(order(network, byProxy).wanted.some(({ reason }) => reason === 'found')).toBe(false);
  });

  it('does not follow findings that have nothing to do with the failure', () => {
    const { wanted } = order(web, [found.vpn, found.network, found.stopped, found.unlinked, found.managed]);
    expect(wanted.some(({ reason }) => reason === 'found')).toBe(false);
  });
});

describe('the gentleness of remedies', () => {
  it('is known of every one', () => {
    const { ids } = order({ ...web, remedies: remedyIds, documented: remedyIds });
    expect(ids.toSorted()).toEqual([...remedyIds].sort());
  });
});

describe('nothing is offered', () => {
  it.each(['policy', 'device', 'account', 'app', 'federation', 'service', 'none'] as const)(
    'for a failure of the category %s, whatever was found',
    (category) => {
      const meaning = meaningOf('AADSTS53003', category, ['purge-credentials', 'reset-onedrive']);
      expect(order(meaning, Object.values(found))).toMatchObject({ ids: [], leftOut: [] });
    },
  );

  it('for a code for which nothing is known to help', () => {
    expect(order(meaningOf('AADSTS99', 'unknown', []), Object.values(found)).ids).toEqual([]);
  });
});

describe('left out', () => {
  it('is what was tried in vain, and what the organisation forbids', () => {
    const { ids, leftOut } = order(web, [], {
      tried: new Set(['purge-credentials']),
      objections: new Map([['reset-onedrive', 'forbidden']]),
    });
    expect(ids).toEqual(['clear-browser-session']);
    expect(leftOut).toEqual([
      { remedy: 'purge-credentials', because: 'already-tried' },
      { remedy: 'reset-onedrive', because: 'forbidden' },
    ]);
  });

  it('is nothing that a person names, but what is forbidden', () => {
    const only = ['reset-onedrive', 'purge-credentials', 'flush-dns'] as const;
    const { wanted, leftOut } = order(web, [found.update], {
      only,
      tried: new Set(only),
      objections: new Map([['flush-dns', 'forbidden']]),
    });
    expect(wanted).toEqual([
      { remedy: 'reset-onedrive', reason: 'chosen' },
      { remedy: 'purge-credentials', reason: 'chosen' },
    ]);
    expect(leftOut).toEqual([{ remedy: 'flush-dns', because: 'forbidden' }]);
  });
});
