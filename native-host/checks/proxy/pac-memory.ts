/**
 * QuickJS, compiled with a memory that has an end. Its own limit counts each block as a few bytes, as WebAssembly
 * tells no block's size: it refuses one large block, and never many of them.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isOneFile, partBytes } from '../../one-file/parts.ts';

/** Bytes of a page of WebAssembly, and the id of the section that says how many of them there are. */
const PAGE = 65_536;
const MEMORY_SECTION = 5;
/** Before the first section: `\0asm` and the version. https://webassembly.github.io/spec/core/binary/modules.html */
const PREAMBLE = 8;

/** QuickJS, which can never have more than so many bytes. Fails where the module is not as this knows it. */
export async function quickJsOf(bytes: number): Promise<WebAssembly.Module> {
  const code = isOneFile() ? partBytes('quickjs.wasm') : await readFile(quickJsFile());
  return WebAssembly.compile(withMaximum(code, Math.floor(bytes / PAGE)));
}

function quickJsFile(): URL {
  const index = createRequire(import.meta.url).resolve('quickjs-wasi');
  return new URL('../quickjs.wasm', pathToFileURL(index));
}

function withMaximum(code: Buffer, pages: number): Uint8Array<ArrayBuffer> {
  let at = PREAMBLE;
  while (at < code.length) {
    const [length, body] = number(code, at + 1);
    if (code[at] === MEMORY_SECTION) {
      const [count, flags] = number(code, body);
      const [least] = number(code, flags + 1);
      if (count !== 1 || code[flags] !== 0) break;
      const section = [1, 1, ...written(least), ...written(pages)];
      const ahead = Buffer.from([MEMORY_SECTION, ...written(section.length), ...section]);
      return Buffer.concat([code.subarray(0, at), ahead, code.subarray(body + length)]);
    }
    at = body + length;
  }
  throw new Error('another QuickJS than was expected');
}

/** An unsigned number as LEB128, and where it ends. */
function number(code: Buffer, at: number): [value: number, end: number] {
  let [value, end, byte] = [0, at, 0x80];
  for (; byte >= 0x80; end += 1) {
    byte = code[end] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (end - at));
  }
  return [value, end];
}

function written(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...written(value >>> 7)];
}
