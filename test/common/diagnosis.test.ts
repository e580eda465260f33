import { describe, expect, it } from 'vitest';
import { diagnose } from '../../common/diagnosis.ts';
import { type CheckId, type Finding, findingMeanings } from '../../common/findings.ts';

/** A finding by its check and meaning; a fault unless said. */
function found(check: CheckId, meaning: string, level: Finding['level'] = 'fault', of = ''): Finding {
  const id = of ? `${check}:${of}` : `${check}:${meaning}`;
  return { id, check, meaning, level, subject: of, evidence: {}, took: 1 };
}
const causeOf = (...findings: Finding[]) => diagnose(findings).cause;

describe('the most probable cause', () => {
  it('is none where nothing is broken', () => {
    expect(diagnose([found('endpoints', 'reachable', 'ok'), found('vpn', 'connected', 'warning')])).toEqual({
      cause: null,
      because: [],
      who: null,
      codes: [],
    });
  });

  it.each<[string, Finding[], string]>([
    [
      'a captive portal before all that fails behind it',
      [
        found('endpoints', 'certificate-wrong-name', 'fault', 'login.microsoftonline.com'),
        found('clock', 'off'),
        found('internet', 'captive-portal'),
      ],
      'internet:captive-portal',
    ],
    [
      'the clock before the certificates that it makes invalid',
      [found('endpoints', 'certificate-expired', 'fault', 'g.live.com'), found('clock', 'off')],
      'clock:off',
    ],
    [
      'a proxy that is gone before the servers behind it',
      [found('windows-connection', 'connection-failed', 'fault', 'x'), found('proxy', 'unreachable')],
      'proxy:unreachable',
    ],
    [
      'TLS 1.2 that is off before the connection that Windows cannot make',
      [
        found('windows-connection', 'secure-channel-failed', 'fault', 'x'),
        found('tls-settings', 'tls12-off'),
      ],
      'tls-settings:tls12-off',
    ],
    [
      'an inspecting proxy before the certificate that nobody knows',
      [found('endpoints', 'certificate-unknown', 'fault', 'x'), found('interception', 'inspected')],
      'interception:inspected',
    ],
    [
      'a proxy that refuses before the servers behind it',
      [found('windows-connection', 'connection-failed', 'fault', 'x'), found('proxy', 'refused')],
      'proxy:refused',
    ],
    [
      'large packets that are lost before the servers that fall silent',
      [
        found('endpoints', 'connection-timed-out', 'fault', 'x'),
        found('windows-connection', 'connection-timed-out', 'fault', 'x'),
        found('mtu', 'large-packets-lost'),
      ],
      'mtu:large-packets-lost',
    ],
    [
      'a portal before the packets that do not come back from it',
      [found('mtu', 'large-packets-lost'), found('internet', 'captive-portal')],
      'internet:captive-portal',
    ],
    [
      'that Windows alone fails, where nothing says why',
      [found('windows-connection', 'connection-failed', 'fault', 'x'), found('stacks', 'windows-fails')],
      'stacks:windows-fails',
    ],
    ...(
      [
        found('tls-settings', 'tls12-off'),
        found('proxy', 'unreachable'),
        found('windows-connection', 'proxy-login', 'fault', 'x'),
        found('endpoints', 'certificate-unknown', 'fault', 'x'),
      ] as const
    ).map((nearer): [string, Finding[], string] => [
      `${nearer.check} ${nearer.meaning} before that Windows alone fails`,
      [found('stacks', 'windows-fails'), nearer],
      nearer.id,
    ]),
    [
      'a server that nobody reaches before the browser that does not',
      [found('browser', 'unreachable', 'fault', 'x'), found('endpoints', 'connection-failed', 'fault', 'x')],
      'endpoints:x',
    ],
    [
      'the browser, where others reach that server',
      [found('browser', 'no-answer', 'fault', 'x'), found('endpoints', 'reachable', 'ok', 'x')],
      'browser:x',
    ],
    [
      'the browser, where others reach that server by a proxy',
      [
        found('browser', 'unreachable', 'fault', 'x'),
        found('endpoints', 'connection-failed', 'warning', 'x'),
      ],
      'browser:x',
    ],
  ])('is %s', (_, findings, cause) => {
    expect(causeOf(...findings)).toBe(cause);
    expect(causeOf(...findings.toReversed())).toBe(cause);
  });

  it('comes with the faults that follow from it, who can fix it, and the codes that it explains', () => {
    const diagnosis = diagnose([
      found('endpoints', 'reachable', 'ok', 'a'),
      found('windows-connection', 'secure-channel-failed', 'fault', 'a'),
      found('windows-connection', 'secure-channel-failed', 'fault', 'b'),
      found('tls-settings', 'ciphers-missing'),
      found('onedrive-policy', 'sync-forbidden'),
    ]);
    expect(diagnosis).toMatchObject({
      cause: 'tls-settings:ciphers-missing',
      because: ['windows-connection:a', 'windows-connection:b'],
      who: 'policy',
    });
    expect(diagnosis.codes).toContain('0x8004de40');
  });

  it('explains all that fails behind it, in the browser too', () => {
    const behind = [
      found('browser', 'unreachable', 'fault', 'x'),
      found('windows-connection', 'connection-timed-out', 'fault', 'x'),
      found('stacks', 'windows-fails', 'fault', 'x'),
    ];
    const nearer = [
      found('names', 'no-server'),
      found('proxy', 'refused'),
      found('mtu', 'large-packets-lost'),
      found('endpoints', 'name-not-found', 'fault', 'y'),
      found('endpoints', 'connection-timed-out', 'fault', 'y'),
    ];
    for (const cause of nearer) {
      expect(diagnose([...behind, cause])).toMatchObject({
        cause: cause.id,
        because: behind.map(({ id }) => id),
        who: 'network',
      });
    }
  });

  it('is this PC where only its browser or only Windows fails', () => {
    const reachable = found('endpoints', 'reachable', 'ok', 'x');
    expect(diagnose([found('browser', 'unreachable', 'fault', 'x'), reachable]).who).toBe('local');
    expect(diagnose([found('stacks', 'windows-fails', 'fault', 'x'), reachable]).who).toBe('local');
  });

  it.each([
    ['nobody else looked', []],
    ['others looked elsewhere', [found('endpoints', 'reachable', 'ok', 'y')]],
    ['others could not look', [found('endpoints', 'not-looked', 'unknown', 'x')]],
  ])('is not the browser where %s', (_, others) => {
    const findings = [found('browser', 'unreachable', 'fault', 'x'), ...others];
    expect(diagnose(findings)).toMatchObject({ cause: null, who: 'unknown' });
  });

  it('is none where a device has no token, or only Windows gets through', () => {
    const warnings = [
      found('device', 'no-token', 'warning'),
      found('stacks', 'windows-only', 'warning', 'x'),
      found('endpoints', 'connection-failed', 'warning', 'x'),
    ];
    expect(diagnose(warnings)).toMatchObject({ cause: null, who: null });
    const withFault = [...warnings, found('clock', 'off')];
    expect(diagnose(withFault)).toMatchObject({ cause: 'clock:off', because: [] });
  });

  it('is not known where a fault has none', () => {
    expect(diagnose([found('stored-entries', 'not-looked')])).toMatchObject({ cause: null, who: 'unknown' });
  });

  it('is known for every fault that a check of the way to Microsoft can find', () => {
    const ofTheWay: CheckId[] = [
      'endpoints',
      'stacks',
      'proxy',
      'tls-settings',
      'internet',
      'clock',
      'names',
      'mtu',
    ];
    const harmless = [
      'dotnet-old',
      'differs',
      'agree',
      'windows-only',
      'probe-off',
      'simulated',
      'reachable',
      'direct',
      'used',
      'fine',
      'open',
      'right',
      'not-looked',
    ];
    for (const check of ofTheWay) {
      for (const meaning of findingMeanings[check].filter((each) => !harmless.includes(each))) {
        expect(causeOf(found(check, meaning)), `${check} ${meaning}`).toBe(`${check}:${meaning}`);
      }
    }
  });
});
