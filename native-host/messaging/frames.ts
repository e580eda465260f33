/**
 * Native-messaging frames: a 32-bit length in the machine's own byte order, then that many bytes of UTF-8 JSON
 * (https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging).
 */
import { endianness } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { MAX_TO_BROWSER, MAX_TO_HOST } from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';

const little = endianness() === 'LE';
const HEADER = 4;

/** One message as a frame. Fails with `message-too-large` past `limit` bytes of JSON. */
export function encodeFrame(message: unknown, limit = MAX_TO_BROWSER): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  if (body.length > limit) {
    throw new ProblemError('message-too-large', `${body.length} bytes, the limit is ${limit}`);
  }
  const frame = Buffer.allocUnsafe(HEADER + body.length);
  if (little) frame.writeUInt32LE(body.length);
  else frame.writeUInt32BE(body.length);
  body.copy(frame, HEADER);
  return frame;
}

export interface FrameEvents {
  message: (value: unknown) => void;
  /**
   * A frame that is no message: `not-json` (the next frame is read as if nothing had been), or
   * `message-too-large`, after which nothing more is read, as its end cannot be trusted.
   */
  problem: (error: ProblemError) => void;
}

/** Cuts arriving bytes into messages, however they are split or joined. Holds at most one frame. */
export class FrameReader {
  readonly #events: FrameEvents;
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted: number | undefined;
  #refused = false;

  constructor(events: FrameEvents, limit = MAX_TO_HOST) {
    this.#events = events;
    this.#limit = limit;
  }

  /** True when the bytes so far end in the middle of a frame. */
  get truncated(): boolean {
    return !this.#refused && (this.#held > 0 || this.#wanted !== undefined);
  }

  push(chunk: Buffer): void {
    if (this.#refused || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#next());
  }

  #next(): boolean {
    if (this.#wanted === undefined) {
      if (this.#held < HEADER) return false;
      const header = this.#take(HEADER);
      const length = little ? header.readUInt32LE() : header.readUInt32BE();
      if (length > this.#limit) {
        this.#refuse(length);
        return false;
      }
      this.#wanted = length;
    }
    if (this.#held < this.#wanted) return false;
    const body = this.#take(this.#wanted);
    this.#wanted = undefined;
    this.#deliver(body);
    return true;
  }

  #deliver(body: Buffer): void {
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      this.#events.problem(new ProblemError('not-json', `a frame of ${body.length} bytes`));
      return;
    }
    this.#events.message(value);
  }

  #refuse(length: number): void {
    this.#refused = true;
    this.#chunks = [];
    this.#held = 0;
    const detail = `${length} bytes, the limit is ${this.#limit}`;
    this.#events.problem(new ProblemError('message-too-large', detail));
  }

  /** The first `size` held bytes; joins chunks only when a frame is complete. */
  #take(size: number): Buffer {
    const first = this.#chunks[0];
    const joined = first && first.length >= size ? first : Buffer.concat(this.#chunks);
    const taken = joined.subarray(0, size);
    const rest = joined.subarray(size);
    const others = joined === first ? this.#chunks.slice(1) : [];
    this.#chunks = rest.length > 0 ? [rest, ...others] : others;
    this.#held -= size;
    return taken;
  }
}

/**
 * Writes frames in order and waits when the pipe is full. `broken` is called once when the other side is gone;
 * frames after that are dropped.
 */
export class FrameWriter {
  readonly #stream: Writable;
  #queue: Buffer[] = [];
  #waiting = false;
  #dead = false;

  constructor(stream: Writable, broken: () => void) {
    this.#stream = stream;
    const die = () => {
      if (this.#dead) return;
      this.#dead = true;
      this.#queue = [];
      broken();
    };
    stream.on('error', die);
    stream.on('close', die);
    stream.on('drain', () => {
      this.#waiting = false;
      this.#flush();
    });
  }

  /** Queues a message. Fails with `message-too-large` before anything is written. */
  write(message: unknown): void {
    const frame = encodeFrame(message);
    if (this.#dead) return;
    this.#queue.push(frame);
    this.#flush();
  }

  /** Frames that wait for the pipe. */
  get backlog(): number {
    return this.#queue.length;
  }

  #flush(): void {
    while (!this.#waiting && !this.#dead) {
      const frame = this.#queue.shift();
      if (!frame) return;
      this.#waiting = !this.#stream.write(frame);
    }
  }
}

/** Reads frames from a stream until its end; `end` says whether it stopped in the middle of a frame. */
export function readFrames(
  stream: Readable,
  events: FrameEvents & { end: (truncated: boolean) => void },
): void {
  const reader = new FrameReader(events);
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    events.end(reader.truncated);
  };
  stream.on('data', (chunk: Buffer) => reader.push(chunk));
  stream.on('end', end);
  stream.on('close', end);
  stream.on('error', end);
}
