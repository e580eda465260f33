/**
 * Frames. The oracle is a second reader, of whole buffers and a few lines only: whatever bytes come and however they
 * are cut, the host's reader tells the same values and problems in the same order, nothing after a length beyond the
 * limit, and at the end whether a frame was left unfinished.
 */
import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_TO_HOST } from '../../../common/contract.ts';
import { FrameReader } from '../../../native-host/messaging/frames.ts';
import { spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

function framed(body: Uint8Array, length = body.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(length);
  return Buffer.concat([header, body]);
}

/** Plain and quick to make: what is inside of a frame is a matter of other targets. */
const leaf = fc.oneof(
  fc.integer(),
  fc.string({ maxLength: 10 }),
  fc.constantFrom(null, true, 1e300, 'größe 🔑', '\0'),
);
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.record({ jsonrpc: leaf, params: leaf }));

const body = fc.oneof(
  { weight: 4, arbitrary: value.map((each) => Buffer.from(JSON.stringify(each))) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{', '"\\ud800"', '\ufeff1', '1 2', '[').map((text) => Buffer.from(text)),
  },
  // Not UTF-8, within a text and without.
  {
    weight: 1,
    arbitrary: fc
      .constantFrom([0x22, 0xff, 0x22], [0xc0, 0x80], [0x22, 0xed, 0xa0, 0x80, 0x22])
      .map(Buffer.from),
  },
);
const honest = body.map((bytes) => framed(bytes));
const lying = fc
  .tuple(body, fc.oneof(fc.nat(100), fc.constantFrom(0, 64, 65, MAX_TO_HOST, MAX_TO_HOST + 1, 0xffff_ffff)))
  .map(([bytes, length]) => framed(bytes, length));

const frames = fc
  .array(fc.oneof({ weight: 8, arbitrary: honest }, { weight: 1, arbitrary: lying }), { maxLength: 6 })
  .map((parts) => Buffer.concat(parts));

const input = fc.record({
  bytes: fc.oneof(frames, spoiled(frames, 2)),
  cuts: fc.array(fc.nat(), { maxLength: 8 }),
  limit: fc.constantFrom(64, MAX_TO_HOST),
});

interface Heard {
  events: unknown[];
  truncated: boolean;
}

/** A value is told in brackets, so that no value can look like a problem. */
function expected(bytes: Buffer, limit: number): Heard {
  const events: unknown[] = [];
  let at = 0;
  while (bytes.length - at >= 4) {
    const length = bytes.readUInt32LE(at);
    if (length > limit) return { events: [...events, 'message-too-large'], truncated: false };
    if (bytes.length - at - 4 < length) return { events, truncated: true };
    const text = bytes.subarray(at + 4, at + 4 + length).toString('utf8');
    try {
      events.push([JSON.parse(text)]);
    } catch {
      events.push('not-json');
    }
    at += 4 + length;
  }
  return { events, truncated: at < bytes.length };
}

function heard(bytes: Buffer, cuts: readonly number[], limit: number): Heard {
  const events: unknown[] = [];
  const message = (value: unknown) => void events.push([value]);
  const reader = new FrameReader(
    { message, problem: ({ problem }) => void events.push(problem.kind) },
    limit,
  );
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  ends.forEach((end, index) => {
    // A chunk of its own, which the stream may use again afterwards.
    const chunk = Buffer.from(bytes.subarray(ends[index - 1] ?? 0, end));
    reader.push(chunk);
  });
  return { events, truncated: reader.truncated };
}

function judge(
  { bytes, cuts, limit }: { bytes: Uint8Array; cuts: number[]; limit: number },
  { count }: Ground,
): void {
  const whole = Buffer.from(bytes);
  const told = heard(whole, cuts, limit);
  deepStrictEqual(told, expected(whole, limit));
  for (const event of told.events) count(typeof event === 'string' ? event : 'message');
  if (told.truncated) count('cut off');
}

export const framesTarget = target({ name: 'frames', batch: 20_000, input, judge });
