/** The test harness itself: a Linux process talks to a host in Wine as a browser does on Windows. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';

const origin = 'chrome-extension://eafbemnofeodfanfepcoojjclhmelghc/';

let wine: Wine;
beforeAll(async () => {
  wine = await openWine();
});
afterAll(() => wine[Symbol.asyncDispose]());

async function startEcho(endedFile: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'inside', 'echo-host.mjs');
  const ended = wine.windowsPath(join(wine.folder, endedFile));
  return wine.startRelay([wine.node, wine.windowsPath(script), ended], [origin]);
}

async function ask(relay: ChildProcess, text: string): Promise<unknown> {
  if (!relay.stdin || !relay.stdout) throw new Error('the relay has no pipes');
  const lines = createInterface({ input: relay.stdout });
  relay.stdin.write(text);
  const [line] = await once(lines, 'line');
  lines.close();
  return JSON.parse(line);
}

test('passes bytes both ways, and the arguments that a browser gives on Windows', async () => {
  const relay = await startEcho('first');
  const args = [origin, '--parent-window=0'];
  expect(await ask(relay, 'grüezi')).toEqual({ text: 'grüezi', args, platform: 'win32' });
  const large = 'x'.repeat(20_000);
  expect(await ask(relay, large)).toMatchObject({ platform: 'win32' });
  relay.stdin?.end();
  expect(await once(relay, 'exit')).toEqual([0, null]);
  expect(existsSync(join(wine.folder, 'first'))).toBe(true);
});

test('ends with the host, and with its exit code', async () => {
  const relay = await startEcho('second');
  expect(await ask(relay, 'exit')).toMatchObject({ text: 'exit' });
  expect(await once(relay, 'exit')).toEqual([3, null]);
});

test('a killed relay closes the host’s port', async () => {
  const relay = await startEcho('third');
  await ask(relay, 'hello');
  relay.kill('SIGKILL');
  await expect.poll(() => existsSync(join(wine.folder, 'third')), { timeout: 10_000 }).toBe(true);
});
