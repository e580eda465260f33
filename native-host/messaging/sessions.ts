/** The native-messaging host: a run host, the browser on standard input and output, and visiting hosts. */
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Machine } from '../machine/machine.ts';
import { visit } from '../runs/meeting-point.ts';
import { RunHost } from '../runs/run-host.ts';
import { Audience } from './audience.ts';

/** How long, in milliseconds, a run waits for a browser to come back (a service worker that was put to sleep) before it goes unverified. */
const COME_BACK = 60_000;

export interface ServeOptions {
  machine: Machine;
  input: Readable;
  output: Writable;
  /** Milliseconds to wait for a browser that went away in mid-run. */
  comeBack?: number;
}

/**
 * Serves a browser until its port closes and nothing runs. When another host of this user carries a run out,
 * this one only passes bytes between that host and its own browser.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const owner = await visit(options.machine.stateFolder);
  if (owner) return relay(owner, options.input, options.output);
  const { machine, input, output, comeBack = COME_BACK } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const audience = new Audience();
  const endIfDone = () => {
    if (audience.empty && !host.busy) end();
  };
  const host: RunHost = new RunHost(machine, {
    changed: (run) => audience.tell(run),
    verify: (run) => audience.verify(run, comeBack),
    clearSession: (run) => audience.clearSession(run),
    visitor: (socket) => audience.admit(host, socket, endIfDone),
    idle: endIfDone,
  });
  audience.open(host, input, output, endIfDone);
  await ended;
}

/** Joins a browser to the host that has the run; ends when either side does. */
function relay(owner: Socket, input: Readable, output: Writable): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      owner.destroy();
      resolve();
    };
    owner.on('close', end);
    output.on('error', end);
    input.on('error', end);
    input.on('end', end);
    input.pipe(owner, { end: false });
    owner.pipe(output, { end: false });
  });
}
