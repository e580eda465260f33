/**
 * A network that takes its time, in a namespace of its own: a TUN device whose packets all come back late. What goes
 * out to any address of it comes in again as if from there, so that a server on this side is reached by every address,
 * and each round trip (TCP, TLS, HTTP) takes twice the delay. Not every kernel has `tc netem`; TUN is in all.
 */
import { execFileSync } from 'node:child_process';
import { openSync, readSync, writeSync } from 'node:fs';
import { Worker, workerData } from 'node:worker_threads';
import koffi from 'koffi';

/** This side's address; all others up to the last are the far side. */
export const NEAR = '10.9.0.1';
export const farAddress = (index: number) => `10.9.0.${index + 2}`;
/** What goes there is never seen again. */
export const BLACK_HOLE = '10.9.0.254';

const DEVICE = 'slow0';
const [TUNSETIFF, IFF_TUN, IFF_NO_PI] = [0x400454ca, 0x0001, 0x1000];

/** Sets up the namespace that this process is in. The delay is in milliseconds, one way. */
export function openSlowNetwork(delay: number): void {
  const nonBlocking = 0o4000;
  const device = openSync('/dev/net/tun', 0o2 | nonBlocking);
  const ioctl = koffi.load('libc.so.6').func('int ioctl(int, unsigned long, void *)');
  const request = Buffer.alloc(40);
  request.write(DEVICE);
  request.writeUInt16LE(IFF_TUN | IFF_NO_PI, 16);
  if (ioctl(device, TUNSETIFF, request) !== 0) throw new Error('TUNSETIFF failed');
  const ip = (...args: string[]) => execFileSync('ip', args);
  ip('link', 'set', 'lo', 'up');
  ip('address', 'add', `${NEAR}/24`, 'dev', DEVICE);
  ip('link', 'set', DEVICE, 'up');
  // A thread of its own: a busy server must not hold packets up.
  new Worker(new URL(import.meta.url), { workerData: { device, delay } }).unref();
}

interface Late {
  due: number;
  packet: Buffer;
}

function carry(device: number, delay: number): void {
  const hole = Buffer.from(BLACK_HOLE.split('.').map(Number));
  const room = Buffer.alloc(65_536);
  const late: Late[] = [];
  setInterval(() => {
    for (let bytes = read(device, room); bytes > 0; bytes = read(device, room)) {
      const packet = Buffer.from(room.subarray(0, bytes));
      const isIPv4 = (packet[0] ?? 0) >> 4 === 4;
      if (!isIPv4 || packet.subarray(16, 20).equals(hole)) continue;
      turn(packet);
      late.push({ due: performance.now() + delay, packet });
    }
    while (late[0] !== undefined && late[0].due <= performance.now()) {
      const next = late.shift();
      if (next) writeSync(device, next.packet);
    }
  }, 1);
}

/** Exchanges the addresses of sender and receiver; all checksums stay right, being sums. */
function turn(packet: Buffer): void {
  const sender = Buffer.from(packet.subarray(12, 16));
  packet.copy(packet, 12, 16, 20);
  sender.copy(packet, 16);
}

/** Bytes of the next packet, 0 when there is none. */
function read(device: number, room: Buffer): number {
  try {
    return readSync(device, room);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

if (workerData !== null) carry(workerData.device, workerData.delay);
