import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import * as v from 'valibot';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Finding, FindingSchema } from '../../../common/findings.ts';
import { seeHost } from '../../../native-host/checks/endpoints/endpoints.ts';
import { mtu } from '../../../native-host/checks/mtu.ts';
import { listening } from '../../harness/network/listening.ts';
import { goodServer } from '../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { type Certificates, makeCertificates } from '../../stand-in/certificate.ts';
import { context } from './look.ts';

const names = ['login.microsoftonline.com', 'aadcdn.msauth.net', 'graph.microsoft.com'] as const;
const [first, second] = names;
const hosts = names.map((host) => ({ host, source: 'documented' as const, required: true }));
/** Much more than it takes to connect, also on a busy PC. */
const TIME = 1000;

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates([...names]);
});

type Server = () => Promise<string>;

async function pcOf(servers: readonly Server[]) {
  const addresses = await Promise.all(servers.map((start) => start()));
  const entries = addresses.map((connectTo, at) => [names[at], { connectTo, ca: certificates.ca }]);
  const network: PcInput['network'] = { default: 'connection-failed', hosts: Object.fromEntries(entries) };
  return (await testPc({ network })).machine;
}

async function found(servers: readonly Server[], timeout = TIME): Promise<Finding | undefined> {
  const machine = await pcOf(servers);
  machine.adapters = async () => [
    { name: 'Ethernet', description: '', vpn: false, mtu: 1500, defaultRoute: false },
    { name: 'Contoso VPN', description: '', vpn: true, mtu: 1400, defaultRoute: true },
  ];
  const [finding] = (await Promise.all(mtu.look({ ...context(machine, timeout), hosts }))).flat();
  return v.parse(FindingSchema, finding);
}

/** Takes connections, and has each greeted so. */
const server = (greet: (socket: Socket) => void) => listening(createServer(greet));

/** Says so many bytes of a TLS record that goes on, and no more. */
const says = (bytes: number): Server => {
  const record = Buffer.concat([Buffer.from([22, 3, 3, 0x3f, 0, 2, 0, 0x3e, 0xfc]), Buffer.alloc(20_000)]);
  return () => server((socket) => void socket.write(record.subarray(0, bytes)));
};
const resets: Server = () => server((socket) => void setTimeout(() => socket.resetAndDestroy(), TIME / 2));
const good: Server = () => goodServer(certificates);

/** Listens, lets nobody in, and has no room for more to wait. */
const full: Server = async () => {
  const code = `const server = require('net').createServer().listen(0, '127.0.0.1', 1, () => {
    require('worker_threads').parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const worker = new Worker(code, { eval: true });
  const [port] = await once(worker, 'message');
  const waiting = [1, 2].map(() => connect(port, '127.0.0.1').on('error', () => undefined));
  onTestFinished(async () => {
    for (const socket of waiting) socket.destroy();
    await worker.terminate();
  });
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  return `127.0.0.1:${port}`;
};

describe('large packets', () => {
  it.each<[string, Server[], string]>([
    ['that all servers leave unanswered are lost', [says(0), says(0), says(0)], 'fault large-packets-lost'],
    ['are lost where two greet and then fall silent', [says(0), says(100)], 'fault large-packets-lost'],
    ['are not judged by one silent server', [says(0)], 'unknown not-looked'],
    ['get through where one server shows its certificate', [says(0), says(0), good], 'ok fine'],
    ['get through where one sends much, and no end', [says(0), says(0), says(5000)], 'ok fine'],
    ['are not judged by servers that let nobody in', [full, full, says(0)], 'unknown not-looked'],
    ['are not judged by resets, though they take long', [resets, resets, says(0)], 'unknown not-looked'],
  ])('%s', async (_, servers, expected) => {
    const finding = await found(servers);
    expect(`${finding?.level} ${finding?.meaning}`).toBe(expected);
  });

  it('that are lost come with the servers, and the adapter that leads there', async () => {
    const { evidence } = { ...(await found([says(0), says(0)])) };
    expect(evidence).toEqual({ hosts: `${first}, ${second}`, adapter: 'Contoso VPN', mtu: 1400, vpn: 'yes' });
  });

  it('that get through are told before a silent server’s time is over', async () => {
    expect(await found([says(0), good], 600_000)).toMatchObject({ meaning: 'fine' });
  });

  it('are told of when the adapters cannot be seen, too', async () => {
    const machine = await pcOf([says(0), says(0)]);
    machine.adapters = () => Promise.withResolvers<never>().promise;
    const [finding] = (await Promise.all(mtu.look({ ...context(machine, TIME), hosts }))).flat();
    expect(finding).toMatchObject({ level: 'fault', evidence: { hosts: `${first}, ${second}` } });
    expect(finding?.evidence).not.toHaveProperty('mtu');
  });

  it.each([
    ['none', 'fine'],
    ['connection-failed', 'not-looked'],
  ] as const)('on a simulated PC whose servers have the fault %s: %s', async (fault, meaning) => {
    const { machine } = await testPc({ network: { default: fault } });
    const [finding] = (await Promise.all(mtu.look(context(machine)))).flat();
    expect(finding).toMatchObject({ check: 'mtu', meaning });
  });

  it('are looked at by what the endpoints check sees', async () => {
    let connections = 0;
    const counting = () =>
      server(() => {
        connections += 1;
      });
    const machine = await pcOf([counting, counting]);
    const looking = { ...context(machine, TIME), hosts };
    await Promise.all([seeHost(first, looking), seeHost(second, looking), ...mtu.look(looking)]);
    expect(connections).toBe(2);
  });
});
