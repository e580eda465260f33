/**
 * How two hosts of one user know each other: each proves that it can read the user's secret, and neither sends it. The
 * address where they meet is no secret: any program of this PC may knock there, or wait there for those who do.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';

const BYTES = 32;
/** The other side must answer within this many milliseconds. */
const PATIENCE = 2_000;

/** Of both challenges, and of a side: what one has said proves nothing in the mouth of the other. */
const proofOf = (side: 'owner' | 'visitor', secret: Buffer, challenges: Buffer) =>
  createHmac('sha256', secret).update(side).update(challenges).digest();

/** For who comes: whether the host that waits at the address is this user's. Nothing is said to another. */
export async function knock(socket: Socket, secret: Buffer): Promise<boolean> {
  const own = randomBytes(BYTES);
  socket.write(own);
  const answer = await take(socket, 2 * BYTES);
  if (answer === undefined) return false;
  const challenges = Buffer.concat([own, answer.subarray(0, BYTES)]);
  if (!timingSafeEqual(answer.subarray(BYTES), proofOf('owner', secret, challenges))) return false;
  socket.write(proofOf('visitor', secret, challenges));
  return true;
}

/** For who waits: whether the one who came is a host of this user. */
export async function answerKnock(socket: Socket, secret: Buffer): Promise<boolean> {
  const theirs = await take(socket, BYTES);
  if (theirs === undefined) return false;
  const own = randomBytes(BYTES);
  const challenges = Buffer.concat([theirs, own]);
  socket.write(Buffer.concat([own, proofOf('owner', secret, challenges)]));
  const proof = await take(socket, BYTES);
  return proof !== undefined && timingSafeEqual(proof, proofOf('visitor', secret, challenges));
}

/** The next `size` bytes; what comes behind them stays to be read. Undefined where they do not come in time. */
function take(socket: Socket, size: number): Promise<Buffer | undefined> {
  const { promise, resolve } = Promise.withResolvers<Buffer | undefined>();
  const look = () => {
    const bytes: Buffer | null = socket.read(size);
    // At its end a stream gives what is left, be it less.
    if (bytes !== null) resolve(bytes.length === size ? bytes : undefined);
  };
  const giveUp = () => resolve(undefined);
  const timer = setTimeout(giveUp, PATIENCE);
  socket.on('readable', look).on('end', giveUp).on('close', giveUp);
  look();
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('readable', look).off('end', giveUp).off('close', giveUp);
  });
}
