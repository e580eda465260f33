/**
 * `node own-network-inside.ts`: the first process of a network of its own, see own-network.ts. Gets orders from
 * who started it, answers each, and ends with it.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { BLACK_HOLE, type Done, type Order } from './own-network.ts';

const TYPE_A = 1;
const HEADER = 12;

let names = new Map<string, string>();

/** The answer to a question about one name; unknown names are, all others have one address of IPv4 (RFC 1035). */
function answerTo(question: Buffer): Buffer {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  const address = names.get(labels.join('.').toLowerCase());
  const has = address !== undefined && question.readUInt16BE(at + 1) === TYPE_A;
  const head = Buffer.from(question.subarray(0, end));
  head.writeUInt16BE(address === undefined ? 0x8183 : 0x8180, 2);
  for (const [count, offset] of [
    [1, 4],
    [has ? 1 : 0, 6],
    [0, 8],
    [0, 10],
  ] as const)
    head.writeUInt16BE(count, offset);
  if (!has) return head;
  const record = Buffer.from([
    0xc0,
    HEADER,
    0,
    TYPE_A,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    4,
    ...address.split('.').map(Number),
  ]);
  return Buffer.concat([head, record]);
}

async function serveNames(): Promise<void> {
  const server = createSocket('udp4');
  server.on('message', (question, { port, address }) => server.send(answerTo(question), port, address));
  server.bind(53, '127.0.0.1');
  await once(server, 'listening');
}

/** Listens, and leaves the connections to who asked for it. */
async function listen({ address, port }: NonNullable<Order['listen']>): Promise<Server> {
  const server = createServer();
  server.listen(port, address);
  await once(server, 'listening');
  return server;
}

async function run({ command: [program = '', ...args], env, folder, out }: NonNullable<Order['run']>) {
  const streams = [openSync('/dev/null', 'r'), openSync(out.stdout, 'w'), openSync(out.stderr, 'w')];
  const child = spawn(program, args, { env, cwd: folder, stdio: streams });
  for (const stream of streams) closeSync(stream);
  const [code]: (number | null)[] = await once(child, 'exit');
  return code ?? null;
}

async function carryOut(order: Order): Promise<void> {
  if (order.names) names = new Map(Object.entries(order.names));
  const server = order.listen && (await listen(order.listen));
  const code = order.run ? await run(order.run) : 0;
  // Closed here once it is there: else both would take connections.
  process.send?.({ code } satisfies Done, server, {}, () => server?.close());
}

const [resolver = ''] = process.argv.slice(2);
execFileSync('mount', ['--bind', resolver, '/etc/resolv.conf']);
// All of this net is this PC; what goes into the cable goes nowhere, as nobody is at its other end.
const lay = [
  'link set lo up',
  'addr add 203.0.113.1/24 dev lo',
  'link add hole type veth peer name beyond',
  'addr add 198.51.100.1/24 dev hole',
  'link set hole up',
  'link set beyond up',
  `neigh add ${BLACK_HOLE} lladdr 02:00:00:00:00:09 dev hole nud permanent`,
];
execFileSync('ip', ['-batch', '-'], { input: lay.join('\n') });
await serveNames();
process.on('message', carryOut);
process.on('disconnect', () => process.exit());
process.send?.({ code: 0 } satisfies Done);
