/**
 * A long and lossy cable: `node slow-link.ts MILLISECONDS EVERY` makes the devices `near` and `beyond` and hands on
 * each packet to the other one so much later, but for one of every so many. What netem does, for kernels without it;
 * and as it counts what to lose, it loses as much each time. See https://docs.kernel.org/networking/tuntap.html
 */
import { openSync, read, writeSync } from 'node:fs';
import koffi from 'koffi';

const LARGEST = 65_536;
/** From linux/if_tun.h and linux/if.h. */
const TUNSETIFF = 0x4004_54ca;
const NAME_LENGTH = 16;
const REQUEST_LENGTH = 40;
/** IFF_TUN and IFF_NO_PI: bare packets of IP. */
const BARE_IP = 0x1001;

const ioctl = koffi.load('libc.so.6').func('int ioctl(int, unsigned long, _Inout_ uint8_t *)');

function tunnel(name: string): number {
  const device = openSync('/dev/net/tun', 'r+');
  const wanted = Buffer.alloc(REQUEST_LENGTH);
  wanted.write(name, 'latin1');
  wanted.writeUInt16LE(BARE_IP, NAME_LENGTH);
  if (ioctl(device, TUNSETIFF, wanted) !== 0) throw new Error(`cannot make the device ${name}`);
  return device;
}

function handOn(from: number, to: number, delay: number, losesEvery: number, seen = 0): void {
  read(from, Buffer.alloc(LARGEST), 0, LARGEST, null, (error, length, packet) => {
    const count = seen + 1;
    if (!error && count % losesEvery !== 0) setTimeout(send, delay, to, packet.subarray(0, length));
    // A device that is not up yet cannot be read; it soon will be.
    if (error) setTimeout(handOn, 10, from, to, delay, losesEvery, seen);
    else handOn(from, to, delay, losesEvery, count);
  });
}

function send(to: number, packet: Buffer): void {
  try {
    writeSync(to, packet);
  } catch {
    // The other end is not up: a packet more that is lost.
  }
}

const [milliseconds, every] = process.argv.slice(2).map(Number);
const [near, beyond] = [tunnel('near'), tunnel('beyond')];
handOn(near, beyond, milliseconds ?? 0, every ?? 0);
handOn(beyond, near, milliseconds ?? 0, every ?? 0);
console.log('ready');
