import { describe, expect, it } from 'vitest';
import { rawServer, scriptServer } from '../../../harness/network/proxy-servers.ts';
import { refusingAddress, silentServer } from '../../../harness/network/tls-servers.ts';
import { sz } from '../look.ts';
import { byHand, detecting, type Scene, see, services, winHttp } from './proxy-scene.ts';

const says = (way: string) => scriptServer(`function FindProxyForURL() { return '${way}' }`);
const WPAD = 'http://wpad.example/wpad.dat?token=s3cret';
/** One script detected and one set, and a proxy set by hand. */
const all = {
  person: { ...byHand('hand.example:1'), AutoConfigURL: sz('http://set.example/proxy.pac') },
  connections: detecting(),
  wpad: WPAD,
};
const by = async (detected: string | undefined, set: string, more: Scene = {}) =>
  see({
    ...all,
    ...more,
    hosts: { 'set.example': set, ...(detected === undefined ? {} : { 'wpad.example': detected }) },
  });

describe('automatic detection', () => {
  it('goes before a script that is set, and that before a proxy set by hand', async () => {
    const [first, second] = [await says('PROXY by-found.example:1'), await says('PROXY by-set.example:1')];
    const [found] = await by(first, second);
    expect(found).toMatchObject({
      meaning: 'used',
      subject: 'by-found.example:1',
      evidence: { winInet: 'http://wpad.example/wpad.dat', autoDetect: 'http://wpad.example/wpad.dat' },
    });
    expect(JSON.stringify(found)).not.toContain('s3cret');
    const hurried = await by(first, second, { timeout: 50_001 });
    expect(hurried[0]).toMatchObject({ subject: 'by-found.example:1' });
    const off = await by(first, second, { connections: detecting(0x5) });
    expect(off[0]).toMatchObject({ subject: 'by-set.example:1', evidence: { autoDetect: 'off' } });
  });

  it.each<[string, Scene, string]>([
    ['finds nothing', { connections: detecting() }, 'none'],
    [
      'takes too long',
      { faults: [{ operation: 'detectProxyScript', hangs: true }], timeout: 3000 },
      'timed-out',
    ],
    ['fails', { faults: [{ operation: 'detectProxyScript', problem: 'access-denied' }] }, 'access-denied'],
  ])('that %s changes nothing', async (_, scene, autoDetect) => {
    const found = await see({ connections: detecting(), ...scene, person: byHand('hand.example:1') });
    expect(found).toMatchObject([
      {
        meaning: 'used',
        subject: 'hand.example:1',
        evidence: { winInet: 'hand.example:1', autoDetect },
      },
      { meaning: 'differs' },
    ]);
  });

  it.each<[string, Record<string, Buffer>]>([
    ['not there', {}],
    ['too short', { DefaultConnectionSettings: Buffer.from([0x46, 0, 0, 0, 1, 0, 0, 0, 9]) }],
    ['of somebody without it', { DefaultConnectionSettings: winHttp('', '', 0x7) }],
  ])('is off with settings that are %s', async (_, settings) => {
    const values = Object.entries(settings).map(([name, bytes]) => [
      name,
      { type: 'REG_BINARY' as const, value: bytes.toString('base64') },
    ]);
    const found = await see({ wpad: WPAD, connections: Object.fromEntries(values) });
    expect(found).toMatchObject([{ meaning: 'direct', evidence: { winInet: 'DIRECT', autoDetect: 'off' } }]);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['cannot be fetched', refusingAddress, 'script-unreachable'],
    [
      'is not there',
      () => scriptServer((_, answer) => void answer.writeHead(404).end()),
      'script-unreachable',
    ],
    ['is no HTTP', () => rawServer((socket) => void socket.end('220 mail\r\n')), 'script-unreachable'],
    ['is a page', () => scriptServer('<html>'), 'script-broken'],
    ['never comes', silentServer, 'script-slow'],
  ])('of a script that %s is a warning, and what is set counts', async (_, start, meaning) => {
    const found = await by(
      await start(),
      await says('PROXY by-set.example:1'),
      meaning === 'script-slow' ? { timeout: 12_000 } : {},
    );
    expect(found).toMatchObject([
      { id: 'proxy:detected-script', level: 'warning', meaning, subject: 'http://wpad.example/wpad.dat' },
      { meaning: 'used', subject: 'by-set.example:1' },
      { meaning: 'differs' },
    ]);
  });

  it('of a script that fails, and a script that is set and fails, leave the proxy set by hand', async () => {
    const found = await by(await refusingAddress(), await refusingAddress());
    expect(found).toMatchObject([
      { id: 'proxy:detected-script', level: 'warning' },
      { id: 'proxy:script', level: 'fault', meaning: 'script-unreachable' },
      { meaning: 'used', subject: 'hand.example:1' },
      { meaning: 'differs' },
    ]);
  });

  it('of a script on a simulated PC is not guessed', async () => {
    const found = await see({ ...all, person: {}, pc: services(winHttp('a.example:1')) });
    expect(found).toMatchObject([
      { id: 'proxy:detected-script', level: 'unknown', meaning: 'not-looked' },
      { meaning: 'used', subject: 'a.example:1' },
    ]);
  });
});
