/** Small text files of Windows, such as the hosts file. */
import { type FileHandle, open } from 'node:fs/promises';
import { win32 } from 'node:path';
import { TextDecoder } from 'node:util';
import { orProblem } from './file-problem.ts';

/** The byte order mark of UTF-16LE, in which Notepad saves "Unicode". */
const UTF16_MARK = Buffer.from([0xff, 0xfe]);

const absent = ['ENOENT', 'ENOTDIR'];

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && absent.includes(String(error.code));
}

/** UTF-16LE by its mark, else UTF-8; a mark is no part of the text. */
export function decodeText(bytes: Buffer): string {
  const encoding = bytes.subarray(0, 2).equals(UTF16_MARK) ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

async function readAtMost(file: FileHandle, most: number): Promise<string | undefined> {
  if (!(await file.stat()).isFile()) return undefined;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most + 1), 0, most + 1, 0);
  return bytesRead > most ? undefined : decodeText(buffer.subarray(0, bytesRead));
}

/** The text of a file; undefined when it is not there, no file, or larger than `most` bytes. */
export async function readText(path: string, most: number): Promise<string | undefined> {
  const opened = open(win32.toNamespacedPath(path)).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  const file = await orProblem('open', opened);
  if (file === undefined) return undefined;
  try {
    return await orProblem('read', readAtMost(file, most));
  } finally {
    await file.close();
  }
}
