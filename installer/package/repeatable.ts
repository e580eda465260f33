/**
 * The same bytes whenever an MSI is made of the same: wixl makes an id up, and writes the time down. Both are of fixed
 * length, so they are replaced where they are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';

/** Between 1601, where Windows' time begins, and 1970, in units of 100 ns. */
const EPOCH = 116_444_736_000_000_000n;

function fileTime(time: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(time.getTime()) * 10_000n + EPOCH);
  return bytes;
}

/** Gives an MSI its package code, in braces, and its time, of whole seconds. Fails when they are not as wixl writes them. */
export async function makeRepeatable(path: string, packageCode: string, time: Date): Promise<void> {
  const { stdout } = await execa('msiinfo', ['suminfo', path], { env: { TZ: 'UTC', LC_ALL: 'C' } });
  const code = /^Revision number \(UUID\): (\{.{36}\})$/m.exec(stdout)?.[1] ?? '';
  const times = [...stdout.matchAll(/^(?:Created|Last saved): (.+)$/gm)].map(
    ([, text]) => new Date(`${text} UTC`),
  );
  const bytes = await readFile(path);
  replace(bytes, Buffer.from(code), Buffer.from(packageCode));
  for (const each of new Set(times.map(Number))) replace(bytes, fileTime(new Date(each)), fileTime(time));
  await writeFile(path, bytes);
}

function replace(bytes: Buffer, from: Buffer, to: Buffer): void {
  if (from.length === 0 || from.length !== to.length || !bytes.includes(from)) {
    throw new Error('the MSI is not as wixl writes one');
  }
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) to.copy(bytes, at);
}
