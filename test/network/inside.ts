/**
 * `node inside.ts NAME`: builds this world around itself, runs the real CLI on its PC and prints what came of it as
 * one JSON document. Runs in namespaces of its own only, see run-world.ts: it mounts over /run and over /etc's files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { endpointHosts } from '../../native-host/checks/endpoints/endpoint-list.ts';
import type { SimulatedPcInput } from '../../native-host/machine/simulated/index.ts';
import { oddCertificates } from '../harness/network/odd-certificates.ts';
import { at, layNetwork } from './namespaces.ts';
import { inspection, nameServer, proxy, serve, slowLink } from './programs.ts';
import { places, type World } from './world.ts';
import { worlds } from './worlds.ts';

/** The checks that look at the network; the others would tell of OneDrive and of a PC that is none. */
const checks = [
  ...['endpoints', 'windows-connection', 'stacks', 'tls-settings', 'proxy', 'interception', 'internet'],
  ...['clock', 'names', 'mtu', 'ipv6', 'vpn'],
];

/** Seconds beyond the check's own time after which it hangs. */
const HANGS = 15;

/** Files of /etc as the world has them, for this process and its children alone. */
async function mountOver(file: string, text: string): Promise<void> {
  const ours = join('/run/etc', file);
  writeFileSync(ours, text);
  await execa('mount', ['--bind', ours, join('/etc', file)]);
}

async function prepareFiles({ pc }: World): Promise<void> {
  await execa('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  mkdirSync('/run/etc');
  // Asked again after a second, as Windows does; Linux waits for five.
  await mountOver('resolv.conf', `nameserver ${places.router.v4}\noptions timeout:1 attempts:4\n`);
  await mountOver('hosts', `127.0.0.1 localhost\n${pc?.hosts ?? ''}`);
}

/** The PC as its user sees it, in accord with its namespace. */
function simulatedPc({ pc: { hosts = '', registry = {} } = {}, way = {} }: World): SimulatedPcInput {
  const { v4, v6 } = places.pc;
  return {
    registry,
    addresses: way.onlyIpv4 ? [v4] : [v4, v6],
    nameServers: [places.router.v4],
    files: [{ path: 'C:\\Windows\\System32\\drivers\\etc\\hosts', text: hosts }],
  };
}

/** Starts who is in this world. Gives the authorities that its PC is told to trust, as PEM; empty for none. */
async function populate(world: World): Promise<string> {
  const { microsoft = {}, company = {}, way = {}, names } = world;
  const { https = 'good', page = 'good', certificate, unknownRoot = false } = microsoft;
  const shown = await oddCertificates({ hosts: endpointHosts, organisation: 'DigiCert Inc', ...certificate });
  const files = { cert: '/run/cert.pem', key: '/run/key.pem', ca: '/run/microsoft-ca.pem' };
  // As real servers do, it shows its authority as well.
  writeFileSync(files.cert, `${shown.cert}\n${shown.ca}`);
  writeFileSync(files.key, shown.key);
  writeFileSync(files.ca, shown.ca);
  const { cert, key } = files;
  const [authority] = await Promise.all([
    company.inspection && inspection(files.ca),
    company.proxy && proxy(company.proxy),
    nameServer(names),
    serve('microsoft', { serve: 'microsoft', https, page, cert, key }),
    serve('router', { serve: 'company', script: company.script ?? 'good' }),
    way.slow && slowLink(way.slow),
  ]);
  const trusted = company.inspection === 'trusted' ? [authority] : [];
  return [...(unknownRoot ? [] : [shown.ca]), ...trusted].join('\n');
}

async function look(world: World) {
  await prepareFiles(world);
  await layNetwork(world);
  const trusted = await populate(world);
  writeFileSync('/run/trusted.pem', trusted);
  writeFileSync('/run/pc.json', JSON.stringify(simulatedPc(world)));
  const { timeout = 10 } = world;
  const [command, ...args] = at('pc');
  const cli = join(import.meta.dirname, '../../native-host/main.ts');
  // Each name as it is, looked up and gone to: the simulated PC would go nowhere.
  const where = ['--machine', 'simulated:/run/pc.json', '--connect-to', ':::'];
  const trust = trusted === '' ? [] : ['--ca', '/run/trusted.pem'];
  const how = ['--json', '--timeout', String(timeout), '--only', checks.join(',')];
  const begin = performance.now();
  const ran = await execa(command, [...args, process.execPath, cli, 'check', ...where, ...trust, ...how], {
    env: { PATH: process.env.PATH, HOME: '/run', LANG: 'C.UTF-8' },
    extendEnv: false,
    reject: false,
    timeout: (timeout + HANGS) * 1000,
  });
  const { exitCode = null, stdout, stderr } = ran;
  return { exitCode, stdout, stderr, seconds: (performance.now() - begin) / 1000 };
}

// When whoever wanted this world is gone, so is the world: this is its first process.
process.stdin.resume().once('end', () => process.exit(1));

try {
  const world = worlds.find(({ name }) => name === process.argv[2]);
  if (!world) throw new Error(`no world "${process.argv[2]}"`);
  const outcome = JSON.stringify(await look(world));
  process.stdout.write(outcome, () => process.exit(0));
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error), () => process.exit(1));
}
