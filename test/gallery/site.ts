/** Builds popup and banner as the product does, and serves them with stand-ins for Microsoft's pages. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build, type InlineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');
const common: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export type Files = Map<string, string>;

async function built(config: InlineConfig): Promise<Files> {
  const result = await build({ ...common, ...config });
  const outputs = Array.isArray(result) ? result : [result];
  const files: Files = new Map();
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const file of output.output) {
      const content = file.type === 'chunk' ? file.code : file.source;
      files.set(`/${file.fileName}`, typeof content === 'string' ? content : Buffer.from(content).toString());
    }
  }
  return files;
}

/** Pages with their scripts and styles. */
export function buildPages(...pages: string[]): Promise<Files> {
  const input = pages.map((page) => path.join(root, page));
  return built({ build: { write: false, modulePreload: false, rolldownOptions: { input } } });
}

export const buildPopup = () => buildPages('extension/popup/index.html');

/** The banner as one script. */
export function buildBanner(): Promise<string> {
  return buildScript('extension/banner/index.iife.tsx');
}

/** One script of a file and all that it imports. */
export async function buildScript(file: string): Promise<string> {
  const entry = path.join(root, file);
  const lib = { entry, formats: ['iife' as const], name: 'built', fileName: () => 'built.js' };
  const files = await built({
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib, minify: true },
  });
  const script = files.get('/built.js');
  if (script === undefined) throw new Error(`${file} was built as ${[...files.keys()].join(', ')}`);
  return script;
}

export interface Site {
  origin: string;
  close: () => Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
// What an extension's pages are held to.
const policy = "script-src 'self'; style-src 'self'; object-src 'self'";

/** Serves files from memory, and the pages beside this file under /pages/. */
export async function serve(files: Files): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = /^\/pages\/([a-z-]+\.html)$/.exec(pathname)?.[1];
    const body = page ? await readFile(path.join(import.meta.dirname, 'pages', page)) : files.get(pathname);
    if (body === undefined) return void response.writeHead(404).end();
    const headers = { 'content-type': types[path.extname(pathname)] ?? 'text/plain' };
    response.writeHead(200, page ? headers : { ...headers, 'content-security-policy': policy }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
