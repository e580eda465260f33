import { describe, expect, test } from 'vitest';
import { type CheckId, checkIds, type Finding, findingMeanings } from '../../../common/findings.ts';
import { pathOf, stationIds } from '../../../extension/popup/check/path-of.ts';

/** `fault endpoints name-not-found` and the like, parted by commas. */
function found(text: string): Finding[] {
  return text
    .split(', ')
    .filter(Boolean)
    .map((each, index) => {
      const [level = '', check = '', meaning = ''] = each.split(' ');
      const id = checkIds.find((known) => known === check);
      const known = (['ok', 'warning', 'fault', 'unknown'] as const).find((one) => one === level);
      if (!id || !known || !findingMeanings[id].some((one) => one === meaning)) throw new Error(each);
      return { id: `${index}`, check: id, level: known, meaning, subject: '', evidence: {}, took: 0 };
    });
}

const marks = { ok: '+', warning: '!', fault: 'x', unknown: '?', looking: '.' } as const;

/** A mark for each station; the broken one in brackets, a bar before each that lies behind it. */
function drawn(findings: string, waiting: readonly CheckId[] = []): string {
  return pathOf(found(findings), waiting)
    .map(({ reach, broken, beyond }) => {
      const mark = broken ? `(${marks[reach]})` : marks[reach];
      return beyond ? `|${mark}` : mark;
    })
    .join(' ');
}

test('the way has its stations from the PC to the service', () => {
  expect(pathOf([], []).map(({ id }) => id)).toEqual([...stationIds]);
  expect(stationIds).toEqual(['pc', 'network', 'name', 'connection', 'service']);
});

test.each([
  ['', '? ? ? ? ?'],
  // This PC.
  ['fault tls-settings tls12-off', '(x) |? |? |? |?'],
  ['fault clock off', '(x) |? |? |? |?'],
  ['fault names overridden', '(x) |? |? |? |?'],
  ['warning device no-token', '! ? ? ? ?'],
  ['fault stacks windows-fails', '(x) |? |? |? |?'],
  ['warning internet probe-off', '! ? ? ? ?'],
  // Proxy, VPN, network.
  ['fault proxy unreachable', '? (x) |? |? |?'],
  ['fault proxy login-required', '? (x) |? |? |?'],
  ['fault proxy script-broken', '? (x) |? |? |?'],
  ['warning vpn connected', '? ! ? ? ?'],
  ['fault windows-connection proxy-login', '? (x) |? |? |?'],
  ['warning stacks windows-only', '? ! ? ? ?'],
  ['fault internet captive-portal', '? (x) |? |? |?'],
  ['warning internet no-answer', '? ! ? ? ?'],
  ['warning ipv6 broken', '? ! ? ? ?'],
  // The name.
  ['fault names no-server', '? ? (x) |? |?'],
  ['ok names fine', '+ ? + ? ?'],
  ['fault endpoints name-not-found', '? ? (x) |? |?'],
  ['fault endpoints sinkholed', '? ? (x) |? |?'],
  ['fault endpoints private-address', '? ? (x) |? |?'],
  ['warning endpoints private-address', '? ? ! + +'],
  ['fault windows-connection name-not-found', '? ? (x) |? |?'],
  // The connection: who came so far has found the name.
  ['fault endpoints connection-failed', '? ? + (x) |?'],
  ['fault endpoints connection-timed-out', '? ? + (x) |?'],
  ['fault endpoints tls-failed', '? ? + (x) |?'],
  ['fault endpoints certificate-expired', '? ? + (x) |?'],
  ['fault endpoints certificate-wrong-name', '? ? + (x) |?'],
  ['fault windows-connection secure-channel-failed', '? ? + (x) |?'],
  ['fault windows-connection certificate-refused', '? ? + (x) |?'],
  ['warning interception inspected', '? ? ? ! ?'],
  ['fault mtu large-packets-lost', '? ? ? (x) |?'],
  // The service.
  ['fault endpoints http-failed', '? ? + + (x)'],
  ['ok endpoints reachable', '? ? + + +'],
  ['ok windows-connection works', '? ? + + +'],
  ['ok browser reachable', '? ? + + +'],
  // A browser does not say how far it came.
  ['fault browser unreachable', '? ? ? ? (x)'],
  ['fault browser no-answer', '? ? ? ? (x)'],
  // The worst counts; one that could not be seen does not take back what was seen.
  ['ok endpoints reachable, fault endpoints tls-failed', '? ? + (x) |+'],
  ['unknown proxy not-looked, ok vpn none', '? + ? ? ?'],
  ['warning vpn connected, ok internet open', '? ! ? ? ?'],
  ['fault endpoints tls-failed, fault proxy unreachable', '? (x) |+ |x |?'],
  // Beside the way.
  ['fault onedrive-policy sync-forbidden, warning onedrive not-running', '? ? ? ? ?'],
  ['warning network-change recent, warning windows-update recent', '? ? ? ? ?'],
])('%s is %s', (findings, way) => {
  expect(drawn(findings)).toBe(way);
});

describe('while it is being looked', () => {
  test.each<[string, CheckId[], string]>([
    ['', checkIds, '. . . . .'],
    ['', ['endpoints'], '? ? . . .'],
    ['', ['windows-connection'], '? . . . .'],
    ['', ['onedrive', 'stored-entries'], '? ? ? ? ?'],
    ['ok proxy direct', ['vpn'], '? . ? ? ?'],
    ['warning vpn connected', ['proxy'], '? . ? ? ?'],
    ['fault proxy unreachable', ['vpn', 'endpoints'], '? (x) |. |. |.'],
    ['ok endpoints reachable', ['endpoints'], '? ? . . .'],
  ])('%j, waiting for %j, is %s', (findings, waiting, way) => {
    expect(drawn(findings, waiting)).toBe(way);
  });
});

test('every meaning that is a fault of the way breaks it somewhere', () => {
  const beside: readonly CheckId[] = [
    'network-change',
    'windows-update',
    'onedrive',
    'onedrive-policy',
    'onedrive-files',
    'stored-entries',
  ];
  for (const check of checkIds) {
    for (const meaning of findingMeanings[check]) {
      const broken = pathOf(found(`fault ${check} ${meaning}`), []).filter((station) => station.broken);
      expect(broken, `${check} ${meaning}`).toHaveLength(beside.includes(check) ? 0 : 1);
    }
  }
});
