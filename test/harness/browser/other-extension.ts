/**
 * Another extension beside ours in a real browser, made for the test: asks a server on loopback what it is to do,
 * does it with the rights that it has, and tells what came of it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { listen } from '../network/listening.ts';
import type { TestBrowser } from './browsers.ts';

/** What it can be told to do: the body of an async function of the API and the given value. */
export type Deeds = Record<string, string>;

export interface OtherExtension {
  /** Its id: in Chromium by its folder, in Firefox the one that it was given. */
  id: string;
  /** Has it do that, and gives what came back or the error's message. */
  does(deed: string, given?: unknown): Promise<unknown>;
  /** Ends its talk with the test. */
  close(): void;
}

export const OTHER_GECKO_ID = 'other@other.example';

function backgroundOf(deeds: Deeds, server: string): string {
  const bodies = Object.entries(deeds).map(([name, body]) => `${name}: async (api, given) => { ${body} }`);
  return `const deeds = { ${bodies.join(',\n')} };
const api = globalThis.browser ?? globalThis.chrome;
(async () => {
  let body = JSON.stringify({ id: api.runtime.id });
  for (;;) {
    const asked = await (await fetch('${server}', { method: 'POST', body })).json();
    const result = await deeds[asked.deed](api, asked.given).catch((error) => 'error: ' + (error?.message ?? error));
    body = JSON.stringify({ result: result ?? null });
  }
})();`;
}

/** Installs it with these rights. */
export async function installOther(
  { family, browser, folder }: TestBrowser,
  permissions: readonly string[],
  deeds: Deeds,
): Promise<OtherExtension> {
  const heard: ((told: { id?: string; result?: unknown }) => void)[] = [];
  let waiting: ServerResponse | undefined;
  const server = createServer(async (request, response) => {
    const parts = await request.toArray();
    waiting = response;
    heard.shift()?.(JSON.parse(Buffer.concat(parts).toString()));
  });
  const { address, close } = await listen(server);
  const next = () => new Promise<{ id?: string; result?: unknown }>((resolve) => heard.push(resolve));
  const begun = next();
  const at = join(folder, 'other-extension');
  await mkdir(at, { recursive: true });
  await writeFile(join(at, 'background.js'), backgroundOf(deeds, `http://${address}/`));
  const hosts = permissions.filter((each) => each.includes('://'));
  const manifest = {
    ...{
      manifest_version: 3,
      name: 'Other',
      version: '1.0',
      host_permissions: ['http://127.0.0.1/*', ...hosts],
    },
    permissions: permissions.filter((each) => !each.includes('://')),
    background: family === 'chromium' ? { service_worker: 'background.js' } : { scripts: ['background.js'] },
    // Firefox would ask the test's own server by https.
    content_security_policy: { extension_pages: "script-src 'self'" },
    ...(family === 'firefox' ? { browser_specific_settings: { gecko: { id: OTHER_GECKO_ID } } } : {}),
  };
  await writeFile(join(at, 'manifest.json'), JSON.stringify(manifest));
  await browser.installExtension(at);
  const { id = '' } = await begun;
  return {
    id,
    does: async (deed, given) => {
      const told = next();
      const asker = waiting;
      waiting = undefined;
      asker?.end(JSON.stringify({ deed, given }));
      return (await told).result;
    },
    close,
  };
}
