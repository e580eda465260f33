/**
 * A network that only what is run in it sees, with names and addresses of its own, whose servers are ours on loopback:
 * so a program can be sent to `https://login.microsoftonline.com/`, port and all. Needs root, or namespaces that users
 * may make; ends with the test.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { connect, Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { ensurePrograms } from '../system-packages.ts';

/** What the process inside is told; see own-network-inside.ts. */
export interface Order {
  /** All names that there are, and their addresses. */
  names?: Record<string, string>;
  /** Where to listen; the answer brings the listening server along. */
  listen?: { address: string; port: number };
  run?: {
    command: string[];
    env: NodeJS.ProcessEnv;
    folder: string;
    out: { stdout: string; stderr: string };
  };
}

/** What it answers; a listening server comes along. */
export interface Done {
  /** The exit code of what was run. */
  code: number | null;
}

/** An address of which nothing ever comes back. */
export const BLACK_HOLE = '198.51.100.9';

/** An address at which nobody listens. */
export const NOBODY = '203.0.113.250';

export interface OwnNetwork extends AsyncDisposable {
  /** Puts a server of loopback, `127.0.0.1:PORT`, at this port of an address of its own, which it gives. */
  place(server: string, port?: number): Promise<string>;
  /** These names are known, and no others. */
  name(names: Record<string, string>): Promise<void>;
  /** Runs a command in this network, to its end. */
  run(
    command: string[],
    options: { env: NodeJS.ProcessEnv; folder: string },
  ): Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Hands each connection on to a server of loopback, ends and resets and all. */
function leadTo(server: string, listener: Server): void {
  const port = Number(server.split(':').at(-1));
  const hand = (from: Socket, to: Socket) => {
    from.pipe(to);
    from.on('error', () => to.resetAndDestroy());
    from.on('close', () => to.destroySoon());
  };
  listener.on('connection', (near: Socket) => {
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    near.allowHalfOpen = true;
    hand(near, far);
    hand(far, near);
  });
}

function begin(resolver: string): ChildProcess {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const inside = [process.execPath, join(import.meta.dirname, 'own-network-inside.ts'), resolver];
  const apart = [...user, '--net', '--mount', '--fork', '--kill-child', ...inside];
  return spawn('unshare', apart, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** The answer to the order before; with the listening server, where that was the order. */
async function answered(child: ChildProcess): Promise<{ code: number | null; server: Server | undefined }> {
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('the network of its own has ended: it needs root, or namespaces for users');
  });
  ended.catch(() => undefined);
  try {
    const message = once(child, 'message', { signal: over.signal });
    const [done, server]: (Done | Server | undefined)[] = await Promise.race([message, ended]);
    if (done === undefined || !('code' in done)) throw new Error('no answer');
    return { code: done.code, server: server instanceof Server ? server : undefined };
  } finally {
    over.abort();
  }
}

/** Opens a network; its files are kept in the folder. */
export async function openOwnNetwork(folder: string): Promise<OwnNetwork> {
  await ensurePrograms(['ip', 'unshare']);
  const own = await mkdtemp(join(folder, 'network-'));
  const resolver = join(own, 'resolv.conf');
  await writeFile(resolver, 'nameserver 127.0.0.1\n');
  const child = begin(resolver);
  await answered(child);
  const tell = async (order: Order) => {
    child.send(order);
    return answered(child);
  };
  const listeners: Server[] = [];
  let count = 0;
  return {
    async place(server, port = 443) {
      count += 1;
      const address = `203.0.113.${count + 1}`;
      const { server: listener } = await tell({ listen: { address, port } });
      if (listener === undefined) throw new Error('nothing listens');
      leadTo(server, listener);
      listeners.push(listener);
      return address;
    },
    async name(names) {
      await tell({ names });
    },
    async run(command, options) {
      count += 1;
      const out = { stdout: join(own, `${count}.out`), stderr: join(own, `${count}.err`) };
      const { code } = await tell({ run: { command, ...options, out } });
      const [said, complained] = await Promise.all([
        readFile(out.stdout, 'utf8'),
        readFile(out.stderr, 'utf8'),
      ]);
      return { code, stdout: said, stderr: complained };
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      for (const listener of listeners) listener.close();
    },
  };
}
