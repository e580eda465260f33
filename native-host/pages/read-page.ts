/** Reads a page's file, in whatever encoding a browser saved it. */
import { open } from 'node:fs/promises';

/** Real pages have 100 KB. */
const MAX_PAGE = 16 * 1024 * 1024;

/** A byte order mark first, then what the page says in its first kilobyte, else UTF-8. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return /charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 1024))?.[1] ?? 'utf-8';
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder(encodingOf(bytes)).decode(bytes);
  } catch {
    // An encoding that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}

/** The page's text; what is beyond the size of any real page is left out. Fails like any reading of a file. */
export async function readPage(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min((await file.stat()).size, MAX_PAGE));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return decode(bytes.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
