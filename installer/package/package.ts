/** All that is handed out, made in one folder. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { administratorsFiles } from './administrators.ts';
import { makeMsi } from './msi.ts';
import { makePayload } from './payload.ts';
import type { Product } from './product.ts';
import { billOfMaterials } from './sbom.ts';
import { type Certificate, sign } from './sign.ts';
import { repository } from './windows-parts.ts';
import { msiName } from './wix.ts';
import { extensionZip, sourcesZip, zipped } from './zips.ts';

export interface Packaging {
  product: Product;
  /** That of all files. */
  time: Date;
  /** A folder that is there. */
  out: string;
  certificate: Certificate | undefined;
  /** The address below which the MSIs will be had; without it there is no manifest for winget. */
  url: string | undefined;
  say: (text: string) => void;
}

/** Makes everything, and the checksums last. Fails with what a tool said; then what is there is not whole. */
export async function packageAll({ product, time, out, certificate, url, say }: Packaging): Promise<void> {
  const work = join(out, 'work');
  await mkdir(work);
  const signed = async (path: string) => certificate && (await sign(path, product, certificate));
  const name = (rest: string) => `signin-rescue-${product.version}${rest}`;
  const made: string[] = [];
  const add = async (file: string, bytes: Uint8Array | string) => {
    const path = join(out, file);
    await writeFile(path, bytes);
    made.push(path);
  };

  say('The extension');
  await execa('npm', ['run', 'build'], { cwd: repository });
  await add(name('-chrome-edge.zip'), await extensionZip('chromium', time));
  await add(name('-firefox.zip'), await extensionZip('firefox', time));
  await add(name('-sources.zip'), await sourcesZip());

  say('The helper');
  const payload = await makePayload(product, work, signed);
  for (const scope of ['user', 'machine'] as const) {
    const to = join(out, msiName(product, scope));
    await makeMsi(product, scope, payload, { to, folder: work, time });
    await signed(to);
    made.push(to);
  }
  const files = await administratorsFiles(product, time, url, out);
  await add(name('-administrators.zip'), zipped(files, time));
  await add(name('.cdx.json'), await billOfMaterials(product, time));

  const sums = await Promise.all(made.map(sum));
  await writeFile(join(out, 'SHA256SUMS'), sums.map(({ line }) => `${line}\n`).join(''));
  await rm(work, { recursive: true });
  for (const { line, size } of sums) say(`${line}  ${size} KiB`);
}

/** A line as sha256sum writes it, and the size in KiB. */
async function sum(path: string): Promise<{ line: string; size: number }> {
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return { line: `${hash}  ${basename(path)}`, size: Math.ceil((await stat(path)).size / 1024) };
}
