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

  it('is not known where a fault has none', () => {
    expect(diagnose([found('stored-entries', 'not-looked')])).toMatchObject({ cause: null, who: 'unknown' });
  });

  it('is known for every fault that a check of the way to Microsoft can find', () => {
    const ofTheWay: CheckId[] = ['endpoints', 'proxy', 'tls-settings', 'internet', 'clock', 'names'];
    const harmless = [
      'dotnet-old',
      'differs',
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
