import { describe, expect, it } from 'vitest';
import { answerOf, failureOf } from '../../native-host/machine/windows/win-http-answer.ts';

describe('what WinHTTP’s numbers mean', () => {
  it.each([
    [12_002, 'connection-timed-out'],
    [12_007, 'name-not-found'],
    [12_015, 'proxy-login'],
    [12_029, 'connection-failed'],
    [12_030, 'connection-failed'],
    [12_037, 'certificate-refused'],
    [12_038, 'certificate-refused'],
    [12_045, 'certificate-refused'],
    [12_057, 'certificate-refused'],
    [12_157, 'secure-channel-failed'],
    [12_169, 'certificate-refused'],
    [12_170, 'certificate-refused'],
    [12_175, 'secure-channel-failed'],
    [12_179, 'certificate-refused'],
    [12_188, 'secure-channel-failed'],
    [12_044, 'failed'],
    [12_152, 'failed'],
    [12_166, 'failed'],
    [12_180, 'failed'],
    [5, 'failed'],
  ])('%i: %s', (error, end) => {
    expect(failureOf(error)).toEqual({ end, error });
  });

  it.each([
    ['nobody knows who made it', 12_175, 0x08, 'certificate-refused'],
    ['it is another’s, and expired', 12_175, 0x30, 'certificate-refused'],
    ['the proxy’s is expired', 12_188, 0x20, 'certificate-refused'],
    ['the two found nothing in common', 12_175, 0x8000_0000, 'secure-channel-failed'],
    ['both', 12_175, 0x8000_0008, 'secure-channel-failed'],
    ['flags say nothing of a server that is out of reach', 12_029, 0x08, 'connection-failed'],
  ])('tells by its flags what 12175 is: %s', (_, error, flags, end) => {
    expect(failureOf(error, flags)).toEqual({ end, error });
  });

  it('takes a proxy’s 407 for what it is, and any other status for an answer', () => {
    expect(answerOf(407)).toEqual({ end: 'proxy-login', error: 12_015 });
    for (const status of [200, 302, 401, 404, 503])
      expect(answerOf(status)).toEqual({ end: 'answered', status });
  });
});
