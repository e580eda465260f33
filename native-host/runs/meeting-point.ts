/**
 * One run at a time for each user, and a way to reach the host that carries it out: that host listens at a local
 * address (a named pipe, an abstract socket) which the system itself frees when the process dies, so a crash
 * leaves no lock behind. Another host of the same user finds it there and passes its browser's messages on.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../common/problem.ts';
import { answerKnock, knock } from './handshake.ts';
import { fileProblem } from './lines.ts';

const SECRET_BYTES = 32;

/** The user's own secret, made once; who can read it can read the journals too. */
async function secretOf(stateFolder: string): Promise<Buffer> {
  const path = join(stateFolder, 'meeting-point.key');
  for (let attempt = 0; attempt < 2; attempt++) {
    const secret = await readFile(path).catch(() => undefined);
    if (secret?.length === SECRET_BYTES) return secret;
    try {
      await mkdir(stateFolder, { recursive: true, mode: 0o700 });
      if (secret) await rm(path);
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(randomBytes(SECRET_BYTES)).finally(() => file.close());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileProblem(error);
    }
  }
  return readFile(path);
}

function addressOf(secret: Buffer): string {
  const name = `signin-rescue-${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  if (process.platform === 'linux') return `\0${name}`;
  return join(tmpdir(), `${name}.sock`);
}

/** Whoever waits at this user's address, and what a host of this user would prove to know; undefined where nobody does. */
async function whoIsThere(stateFolder: string): Promise<{ socket: Socket; secret: Buffer } | undefined> {
  const secret = await readFile(join(stateFolder, 'meeting-point.key')).catch(() => undefined);
  if (secret?.length !== SECRET_BYTES) return undefined;
  return new Promise((resolve) => {
    const socket = createConnection(addressOf(secret));
    socket.once('error', () => resolve(undefined));
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      socket.on('error', () => socket.destroy());
      resolve({ socket, secret });
    });
  });
}

/** Connects to the host that carries out this user's run; undefined when there is none, or none that can prove it. */
export async function visit(stateFolder: string): Promise<Socket | undefined> {
  const there = await whoIsThere(stateFolder);
  if (!there) return undefined;
  if (await knock(there.socket, there.secret)) return there.socket;
  there.socket.destroy();
  return undefined;
}

/** Whether somebody has the place: a host of this user that is carrying a run out, be it one that stands still. */
export async function isOccupied(stateFolder: string): Promise<boolean> {
  const there = await whoIsThere(stateFolder);
  there?.socket.destroy();
  return there !== undefined;
}

export interface MeetingPoint {
  /** Lets the next run begin; visitors who are there already stay. */
  leave(): void;
}

/**
 * Takes the place of the one host with a run. Fails with `run-busy` when another has it. Each visitor that proves to
 * know the secret is handed to `welcome`; without it they are sent away, and get on without this host.
 */
export async function occupy(
  stateFolder: string,
  welcome?: (visitor: Socket) => void,
): Promise<MeetingPoint> {
  // Not every system refuses a second owner of the same pipe.
  if (await isOccupied(stateFolder)) throw new ProblemError('run-busy');
  const secret = await secretOf(stateFolder);
  const server = createServer((visitor) => {
    if (welcome) void admit(visitor, secret, welcome);
    else visitor.destroy();
  });
  await listen(server, addressOf(secret), stateFolder);
  server.unref();
  return { leave: () => void server.close() };
}

async function listen(server: Server, address: string, stateFolder: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen(address, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!error) return;
    const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
    // Only where the address is a file can a dead host have left it behind.
    const leftBehind =
      taken && address.endsWith('.sock') && attempt === 0 && !(await isOccupied(stateFolder));
    if (!leftBehind) throw new ProblemError(taken ? 'run-busy' : 'internal', error.code);
    await rm(address, { force: true });
  }
}

async function admit(visitor: Socket, secret: Buffer, welcome: (visitor: Socket) => void): Promise<void> {
  visitor.on('error', () => visitor.destroy());
  if (await answerKnock(visitor, secret)) welcome(visitor);
  else visitor.destroy();
}
