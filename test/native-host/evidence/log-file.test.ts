import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { addLines, LOG_FILE, LOG_SIZE, OLD_LOG_FILE } from '../../../native-host/evidence/log-file.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const numbers = (text: string): number[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).n);

/** A line of so many bytes. */
const line = (n: number, bytes = 400) => ({ n, pad: 'x'.repeat(bytes - `{"n":${n},"pad":""}\n`.length) });

/** A log that has this many bytes free before it is turned over. */
function almostFull(room: number): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, LOG_FILE), `${JSON.stringify(line(0, LOG_SIZE - room))}\n`);
  return folder;
}

async function writesOf(handle: FileHandle) {
  await handle.close();
  return vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'write');
}

describe('the log', () => {
  it('is for its user alone, and grows line by line', async () => {
    const folder = join(temporaryFolder(), 'new');
    await addLines(folder, [line(1), line(2)]);
    await addLines(folder, [line(3)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([1, 2, 3]);
    expect(statSync(join(folder, LOG_FILE)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is turned over before it grows beyond its size, and the one before goes', async () => {
    const folder = almostFull(400);
    writeFileSync(join(folder, OLD_LOG_FILE), 'the one before');
    await addLines(folder, [line(1)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([0, 1]);
    expect(read(folder, OLD_LOG_FILE)).toBe('the one before');
    await addLines(folder, [line(2)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([2]);
    expect(numbers(read(folder, OLD_LOG_FILE))).toEqual([0, 1]);
  });

  it('takes whole lines only: what a full disk took of one is cut off', async () => {
    const folder = temporaryFolder();
    await addLines(folder, [line(1)]);
    const write = await writesOf(await open(join(folder, LOG_FILE)));
    write.mockImplementationOnce(async (bytes) => {
      appendFileSync(join(folder, LOG_FILE), Buffer.from(String(bytes)).subarray(0, 50));
      return { bytesWritten: 50, buffer: bytes };
    });
    await addLines(folder, [line(2)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([1]);
    await addLines(folder, [line(3)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([1, 3]);
  });

  it('goes on in a new line after one that was torn', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, LOG_FILE), '{"n":1}\n{"n":2,"to');
    await addLines(folder, [line(3)]);
    expect(read(folder, LOG_FILE).split('\n').slice(0, 2)).toEqual(['{"n":1}', '{"n":2,"to']);
    expect(numbers(read(folder, LOG_FILE).split('\n').slice(2).join('\n'))).toEqual([3]);
  });

  it('that cannot be turned over grows to twice its size and no further', async () => {
    const folder = almostFull(100);
    // Nothing can be renamed to a folder that is not empty.
    mkdirSync(join(folder, OLD_LOG_FILE, 'in the way'), { recursive: true });
    await addLines(folder, [line(1, LOG_SIZE)]);
    await addLines(folder, [line(2)]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([0, 1]);
  });

  it('is turned over though somebody died at it', async () => {
    const folder = almostFull(100);
    const lock = join(folder, 'turning-over');
    writeFileSync(lock, '');
    await addLines(folder, [line(1)]);
    expect(existsSync(lock)).toBe(true);
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(lock, longAgo, longAgo);
    await addLines(folder, [line(2)]);
    await addLines(folder, [line(3)]);
    expect(numbers(read(folder, OLD_LOG_FILE))).toEqual([0, 1, 2]);
    expect(numbers(read(folder, LOG_FILE))).toEqual([3]);
    expect(existsSync(lock)).toBe(false);
  });
});

it('two processes that write and turn over at once lose nothing and mix nothing', async () => {
  const folder = temporaryFolder();
  const script = new URL('log-writer.ts', import.meta.url);
  const each = 2000;
  const writers = [1, 2].map((which) => fork(script, [folder, String(which * 10_000), String(each)]));
  const ends = await Promise.all(writers.map((writer) => once(writer, 'exit')));
  expect(ends.map(([code]) => code)).toEqual([0, 0]);
  const [old, current] = [numbers(read(folder, OLD_LOG_FILE)), numbers(read(folder, LOG_FILE))];
  expect(old.length).toBeGreaterThan(each);
  const expected = [1, 2].flatMap((which) => Array.from({ length: each }, (_, n) => which * 10_000 + n));
  expect([...old, ...current].sort((a, b) => a - b)).toEqual(expected);
});
