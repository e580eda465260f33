/** Programs that run in a world until it ends: our servers, and real ones. Each gives its promise when it is ready. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { at, laySlowLink, type Place } from './namespaces.ts';
import type { ToServe } from './servers.ts';
import { type Company, type Names, places, type Way } from './world.ts';

/** Starts it and waits for what it says when it listens; fails with what it said before it ended instead. */
async function started(place: Place | undefined, command: readonly string[], ready: RegExp): Promise<void> {
  const [program = '', ...args] = [...(place ? at(place) : []), ...command];
  const env = { HOME: '/run', PYTHONUNBUFFERED: '1' };
  const running = execa(program, args, { env, stdin: 'ignore', all: true, buffer: false, reject: false });
  const said: string[] = [];
  for await (const line of createInterface({ input: running.all })) {
    said.push(line);
    if (!ready.test(line)) continue;
    // Nobody listens to the rest, and a full pipe must not stop it.
    running.all.resume();
    return;
  }
  throw new Error(`${command[0]}: ${said.join('\n')}`);
}

const ours = (file: string, ...args: string[]) => [
  process.execPath,
  `${import.meta.dirname}/${file}`,
  ...args,
];

export const serve = (place: Place, wanted: ToServe) =>
  started(place, ours('servers.ts', JSON.stringify(wanted)), /^ready$/);

const both = [places.microsoft.v4, places.microsoft.v6];

/** dnsmasq, which knows the company's names and gives Microsoft's addresses for all others. */
export async function nameServer(names: Names = both): Promise<void> {
  if (names === 'silent') return;
  // Without an address, a name of ours alone is unknown.
  const answers = names === 'unknown' ? ['--local=/#/'] : names.map((address) => `--address=/#/${address}`);
  const { v4, v6 } = places.router;
  const company = [`--address=/corp.example/${v4}`, `--address=/corp.example/${v6}`];
  // Without the system's settings, and as the user who starts it: within a namespace there may be no other.
  const alone = ['--no-daemon', '--conf-file=/dev/null', '--no-hosts', '--no-resolv'];
  await started('router', ['dnsmasq', ...alone, ...company, ...answers], /started, version/);
}

/** tinyproxy; `refusing` lets nobody through to port 443. */
export async function proxy(manner: NonNullable<Company['proxy']>): Promise<void> {
  const lines = [`Port ${places.proxyPort}`, 'Timeout 30', 'MaxClients 50', 'LogLevel Info'];
  if (manner === 'login') lines.push('BasicAuth ada s3cret');
  lines.push(manner === 'refusing' ? 'ConnectPort 8444' : 'ConnectPort 443');
  writeFileSync('/run/tinyproxy.conf', `${lines.join('\n')}\n`);
  await started('router', ['tinyproxy', '-d', '-c', '/run/tinyproxy.conf'], /Accepting connections/);
}

/** mitmproxy, to which the router hands what goes to port 443. Gives its authority as PEM. */
export async function inspection(upstreamCa: string): Promise<string> {
  const listen = ['--mode', 'transparent', '--listen-port', String(places.inspectionPort)];
  const set = ['confdir=/run/mitmproxy', `ssl_verify_upstream_trusted_ca=${upstreamCa}`];
  const settings = set.flatMap((each) => ['--set', each]);
  await started('router', ['mitmdump', ...listen, ...settings], /listening at/i);
  return readFileSync('/run/mitmproxy/mitmproxy-ca-cert.pem', 'utf8');
}

export async function slowLink({ roundTrip, losesEvery }: NonNullable<Way['slow']>) {
  const command = ours('slow-link.ts', String(roundTrip / 2), String(losesEvery));
  await started(undefined, command, /^ready$/);
  await laySlowLink('near', 'beyond');
}
