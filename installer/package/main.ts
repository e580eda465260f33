/**
 * `npm run package`: everything that is handed out, into out/package. Needs Debian's wixl, msitools and, to sign,
 * osslsigncode.
 */
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { VERSION } from '../../native-host/version.ts';
import { packageAll } from './package.ts';
import { productOf } from './product.ts';
import type { Certificate } from './sign.ts';
import { repository } from './windows-parts.ts';

interface Wishes {
  out: string;
  certificate: Certificate | undefined;
  url: string | undefined;
}

/** What was asked for. Fails with what is wrong with it, before anything is made. */
async function wishes(): Promise<Wishes> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join('out', 'package') },
      certificate: { type: 'string' },
      'password-from': { type: 'string', default: 'SIGNING_PASSWORD' },
      timestamp: { type: 'string' },
      url: { type: 'string' },
    },
  });
  const { certificate: file, timestamp, url, 'password-from': passwordFrom } = values;
  if (url !== undefined && !/^https:\/\/[^/]/.test(url))
    throw new Error(`--url takes an https address, got "${url}"`);
  const out = resolve(repository, values.out);
  if (file === undefined) return { out, url, certificate: undefined };
  const path = resolve(file);
  await access(path).catch(() => Promise.reject(new Error(`--certificate: ${path} cannot be read`)));
  if (process.env[passwordFrom] === undefined)
    throw new Error(`--certificate needs its password in the environment variable ${passwordFrom}`);
  return { out, url, certificate: { file: path, passwordFrom, timestamp } };
}

/** When the files were made, as far as anybody can see: the commit's time, so that the same commit gives the same. */
async function timeOf(): Promise<Date> {
  const { SOURCE_DATE_EPOCH } = process.env;
  if (SOURCE_DATE_EPOCH) return new Date(Number(SOURCE_DATE_EPOCH) * 1000);
  const { stdout } = await execa('git', ['log', '-1', '--format=%ct'], { cwd: repository });
  return new Date(Number(stdout) * 1000);
}

async function main({ out, ...how }: Wishes): Promise<void> {
  // What was made before stays until all of it is there anew.
  const draft = `${out}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  try {
    await packageAll({ product: productOf(VERSION), time: await timeOf(), out: draft, ...how, say });
    await rm(out, { recursive: true, force: true });
    await rename(draft, out);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  say(how.certificate ? 'Signed.' : 'Not signed: --certificate FILE.p12 signs.');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One line for people; a program that is not there is named with the package that has it. */
function told(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const missing = /spawn (\S+) ENOENT/.exec(text)?.[1];
  return missing ? `${missing} is not there. Debian: apt-get install wixl msitools osslsigncode git` : text;
}

try {
  const asked = await wishes().catch((error: unknown) => {
    process.exitCode = 2;
    throw error;
  });
  await main(asked);
} catch (error) {
  process.stderr.write(`${told(error)}\n`);
  process.exitCode ??= 1;
}
