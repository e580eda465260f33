/** One round of the check's benchmark, in a process of its own as a person's `check` is. Prints a Round. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Finding } from '../../common/findings.ts';
import { lookAtHost } from '../../native-host/checks/endpoints/endpoints.ts';
import { runChecks } from '../../native-host/checks/index.ts';
import type { Machine } from '../../native-host/machine/machine.ts';
import { createSimulatedMachine } from '../../native-host/machine/simulated/index.ts';
import { timed } from './figures.ts';

/** All at once: milliseconds for all, and what the slowest host says that it took itself. */
interface Together {
  total: number;
  slowest: number;
}

export interface Round {
  hosts: number;
  /** Milliseconds of a connection and nothing more: the round trip as it is. */
  roundTrip: number;
  /** The first check of this process, and one after everything was loaded. */
  first: Together;
  later: Together;
  /** MiB that the process held in memory: before the first check, at its peak, after it. */
  memory: { before: number; peak: number; after: number };
  /** One host after the other: milliseconds of each. */
  alone: number[];
  /** Milliseconds until all hosts but one were told: that one well, and lost in a black hole. */
  others: { well: number; lost: number };
}

async function open(file: string): Promise<Machine> {
  return createSimulatedMachine(file);
}

async function together(machine: Machine): Promise<Together & { findings: Finding[] }> {
  const begin = performance.now();
  const { findings } = await runChecks(machine, { only: ['endpoints'] });
  const total = performance.now() - begin;
  const bad = findings.find(({ meaning }) => meaning !== 'reachable');
  if (bad) throw new Error(JSON.stringify(bad));
  return { total, slowest: Math.max(...findings.map(({ took }) => took)), findings };
}

/** MiB; VmRSS or VmHWM, the most since `forgetPeak`. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function memory(what: 'VmRSS' | 'VmHWM'): number {
  const [, kib] =
    new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1024;
}

const forgetPeak = () => writeFileSync('/proc/self/clear_refs', '5');

async function aloneEach(machine: Machine, hosts: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const host of hosts) {
    const context = { machine, timeout: 10_000, signal: new AbortController().signal };
    times.push(await timed(() => lookAtHost(host, context)));
  }
  return times;
}

/** Milliseconds until every host but this one was told; the check is cancelled then. */
async function untilOthers(machine: Machine, count: number, lost: string): Promise<number> {
  const begin = performance.now();
  const cancel = new AbortController();
  let took = Number.NaN;
  let told = 0;
  await runChecks(machine, {
    only: ['endpoints'],
    signal: cancel.signal,
    found: ({ subject, meaning }) => {
      if (subject === lost) return;
      if (meaning !== 'reachable' && told < count - 1) throw new Error(`${subject}: ${meaning}`);
      told += 1;
      if (told !== count - 1) return;
      took = performance.now() - begin;
      cancel.abort();
    },
  });
  return took;
}

const [pcFile = '', holedFile = ''] = process.argv.slice(2);
const [machine, holed] = [await open(pcFile), await open(holedFile)];
const before = memory('VmRSS');
forgetPeak();
const { findings, ...first } = await together(machine);
const [peak, after] = [memory('VmHWM'), memory('VmRSS')];
const hosts = findings.map(({ subject }) => subject);
const { total, slowest } = await together(machine);
const lost = hosts[Math.floor(hosts.length / 2)] ?? '';
const others = {
  well: await untilOthers(machine, hosts.length, lost),
  lost: await untilOthers(holed, hosts.length, lost),
};
const route = await machine.route(hosts[0] ?? '');
if (route.kind !== 'connect-to') throw new Error(route.kind);
const roundTrip = await timed(async () => {
  const socket = connect({ host: route.address, port: route.port });
  await once(socket, 'connect');
  socket.destroy();
});
const round: Round = {
  hosts: hosts.length,
  roundTrip,
  first,
  later: { total, slowest },
  memory: { before, peak, after },
  alone: await aloneEach(machine, hosts),
  others,
};
console.log(JSON.stringify(round));
