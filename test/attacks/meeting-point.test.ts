/**
 * A second program at the place where hosts of one user meet. Its address is no secret: while a run goes on, any
 * program of this PC can read it in the system's list.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectTo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isOccupied, occupy, visit } from '../../native-host/runs/meeting-point.ts';
import { connect } from '../harness/host/connection.ts';
import { problemOf } from '../harness/problem-of.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { testPc } from '../harness/test-pc.ts';

const keyIn = (folder: string) => join(folder, 'meeting-point.key');
const addressFor = (key: Buffer) =>
  `\0signin-rescue-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;

/** Somebody who waits where hosts meet before any host does, and answers what comes with `say`. */
async function squat(folder: string, say: (socket: Socket, heard: Buffer) => void): Promise<() => Buffer> {
  mkdirSync(folder, { recursive: true });
  const key = randomBytes(32);
  writeFileSync(keyIn(folder), key);
  let heard = Buffer.alloc(0);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      say(socket, chunk);
    });
  });
  server.listen(addressFor(key));
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return () => heard;
}

/** The place taken by a real host, and who was let in. */
async function taken() {
  const folder = temporaryFolder();
  const welcomed: Socket[] = [];
  const { promise: letIn, resolve } = Promise.withResolvers<Socket>();
  const place = await occupy(folder, (visitor) => {
    welcomed.push(visitor);
    resolve(visitor);
  });
  onTestFinished(() => {
    place.leave();
    for (const each of welcomed) each.destroy();
  });
  return { folder, welcomed, letIn, key: readFileSync(keyIn(folder)) };
}

/** Knocks at the place, says this, and gives what came back by the time the door was shut, or one was let in. */
async function knockWith(
  { key, letIn }: Awaited<ReturnType<typeof taken>>,
  words: readonly Buffer[],
): Promise<Buffer> {
  const socket = connectTo(addressFor(key));
  let heard = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
  });
  const closed = once(socket, 'close');
  for (const each of words) socket.write(each);
  await Promise.race([closed, letIn]);
  return heard;
}

describe('a program that waits where hosts meet', () => {
  it.each<[string, (socket: Socket, heard: Buffer) => void]>([
    ['says nothing', () => undefined],
    ['says the same again', (socket, heard) => void socket.write(Buffer.concat([heard, heard]))],
    ['says anything', (socket) => void socket.write(randomBytes(64))],
    ['hangs up', (socket) => void socket.end()],
  ])('and %s is not taken for a host, and learns nothing by it', async (_, say) => {
    const folder = temporaryFolder();
    const heard = await squat(folder, say);
    expect(await visit(folder)).toBeUndefined();
    const secret = readFileSync(keyIn(folder));
    expect(heard()).toHaveLength(32);
    expect(heard().equals(secret)).toBe(false);
  });

  it('hears nothing of what browser and host say to each other', async () => {
    const { machine } = await testPc();
    const heard = await squat(machine.stateFolder, (socket) => void socket.write(randomBytes(64)));
    const { client } = connect(machine);
    expect(await client.hello()).toMatchObject({ machine: 'simulated', run: null });
    expect(heard()).toHaveLength(32);
  });

  it('can keep runs from beginning, and no more', async () => {
    const folder = temporaryFolder();
    await squat(folder, () => undefined);
    expect(await isOccupied(folder)).toBe(true);
    expect((await problemOf(occupy(folder, () => undefined))).kind).toBe('run-busy');
  });
});

describe('a program that knocks where a host waits', () => {
  it.each<[string, (key: Buffer) => Buffer[]]>([
    ['the name of the place', (key) => [createHash('sha256').update(key).digest(), Buffer.alloc(32)]],
    ['zeros', () => [Buffer.alloc(64)]],
    ['a frame', () => [Buffer.from('\x02\0\0\0{}'.padEnd(96))]],
    ['the secret itself, which proves nothing', (key) => [key, key]],
  ])('with %s is shown the door', async (_, words) => {
    const place = await taken();
    const { welcomed, key } = place;
    const heard = await knockWith(place, words(key));
    expect(heard).toHaveLength(64);
    expect(heard.includes(key)).toBe(false);
    expect(welcomed).toEqual([]);
  });

  it('with what the host itself has said is shown the door', async () => {
    const { welcomed, letIn, key } = await taken();
    const socket = connectTo(addressFor(key));
    onTestFinished(() => void socket.destroy());
    socket.write(randomBytes(32));
    const [answer] = await once(socket, 'data');
    const closed = once(socket, 'close');
    socket.write(answer.subarray(32));
    await Promise.race([closed, letIn]);
    expect(welcomed).toEqual([]);
  });

  it('is let in only as a host of the same user, which knows the secret', async () => {
    const { folder, letIn } = await taken();
    const guest = await visit(folder);
    if (!guest) throw new Error('nobody was let in');
    (await letIn).write('hello');
    expect(String((await once(guest, 'data'))[0])).toBe('hello');
    guest.destroy();
  });
});

it('the secret by which hosts know each other is for its user alone', async () => {
  const { folder } = await taken();
  expect(statSync(keyIn(folder)).mode & 0o777).toBe(0o600);
});
