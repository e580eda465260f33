/** What is there while nothing goes on: memory of the host and of the extension, and what runs beside other sites. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'puppeteer-core';
import { ownWorlds } from '../harness/browser/own-worlds.ts';
import { hostScript } from '../harness/build.ts';
import { helloFrame, hostArguments } from '../harness/host/hello.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { memoryOf, processTree, running } from '../harness/process-tree.ts';
import { waitFor } from '../harness/wait-for.ts';
import { extensionUrl, installExtension, startChromium, workerOf } from './plain-chromium.ts';
import { type Effort, type Part, type Row, row } from './row.ts';
import { EMPTY_SCRIPT } from './start.ts';

/** Milliseconds after which all that was begun has come to rest. */
const SETTLED = 3_000;

/** MiB of a program a moment after its first answer. */
async function atRest(args: readonly string[], input: Uint8Array | null): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  if (input) child.stdin?.write(input);
  if (child.stdout) await once(child.stdout, 'data');
  await delay(SETTLED);
  const memory = memoryOf([child.pid ?? 0]);
  child.kill('SIGKILL');
  await once(child, 'close');
  return memory;
}

async function hostRow(folder: string, rounds: number): Promise<Row> {
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, EMPTY_SCRIPT);
  const args = await hostArguments(folder);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    // One alone at a time: they would share pages.
    ours.push(await atRest([hostScript, ...args], helloFrame));
    bare.push(await atRest([empty], null));
  }
  const against = { name: 'the same Node, an empty script', figures: bare };
  return row({ name: 'host after its first reply', unit: 'MiB', ours, against });
}

/** What a browser with the extension has of it. */
interface Seen {
  /** MiB of the whole browser: while the worker runs, and after its end. */
  awake: number;
  asleep: number;
  /** MiB of the worker's own objects. */
  heap: number;
  /** With nothing but another site's page, opened after the worker's end. */
  workers: number;
  hosts: number;
  worlds: number;
}

const browserMemory = (browser: Browser) => memoryOf(processTree(browser.process()?.pid ?? 0));

async function heapOf(browser: Browser): Promise<number> {
  const session = await (await waitFor(() => workerOf(browser), 'the worker')).createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}

/** With the extension in it, and its host. */
async function look(browser: Browser, url: string): Promise<Seen> {
  await installExtension(browser);
  const page = await browser.newPage();
  await page.goto(url);
  await delay(SETTLED);
  const awake = browserMemory(browser);
  const heap = await heapOf(browser);
  await (await workerOf(browser)?.worker())?.close();
  await waitFor(() => !workerOf(browser), 'the end of the worker');
  await delay(SETTLED);
  const asleep = browserMemory(browser);
  await page.goto(`${url}again`);
  await delay(SETTLED);
  return {
    ...{ awake, asleep, heap },
    workers: workerOf(browser) ? 1 : 0,
    hosts: running(processTree(browser.process()?.pid ?? 0), hostScript).length,
    worlds: await ownWorlds({ extensionUrl }, page),
  };
}

async function without(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(url);
  await delay(SETTLED);
  return browserMemory(browser);
}

/** Does something with a browser in a profile of its own, where the host is registered. */
async function inBrowser<T>(pc: string, work: (browser: Browser) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  await registerHost('chromium', profile, simulatedHost(pc));
  const browser = await startChromium([], profile);
  try {
    return await work(browser);
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function browserRows(folder: string, rounds: number): Promise<Row[]> {
  const site = createServer((_, response) => response.end('<!doctype html><title>A site</title><p>Hello'));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const pc = join(folder, 'pc.json');
  const [seen, bare]: [Seen[], number[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round++) {
      bare.push(await inBrowser(pc, (browser) => without(browser, url)));
      seen.push(await inBrowser(pc, (browser) => look(browser, url)));
    }
  } finally {
    site.close();
  }
  const against = { name: 'without the extension', figures: bare };
  const none = { of: 'figure', atMost: 0 } as const;
  const each = (of: (one: Seen) => number) => seen.map(of);
  const counted = (name: string, of: (one: Seen) => number) =>
    row({ name, unit: '', ours: each(of), goal: none });
  return [
    row({
      name: 'whole Chromium, background asleep',
      unit: 'MiB',
      ours: each(({ asleep }) => asleep),
      against,
    }),
    row({ name: 'whole Chromium, background awake', unit: 'MiB', ours: each(({ awake }) => awake), against }),
    row({ name: 'objects of the background', unit: 'MiB', ours: each(({ heap }) => heap) }),
    counted('another site is opened: workers', ({ workers }) => workers),
    counted('another site is opened: hosts', ({ hosts }) => hosts),
    counted('another site is opened: scripts in it', ({ worlds }) => worlds),
  ];
}

export async function restCost({ rounds = 7 }: Effort): Promise<Part> {
  const title = 'At rest: memory, and what runs while no page of Microsoft’s is open';
  if (process.platform !== 'linux')
    return { title, rows: [], notes: ['Not measured: it reads Linux’s /proc.'] };
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  try {
    return {
      title,
      rows: [await hostRow(folder, rounds), ...(await browserRows(folder, rounds))],
      notes: [
        'Memory is the proportional set size: pages that several processes share are divided among them.',
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
