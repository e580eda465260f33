/**
 * `npm run package`: everything that is handed out, into out/package. Needs Debian's wixl, msitools and, to sign,
 * osslsigncode.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { VERSION } from '../../native-host/version.ts';
import { administratorsFiles } from './administrators.ts';
import { makeMsi } from './msi.ts';
import { makePayload } from './payload.ts';
import { productOf } from './product.ts';
import { billOfMaterials } from './sbom.ts';
import { type Certificate, sign } from './sign.ts';
import { repository } from './windows-parts.ts';
import { msiName } from './wix.ts';
import { extensionZip, sourcesZip, zipped } from './zips.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join('out', 'package') },
    certificate: { type: 'string' },
    'password-from': { type: 'string', default: 'SIGNING_PASSWORD' },
    timestamp: { type: 'string' },
    url: { type: 'string' },
  },
});

/** When the files were made, as far as anybody can see: the commit's time, so that the same commit gives the same. */
async function timeOf(): Promise<Date> {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE_EPOCH) return new Date(Number(SOURCE_DATE_EPOCH) * 1000);
  const { stdout } = await execa('git', ['log', '-1', '--format=%ct'], { cwd: repository });
  return new Date(Number(stdout) * 1000);
}

async function main(): Promise<void> {
  const product = productOf(VERSION);
  const time = await timeOf();
  const out = resolve(repository, values.out);
  const work = join(out, 'work');
  await rm(out, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const certificate: Certificate | undefined = values.certificate
    ? {
        file: resolve(values.certificate),
        passwordFrom: values['password-from'],
        timestamp: values.timestamp,
      }
    : undefined;
  const signed = async (path: string) => certificate && (await sign(path, product, certificate));

  say('The extension');
  await execa('npm', ['run', 'build'], { cwd: repository });
  const { version } = product;
  const made: string[] = [];
  const add = async (name: string, bytes: Uint8Array | string) => {
    const path = join(out, name);
    await writeFile(path, bytes);
    made.push(path);
  };
  await add(`signin-rescue-${version}-chrome-edge.zip`, await extensionZip('chromium', time));
  await add(`signin-rescue-${version}-firefox.zip`, await extensionZip('firefox', time));
  await add(`signin-rescue-${version}-sources.zip`, await sourcesZip());

  say('The helper');
  const payload = await makePayload(product, work, signed);
  for (const scope of ['user', 'machine'] as const) {
    const to = join(out, msiName(product, scope));
    await makeMsi(product, scope, payload, { to, folder: work, time });
    await signed(to);
    made.push(to);
  }
  const files = await administratorsFiles(product, time, values.url, out);
  await add(`signin-rescue-${version}-administrators.zip`, zipped(files, time));
  await add(`signin-rescue-${version}.cdx.json`, await billOfMaterials(product, time));

  const sums = await Promise.all(made.map(sum));
  await writeFile(join(out, 'SHA256SUMS'), sums.map(({ line }) => `${line}\n`).join(''));
  await rm(work, { recursive: true });
  for (const { line, size } of sums) say(`${line}  ${size} KiB`);
  say(certificate ? 'Signed.' : 'Not signed: --certificate FILE.p12 signs.');
}

/** A line as sha256sum writes it, and the size in KiB. */
async function sum(path: string): Promise<{ line: string; size: number }> {
  const hash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return { line: `${hash}  ${basename(path)}`, size: Math.ceil((await stat(path)).size / 1024) };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
