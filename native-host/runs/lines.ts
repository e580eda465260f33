/** JSON-lines files that survive a crash: appended in whole lines, flushed on demand, a torn end cut off. */
import { type FileHandle, mkdir, open, readFile, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';

const NEWLINE = 0x0a;

export interface Lines<T> {
  values: T[];
  /** Whole lines that are no valid record: edited by hand, or damaged. They are left out. */
  damaged: number;
  /** Bytes up to the end of the last whole line. */
  length: number;
}

/** Reads what is whole and valid. A missing file is an empty one. */
export async function readLines<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Lines<T>> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw fileProblem(error);
  });
  const length = bytes.lastIndexOf(NEWLINE) + 1;
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').filter(Boolean);
  const values = lines.flatMap((line) => parseLine(line, schema));
  return { values, damaged: lines.length - values.length, length };
}

/**
 * Appends records to a file; the file is private to its user. What is cut off is cut off by its path, as Windows does
 * not let a file be cut that is open for appending only (https://github.com/nodejs/node/issues/3177).
 */
export class LineFile {
  readonly #file: FileHandle;
  readonly #path: string;
  #length: number;

  private constructor(file: FileHandle, path: string, length: number) {
    this.#file = file;
    this.#path = path;
    this.#length = length;
  }

  /** Opens for appending after the last whole line, making folder and file as needed. */
  static async open(path: string, length = 0): Promise<LineFile> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const size = await stat(path).then(
        (found) => found.size,
        () => 0,
      );
      if (size > length) await truncate(path, length);
      return new LineFile(await open(path, 'a', 0o600), path, length);
    } catch (error) {
      throw fileProblem(error);
    }
  }

  /** Writes one line a value; with `flush` it is on the disk when this returns. */
  async append(values: readonly unknown[], flush: boolean): Promise<void> {
    const bytes = asLines(values);
    try {
      await this.#file.appendFile(bytes);
      this.#length += bytes.length;
      if (flush) await this.#file.sync();
    } catch (error) {
      // A full disk may have taken half a line, which would spoil the next one.
      await truncate(this.#path, this.#length).catch(() => undefined);
      throw fileProblem(error);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** One line a value. */
export function asLines(values: readonly unknown[]): Buffer {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}

/**
 * Adds whole lines to a file that several hosts may write at once: nobody cuts off or rewrites what is there, and a
 * torn end is ended, so that it spoils no line but its own. False where there was no room for all of them, and then
 * none is there. Fails as the file system does.
 */
export async function appendTogether(path: string, lines: Buffer): Promise<boolean> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const bytes = (await endsWhole(file, size)) ? lines : Buffer.concat([Buffer.of(NEWLINE), lines]);
    // One call: the system puts it at the end in one piece.
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten === bytes.length) return true;
    // A full disk took a part of it. By its path, as above.
    if ((await file.stat()).size === size + bytesWritten) await truncate(path, size);
    return false;
  } finally {
    await file.close();
  }
}

/** False where the last line is torn: the power failed in the middle of it. */
async function endsWhole(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 0 || buffer[0] === NEWLINE;
}

/** The line's value, or none. One that is nested deeper than a schema can follow is damaged like any other. */
function parseLine<T>(line: string, schema: v.GenericSchema<unknown, T>): [T] | [] {
  try {
    return [v.parse(schema, JSON.parse(line))];
  } catch {
    return [];
  }
}

/** A file system error as a problem that a person can act on. */
export function fileProblem(error: unknown): ProblemError {
  const { code = 'unknown', path = '' } = error as NodeJS.ErrnoException;
  const kinds: Record<string, 'access-denied' | 'disk-full'> = {
    EACCES: 'access-denied',
    EPERM: 'access-denied',
    EROFS: 'access-denied',
    ENOSPC: 'disk-full',
    EDQUOT: 'disk-full',
    EFBIG: 'disk-full',
  };
  return new ProblemError(kinds[code] ?? 'internal', `${code} ${path}`.trim(), { cause: error });
}
