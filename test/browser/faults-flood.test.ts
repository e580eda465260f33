/** More than anybody needs, from either side, over real native messaging in Chromium: neither falls, and both go on. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PROTOCOL } from '../../common/contract.ts';
import { HOST_NAME } from '../../common/identity.ts';
import { plan } from '../fixtures/ui-plan.ts';
import { pressBanner } from '../harness/browser/banner.ts';
import { popupOpened, windowAt } from '../harness/browser/our-window.ts';
import { inScene, type Scene } from '../harness/browser/scene.ts';
import { workerOf, workerStart } from '../harness/browser/service-worker.ts';
import { registerHost, simulatedHost } from '../harness/host/host-registration.ts';
import { lookAlikeHost } from '../harness/host/look-alike-host.ts';
import { newest, notingHost } from '../harness/host/noting-host.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { waitFor } from '../harness/wait-for.ts';

const QUESTIONS = 10_000;
/** Somewhat below what Chromium takes from a host in one message. */
const LARGE = 1_000_000;
const LARGE_ONES = 200;

/** In the background: greets a host of its own, asks at once, and tells what became of the questions. */
function askAtOnce(name: string, protocol: number, count: number): Promise<object> {
  const { promise, resolve } = Promise.withResolvers<object>();
  const port = chrome.runtime.connectNative(name);
  const answered = new Set<number>();
  let refused = 0;
  port.onDisconnect.addListener(() => resolve({ answered: answered.size, refused, left: true }));
  port.onMessage.addListener(({ id, error }: { id?: number; error?: object }) => {
    if (id === 0)
      for (let nth = 1; nth <= count; nth++)
        port.postMessage({ jsonrpc: '2.0', id: nth, method: 'history', params: {} });
    if (!id) return;
    answered.add(id);
    if (error) refused += 1;
    if (answered.size < count) return;
    port.disconnect();
    resolve({ answered: answered.size, refused, left: false });
  });
  port.postMessage({ jsonrpc: '2.0', id: 0, method: 'hello', params: { protocol, version: '0.1.0' } });
  return promise;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function planShown({ browser, openOffice }: Scene): Promise<void> {
  const page = await openOffice();
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  await windowAt(browser, 'plan');
}

it('a browser that asks ten thousand times at once is answered each time, and its host ends with the port', async () => {
  const file = join(temporaryFolder(), 'starts');
  await inScene('chromium', {}, async (scene) => {
    const { browser, pc } = scene;
    await registerHost('chromium', browser.folder, notingHost(file, simulatedHost(pc.file)));
    const heard = await (await workerOf(browser)).evaluate(askAtOnce, HOST_NAME, PROTOCOL, QUESTIONS);
    expect(heard).toEqual({ answered: QUESTIONS, refused: 0, left: false });
    const asked = newest(file);
    await waitFor(() => !isRunning(asked), 'the end of the host that was asked');
    await planShown(scene);
  });
});

it('a host that says two hundred messages as large as may be leaves background and window in use', async () => {
  const impostor = lookAlikeHost(temporaryFolder());
  await inScene('chromium', { host: impostor.command }, async (scene) => {
    const begun = await workerStart(scene.browser);
    const say = [{ method: 'run.changed', params: { text: 'x'.repeat(LARGE) } }];
    impostor.plays({ answers: { plan: plan() }, after: { method: 'plan', say, times: LARGE_ONES } });
    await planShown(scene);
    await waitFor(() => impostor.heard().some(({ said }) => said), 'all to be said');
    expect(await workerStart(scene.browser)).toBe(begun);
    const worker = await workerOf(scene.browser);
    expect(await worker.evaluate(() => chrome.storage.session.getBytesInUse())).toBeLessThan(LARGE);
  });
});
