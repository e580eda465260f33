import { describe, expect, it } from 'vitest';
import { proxy } from '../../../../native-host/checks/proxy/proxy.ts';
import {
  endlessHeaders,
  proxyServer,
  rawServer,
  scriptServer,
} from '../../../harness/network/proxy-servers.ts';
import { refusingAddress, silentServer } from '../../../harness/network/tls-servers.ts';
import { testPc } from '../../../harness/test-pc.ts';
import { context, dword, sz } from '../look.ts';
import { byHand, SETTINGS, SIGN_IN, see, services, winHttp } from './proxy-scene.ts';

const direct = winHttp('', '', 1);

describe('settings', () => {
  it('of no proxy are the direct way', async () => {
    expect(await see({ pc: services(direct) })).toMatchObject([
      {
        id: 'proxy',
        level: 'ok',
        meaning: 'direct',
        evidence: { winInet: 'DIRECT', winHttp: 'DIRECT', autoDetect: 'off' },
      },
    ]);
  });

  it('that are switched off do not count', async () => {
    const person = { ...byHand('proxy.example:8080'), ProxyEnable: dword(0) };
    expect(await see({ person })).toMatchObject([{ meaning: 'direct' }]);
  });

  it('of the PC count in place of the person’s, where policy says so', async () => {
    const pc = {
      'SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings': {
        ProxySettingsPerUser: dword(0),
      },
      [SETTINGS]: byHand('pc.example:8080'),
    };
    const [found] = await see({ person: byHand('person.example:8080'), pc });
    expect(found).toMatchObject({ meaning: 'used', subject: 'pc.example:8080' });
  });

  it('that differ are told with both, and which way each goes', async () => {
    const { address } = await proxyServer();
    const hosts = { 'apps.example': address };
    const found = await see({ person: byHand('apps.example:8080', '*.onedrive.com'), hosts });
    expect(found).toMatchObject([
      {
        id: 'proxy:apps.example:8080',
        meaning: 'used',
        evidence: {
          hosts: `${SIGN_IN}, aadcdn.msauth.net, aadcdn.msftauth.net, oneclient.sfx.ms`,
          winHttp: 'DIRECT',
        },
      },
      {
        id: 'proxy:differs',
        level: 'warning',
        meaning: 'differs',
        subject: 'apps.example:8080 ↔ DIRECT',
        evidence: { winInet: 'apps.example:8080', winHttp: 'DIRECT' },
      },
    ]);
  });

  it('that name one proxy in two ways do not differ', async () => {
    const person = byHand('http=other.example:1;https=http://proxy.example:8080', '<local>');
    const found = await see({ person, pc: services(winHttp('proxy.example:8080')) });
    expect(found).toMatchObject([{ meaning: 'used', subject: 'proxy.example:8080' }]);
  });

  it.each([
    ['cut off', winHttp('proxy.example:8080').subarray(0, 20)],
    ['of a length that lies', Buffer.concat([winHttp('').subarray(0, 12), Buffer.alloc(8, 0xff)])],
    ['hardly there', Buffer.from([1, 2, 3])],
    ['without a server', winHttp('')],
  ])('of services that are %s are told as unreadable, and blamed for nothing', async (_, bytes) => {
    const found = await see({ pc: services(bytes) });
    expect(found).toMatchObject([{ meaning: 'direct', evidence: { winHttp: 'unreadable' } }]);
  });

  it('with a password never show it', async () => {
    const secret = 'ada:s3cret@proxy.example:8080';
    const script = await scriptServer(`function FindProxyForURL() { return 'PROXY ${secret}' }`);
    const AutoConfigURL = sz('http://ada:s3cret@pac.example/proxy.pac?token=s3cret');
    for (const person of [byHand(`https=${secret}`), { AutoConfigURL }]) {
      const hosts = { 'pac.example': script };
      const found = await see({ person, pc: services(winHttp(`http://${secret}`)), hosts });
      expect(found).toMatchObject([{ meaning: 'used', subject: '***@proxy.example:8080' }]);
      expect(JSON.stringify(found)).not.toMatch(/s3cret|ada/);
    }
  });
});

describe('a proxy', () => {
  const through = async (address: string, timeout?: number) => {
    const scene = { person: byHand('proxy.example:8080'), pc: services(winHttp('proxy.example:8080')) };
    const found = await see({
      ...scene,
      hosts: { 'proxy.example': address },
      ...(timeout ? { timeout } : {}),
    });
    expect(found).toHaveLength(1);
    return found[0];
  };

  it('that lets through is used; it is asked once, for the sign-in host, and gets no password', async () => {
    const { address, asked } = await proxyServer();
    expect(await through(address)).toMatchObject({ level: 'ok', meaning: 'used', evidence: { status: 200 } });
    expect(asked).toMatchObject([{ target: `${SIGN_IN}:443` }]);
    expect(asked[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it.each([
    [['Negotiate', 'NTLM', 'Basic realm="Contoso, Basic"'], 'warning', 'Negotiate, NTLM, Basic'],
    [['Basic realm="NTLM"'], 'fault', 'Basic'],
    [['Digest realm="a", nonce="NTLM"', 'Evil <script>'], 'fault', 'Digest'],
    [[], 'fault', ''],
  ])('that wants a password by %j is a %s', async (wanted, level, schemes) => {
    const { address } = await proxyServer(407, wanted);
    expect(await through(address)).toMatchObject({
      level,
      meaning: 'login-required',
      subject: 'proxy.example:8080',
      evidence: { status: 407, schemes },
    });
  });

  it.each([301, 400, 403, 404, 500, 502, 503, 504])(
    'that answers %i does not let this PC through',
    async (status) => {
      const { address } = await proxyServer(status);
      expect(await through(address)).toMatchObject({
        level: 'fault',
        meaning: 'refused',
        subject: 'proxy.example:8080',
        evidence: { status },
      });
    },
  );

  it('that answers 204 lets through', async () => {
    const { address } = await proxyServer(204);
    expect(await through(address)).toMatchObject({ level: 'ok', meaning: 'used', evidence: { status: 204 } });
  });

  it.each([
    ['refuses', refusingAddress, 'ECONNREFUSED'],
    ['says nothing', silentServer, 'ETIMEDOUT'],
    ['is a web server', () => scriptServer('<html>'), 'ECONNRESET'],
    ['speaks garbage', () => rawServer((socket) => socket.end('220 mail.example\r\n')), /^HPE_/],
    ['never ends its headers', () => rawServer(endlessHeaders), 'HPE_HEADER_OVERFLOW'],
  ])('that %s is out of reach', async (_, start, error) => {
    expect(await through(await start(), 4000)).toMatchObject({
      level: 'fault',
      meaning: 'unreachable',
      evidence: { error: expect.stringMatching(error) },
    });
  });

  it('that is out of reach on a simulated PC is told without a connection', async () => {
    const registry = { HKCU: { [SETTINGS]: byHand('proxy.example:8080') } };
    const { machine } = await testPc({ registry, network: { default: 'name-not-found' } });
    const [findings] = await Promise.all(proxy.look(context(machine)));
    expect(findings?.[0]).toMatchObject({ meaning: 'unreachable', evidence: { error: 'name-not-found' } });
  });

  it('of the SOCKS kind is only connected to', async () => {
    const hosts = { 'proxy.example': await silentServer() };
    const [found] = await see({ person: byHand('socks=proxy.example:1080'), hosts });
    expect(found).toMatchObject({ level: 'ok', meaning: 'used', evidence: { protocol: 'SOCKS' } });
  });
});
