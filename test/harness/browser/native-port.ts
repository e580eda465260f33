/** What a real browser says of a host: one of the extension's own pages opens a port and says hello. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import * as v from 'valibot';
import { AnyHelloSchema, PROTOCOL } from '../../../common/contract.ts';
import { HOST_NAME } from '../../../common/identity.ts';
import { troubleOf } from '../../../extension/background/host-trouble.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import type { Shown } from '../../../native-host/registration/causes.ts';
import { MANIFEST_FILE } from '../../../native-host/registration/manifest.ts';
import { findBrowser } from './find-browser.ts';

/** The file in which a browser of this profile, or home, looks for the host. */
export function manifestIn(family: BrowserFamily, folder: string): string {
  const below = family === 'chromium' ? ['NativeMessagingHosts'] : ['.mozilla', 'native-messaging-hosts'];
  return join(folder, ...below, MANIFEST_FILE);
}

const Heard = v.variant('end', [
  v.object({ end: v.literal('message'), message: v.object({ result: AnyHelloSchema }) }),
  v.object({ end: v.literal('closed'), error: v.string() }),
  v.object({ end: v.literal('silent') }),
]);

/** How the extension would say that the host stands, and the browser's own words. `limit` milliseconds for silence. */
export async function hostSeenBy(page: Page, limit: number): Promise<{ shown: Shown; error: string }> {
  const hello = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: PROTOCOL, version: '0.1.0' } };
  const heard = v.parse(Heard, await page.evaluate(ask, HOST_NAME, hello, limit));
  if (heard.end === 'silent') return { shown: 'silent', error: '' };
  if (heard.end === 'closed')
    return { shown: v.parse(ShownTrouble, troubleOf(heard.error).state), error: heard.error };
  const { protocol } = heard.message.result;
  if (protocol === PROTOCOL) return { shown: 'ready', error: '' };
  return { shown: protocol < PROTOCOL ? 'old-host' : 'old-extension', error: '' };
}

const ShownTrouble = v.picklist(['missing', 'blocked', 'forbidden', 'garbled', 'died']);

/** Runs in the page. */
function ask(name: string, hello: object, limit: number): Promise<unknown> {
  const api = globalThis as unknown as Record<'chrome' | 'browser', typeof chrome>;
  const { runtime } = api.browser ?? api.chrome;
  return new Promise((resolve) => {
    const port = runtime.connectNative(name);
    const timer = setTimeout(() => end({ end: 'silent' }), limit);
    const end = (heard: unknown) => {
      clearTimeout(timer);
      resolve(heard);
      port.disconnect();
    };
    port.onMessage.addListener((message) => end({ end: 'message', message }));
    port.onDisconnect.addListener((closed) => {
      // Firefox says why on the port.
      const why = 'error' in closed ? (closed.error as Error | null) : api.chrome?.runtime.lastError;
      end({ end: 'closed', error: why?.message ?? '' });
    });
    port.postMessage(hello);
  });
}

/**
 * A folder with a program of Chromium's name: the browser, as an organisation has it with these policies. It alone sees
 * them, in a file system of its own. Needs root, or namespaces that users may make.
 */
export async function chromiumWithPolicies(folder: string, policies: object): Promise<string> {
  const etc = join(folder, 'etc');
  await mkdir(join(etc, 'policies', 'managed'), { recursive: true });
  await writeFile(join(etc, 'policies', 'managed', 'test.json'), JSON.stringify(policies));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const script = (name: string, line: string) =>
    writeFile(join(bin, name), `#!/bin/sh\n${line} "$@"\n`, { mode: 0o755 });
  const user = process.getuid?.() === 0 ? '' : '--user --map-current-user --keep-caps';
  await script('chromium', `exec unshare ${user} --mount '${bin}/inside'`);
  await script('inside', `mount --bind '${etc}' /etc/chromium && exec '${findBrowser('chromium')}'`);
  return bin;
}
