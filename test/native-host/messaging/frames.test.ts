import { PassThrough, Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TO_BROWSER, MAX_TO_HOST } from '../../../common/contract.ts';
import { toProblem } from '../../../common/problem.ts';
import { encodeFrame, FrameReader, FrameWriter, readFrames } from '../../../native-host/messaging/frames.ts';
import { frameOf } from '../../harness/host/frame-client.ts';

interface Read {
  /** Values, and problems by their kind, in the order that they came. */
  events: unknown[];
  truncated: boolean;
}

function read(chunks: readonly Buffer[], limit?: number): Read {
  const events: unknown[] = [];
  const reader = new FrameReader(
    { message: (value) => events.push(value), problem: ({ problem }) => events.push(`! ${problem.kind}`) },
    limit,
  );
  for (const chunk of chunks) reader.push(chunk);
  return { events, truncated: reader.truncated };
}

function header(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return bytes;
}

const hello = { jsonrpc: '2.0', method: 'hello', params: { größe: '🔑' } };

describe('encodeFrame', () => {
  it('writes a little-endian length in bytes, not characters, and the JSON', () => {
    const frame = encodeFrame('é');
    expect([...frame]).toEqual([4, 0, 0, 0, 0x22, 0xc3, 0xa9, 0x22]);
  });

  it('takes exactly what a browser accepts and not a byte more', () => {
    const most = 'x'.repeat(MAX_TO_BROWSER - 2);
    expect(encodeFrame(most)).toHaveLength(4 + MAX_TO_BROWSER);
    const tooLarge = () => encodeFrame(`${most}x`);
    expect(tooLarge).toThrow('message-too-large');
    expect(tooLarge).toThrow(String(MAX_TO_BROWSER + 1));
  });
});

describe('FrameReader', () => {
  const frame = frameOf(JSON.stringify(hello));

  it('reads a frame that is cut in two at any byte', () => {
    for (let at = 0; at <= frame.length; at++) {
      const result = read([frame.subarray(0, at), frame.subarray(at)]);
      expect(result, `cut at ${at}`).toEqual({ events: [hello], truncated: false });
    }
  });

  it('reads a frame that comes byte by byte', () => {
    expect(read([...frame].map((byte) => Buffer.of(byte))).events).toEqual([hello]);
  });

  it('reads frames that come joined, and one that ends in the next chunk', () => {
    const joined = Buffer.concat([frame, frameOf('1'), frameOf('[]'), frame]);
    const expected = [hello, 1, [], hello];
    expect(read([joined]).events).toEqual(expected);
    for (let at = 0; at <= joined.length; at++) {
      expect(read([joined.subarray(0, at), joined.subarray(at)]).events, `cut at ${at}`).toEqual(expected);
    }
  });

  it('knows at every byte whether a frame has begun and not ended', () => {
    for (let at = 0; at <= frame.length; at++) {
      expect(read([frame.subarray(0, at)]).truncated, `after ${at}`).toBe(at > 0 && at < frame.length);
    }
  });

  it('takes empty chunks for nothing', () => {
    const empty = Buffer.alloc(0);
    expect(read([empty, frame.subarray(0, 2), empty, frame.subarray(2), empty]).events).toEqual([hello]);
  });

  it('tells a frame of no length as not JSON and reads the next', () => {
    expect(read([Buffer.concat([header(0), frame])]).events).toEqual(['! not-json', hello]);
    expect(read([header(0)])).toEqual({ events: ['! not-json'], truncated: false });
  });

  it.each(['{', 'undefined', '{"a":1}}', "{'a':1}", '\u0000', '\ufeff1'])(
    'tells `%s` as not JSON and reads the next',
    (text) => {
      expect(read([frameOf(text), frame]).events).toEqual(['! not-json', hello]);
    },
  );

  it('takes a frame of exactly the limit', () => {
    const most = frameOf(JSON.stringify('x'.repeat(98)));
    expect(read([most], 100)).toEqual({ events: ['x'.repeat(98)], truncated: false });
  });

  it('refuses a longer one by its header alone, once, and reads nothing after it', () => {
    const result = read([header(101), Buffer.alloc(101, '1'), frame, header(101)], 100);
    expect(result).toEqual({ events: ['! message-too-large'], truncated: false });
  });

  it('reads the frames before an oversized one, also out of the same chunk', () => {
    const chunk = Buffer.concat([frameOf('1'), header(0xffffffff), frameOf('2')]);
    expect(read([chunk]).events).toEqual([1, '! message-too-large']);
    expect(read([header(MAX_TO_HOST + 1)]).events).toEqual(['! message-too-large']);
    expect(read([header(MAX_TO_HOST)])).toEqual({ events: [], truncated: true });
  });

  it('gives any JSON values back, however the bytes are cut', () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 12 });
    const cuts = fc.array(fc.nat(), { maxLength: 30 });
    const property = fc.property(values, cuts, (sent, marks) => {
      const bytes = Buffer.concat(sent.map((value) => encodeFrame(value)));
      const ends = [...marks.map((mark) => mark % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
      const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
      // JSON has no -0.
      const expected = JSON.parse(JSON.stringify(sent));
      expect(read(chunks)).toEqual({ events: expected, truncated: false });
    });
    fc.assert(property, { seed: 20260102, numRuns: 500 });
  });

  it('never throws and never goes on after too much, whatever bytes come', () => {
    const property = fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
      const { events } = read(
        chunks.map((chunk) => Buffer.from(chunk)),
        64,
      );
      const refused = events.indexOf('! message-too-large');
      expect(refused === -1 || refused === events.length - 1).toBe(true);
    });
    fc.assert(property, { seed: 20260103, numRuns: 500 });
  });
});

describe('readFrames', () => {
  it.each([
    ['between frames', frameOf('1'), false],
    ['in a header', Buffer.concat([frameOf('1'), Buffer.of(9)]), true],
    ['in a body', Buffer.concat([frameOf('1'), header(5), Buffer.from('{')]), true],
  ])('says at the end of input whether it came %s', async (_, bytes, expected) => {
    const stream = new PassThrough();
    const ends: boolean[] = [];
    const messages: unknown[] = [];
    const closed = new Promise((resolve) => stream.on('close', resolve));
    readFrames(stream, {
      message: (value) => messages.push(value),
      problem: () => undefined,
      end: (truncated) => ends.push(truncated),
    });
    stream.end(bytes);
    await closed;
    expect({ ends, messages }).toEqual({ ends: [expected], messages: [1] });
  });
});

/** A pipe whose reader takes one chunk at a time, when told to. */
function slowPipe() {
  const written: Buffer[] = [];
  let accept: (() => void) | undefined;
  const stream = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk);
      accept = () => done();
    },
  });
  const next = async () => {
    accept?.();
    await new Promise(setImmediate);
  };
  return { stream, written, next };
}

describe('FrameWriter', () => {
  it('hands a full pipe nothing more until it has drained, and keeps the order', async () => {
    const { stream, written, next } = slowPipe();
    const writer = new FrameWriter(stream, () => undefined);
    for (let n = 0; n < 5; n++) writer.write(n);
    expect([written.length, stream.writableLength, writer.backlog]).toEqual([1, 5, 4]);
    await next();
    expect([written.length, writer.backlog]).toEqual([2, 3]);
    for (let n = 0; n < 4; n++) await next();
    expect(writer.backlog).toBe(0);
    expect(read(written).events).toEqual([0, 1, 2, 3, 4]);
  });

  it('refuses what is too large before anything of it is written, and goes on', () => {
    const stream = new PassThrough();
    const writer = new FrameWriter(stream, () => undefined);
    expect(() => writer.write('x'.repeat(MAX_TO_BROWSER))).toThrow('message-too-large');
    writer.write('small');
    expect(read([stream.read() as Buffer]).events).toEqual(['small']);
  });

  it('says once that the other side is gone, and drops what comes after', async () => {
    let broken = 0;
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const closed = new Promise((resolve) => stream.on('close', resolve));
    const writer = new FrameWriter(stream, () => {
      broken += 1;
    });
    writer.write(1);
    writer.write(2);
    await closed;
    expect(() => writer.write(3)).not.toThrow();
    expect({ broken, backlog: writer.backlog }).toEqual({ broken: 1, backlog: 0 });
  });

  it('fails with a problem that can be sent in place of what was too large', () => {
    const writer = new FrameWriter(new PassThrough(), () => undefined);
    let problem: unknown;
    try {
      writer.write('x'.repeat(MAX_TO_BROWSER));
    } catch (error) {
      problem = toProblem(error);
    }
    expect(problem).toEqual({ kind: 'message-too-large', detail: expect.stringContaining('1048578') });
  });
});
