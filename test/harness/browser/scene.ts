/** Everything that a browser test needs, together: a simulated PC, the stand-in, a browser with extension and host. */
import type { Page } from 'puppeteer-core';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { type StandIn, startStandIn } from '../../stand-in/index.ts';
import { makePc, type StoryPc } from '../../story/story-pc.ts';
import { simulatedHost } from '../host/host-registration.ts';
import { startBrowser, type TestBrowser, type TestBrowserOptions } from './browsers.ts';

export interface Scene {
  pc: StoryPc;
  standIn: StandIn;
  browser: TestBrowser;
  /** Opens Microsoft 365 in a new tab, as the person does. */
  openOffice(): Promise<Page>;
}

export interface SceneOptions
  extends Pick<TestBrowserOptions, 'permitted' | 'firstPartyIsolation' | 'firstRun'> {
  pc?: (pc: SimulatedPc) => void;
  /** The host's command; null for none installed; left out, the real host on the simulated PC. */
  host?: readonly string[] | null;
  noCookies?: boolean;
}

/** Runs a test in a scene of its own and clears it away, however the test ends. */
export async function inScene(
  family: BrowserFamily,
  options: SceneOptions,
  test: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { permitted = false, firstPartyIsolation = false, noCookies = false, firstRun = false } = options;
  const pc = await makePc(options.pc);
  const standIn = await startStandIn({ verdict: pc.verdict });
  const host = options.host === null ? undefined : (options.host ?? simulatedHost(pc.file));
  const browser = await startBrowser(family, {
    standIn: standIn.port,
    host,
    noCookies,
    permitted,
    firstPartyIsolation,
    firstRun,
  });
  const openOffice = async () => {
    const page = await browser.browser.newPage();
    await page.goto('https://www.office.com/');
    return page;
  };
  try {
    await test({ pc, standIn, browser, openOffice });
  } finally {
    await browser.close();
    await standIn.close();
    await pc.remove();
  }
}
