/** How large what was built is, part by part: gzipped, as it is downloaded. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { zipped } from '../../installer/package/zips.ts';
import { helloFrame, hostArguments } from '../harness/host/hello.ts';

/** KiB of a part. */
export type Sizes = Record<Part, number>;

const parts = [
  'watcher',
  'banner',
  'popup, first script',
  'background',
  'extension, zip',
  'host, until the first reply',
  'host, all scripts',
] as const;
export type Part = (typeof parts)[number];

const kib = (bytes: number) => Number((bytes / 1024).toFixed(1));

async function gzipped(folder: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async (file) => gzipSync(await readFile(join(folder, file))).length),
  );
  return kib(sizes.reduce((sum, each) => sum + each, 0));
}

/** A script with all that it imports before it runs. What it asks for later is not among it. */
async function withImports(folder: string, entries: readonly string[]): Promise<string[]> {
  const seen = new Set(entries);
  for (const file of seen) {
    const code = await readFile(join(folder, file), 'utf8');
    for (const [, name = ''] of code.matchAll(/\b(?:from|import)\s?["'](\.{1,2}\/[^"']+)["']/g))
      seen.add(join(dirname(file), name));
  }
  return [...seen];
}

async function scriptsOf(folder: string, page: string): Promise<string[]> {
  const html = await readFile(join(folder, page), 'utf8');
  return [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, file = '']) => file);
}

async function zipOf(folder: string): Promise<number> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return kib(zipped(files, new Date(2026, 0, 1)).length);
}

const Coverage = v.object({ result: v.array(v.object({ url: v.string() })) });

/** The files of a built host that V8 has loaded by its first reply: asked of a host that answers one, and ends. */
async function loadedByHello(folder: string): Promise<string[]> {
  const work = await mkdtemp(join(tmpdir(), 'signin-rescue-sizes-'));
  try {
    const coverage = join(work, 'coverage');
    const script = join(folder, 'signin-rescue.js');
    const host = spawn(process.execPath, [script, ...(await hostArguments(work))], {
      env: { ...process.env, NODE_V8_COVERAGE: coverage },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const closed = once(host, 'close');
    host.stdin.write(helloFrame);
    const [reply] = await Promise.race([once(host.stdout, 'data'), closed]);
    host.stdin.end();
    await closed;
    if (!Buffer.isBuffer(reply)) throw new Error(`the built host in ${folder} answers no hello`);
    const reports = await Promise.all(
      (await readdir(coverage)).map(async (name) => JSON.parse(await readFile(join(coverage, name), 'utf8'))),
    );
    const urls = reports.flatMap((report) => v.parse(Coverage, report).result.map(({ url }) => url));
    const home = pathToFileURL(await realpath(folder)).href;
    const own = urls.filter((url) => dirname(url) === home).map((url) => basename(url));
    if (own.length === 0) throw new Error(`nothing of ${folder} was seen to be loaded`);
    return [...new Set(own)];
  } finally {
    await rm(work, { recursive: true });
  }
}

/** All sizes, of `chromium` and `host` below a folder such as dist. */
export async function builtSizes(folder: string): Promise<Sizes> {
  const [extension, host] = [join(folder, 'chromium'), join(folder, 'host')];
  const popup = await scriptsOf(extension, 'extension/popup/index.html');
  const background = await withImports(extension, ['service-worker-loader.js']);
  const hostScripts = (await readdir(host)).filter((name) => name.endsWith('.js'));
  return {
    watcher: await gzipped(extension, ['extension/watch/index.iife.js']),
    banner: await gzipped(extension, ['extension/banner/index.iife.js']),
    'popup, first script': await gzipped(extension, await withImports(extension, popup)),
    background: await gzipped(extension, background),
    'extension, zip': await zipOf(extension),
    'host, until the first reply': await gzipped(host, await loadedByHello(host)),
    'host, all scripts': await gzipped(host, hostScripts),
  };
}
