/** `npm start`: builds, makes a PC and a sign-in that fails, and opens a browser on it, or tells the story itself. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFailure } from '../../common/failures/index.ts';
import { guides, isGuide, type RepairId } from '../../common/remedies.ts';
import type { Cause } from '../../native-host/machine/simulated/index.ts';
import { startBrowser } from '../harness/browser/browsers.ts';
import { build, root } from '../harness/build.ts';
import { simulatedHost } from '../harness/host/host-registration.ts';
import { ensurePrograms } from '../harness/system-packages.ts';
import { plantAddress, STALE } from '../stand-in/cookies.ts';
import { startStandIn } from '../stand-in/index.ts';
import { type Ending, tellStory } from './story.ts';
import { makePc, type StoryPc } from './story-pc.ts';

const usage = `npm start -- [--headless] [--code AADSTS50173] [--browser chromium|firefox]

Opens a browser on a Microsoft 365 sign-in that fails, with the extension and the host beside it. The sign-in is the
project's own stand-in on this computer, and the PC behind it is simulated: nothing of yours is changed.`;

const exits: Record<Ending, number> = { 'signed-in': 0, 'not-fixed': 1, 'not-repairable': 3 };

interface Wanted {
  code: string;
  family: 'chromium' | 'firefox';
  headless: boolean;
}

function wanted(): Wanted {
  const { values } = parseArgs({
    options: {
      code: { type: 'string', default: 'AADSTS50173' },
      browser: { type: 'string', default: 'chromium' },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const { code, category } = describeFailure(values.code);
  if (!/^AADSTS\d+$/.test(code) || category === 'none')
    throw new Error(`${values.code} is no code of a failed web sign-in`);
  if (values.browser !== 'chromium' && values.browser !== 'firefox')
    throw new Error(`no browser "${values.browser}"`);
  const display = process.platform === 'linux' ? (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) : 'yes';
  return { code, family: values.browser, headless: values.headless || !display };
}

/** A PC that is joined to an organisation has a key like this. */
const JOINED =
  'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\5C1F0A2E7B9D4C8836E1A0F4D2B7C95E8A3D6F10';

/** What each repair takes away. The browser's session is none of the PC's: that one is planted in the browser. */
const removes: Record<RepairId, Cause> = {
  'clear-browser-session': 'none',
  'flush-dns': 'dns',
  'purge-kerberos': 'kerberos',
  'refresh-device-token': 'device-token',
  'restart-onedrive': 'onedrive-process',
  'purge-credentials': 'stale-credentials',
  'clear-identity-cache': 'identity-cache',
  'reset-onedrive': 'onedrive-state',
  'relink-onedrive': 'onedrive-link',
};

/** The code's first repair on the PC, else the browser's, else what a guide leads a person to do. */
function causeOf(code: string): Cause {
  const { remedies } = describeFailure(code);
  const repairs = remedies.filter((id) => !isGuide(id));
  const first = repairs.find((id) => id !== 'clear-browser-session') ?? repairs[0];
  if (first) return removes[first];
  return remedies.some((id) => isGuide(id) && guides[id].links.length > 0) ? 'settings' : 'elsewhere';
}

/** A PC on which one of the code's own remedies helps; where there is none, sign-in fails whatever is done. */
function preparePc(code: string): Promise<StoryPc> {
  const cause = causeOf(code);
  return makePc((pc) => {
    pc.signIn = { code, cause };
    pc.oneDrive.stale = cause === 'onedrive-state';
    if (cause === 'device-token') pc.registry.HKLM[JOINED] = {};
    // So that a person can follow what happens.
    pc.paceMs = 400;
  });
}

async function main(): Promise<number> {
  const { code, family, headless } = wanted();
  if (process.platform === 'linux') await ensurePrograms([family === 'firefox' ? 'firefox-esr' : 'chromium']);
  console.log('Building …');
  await build();
  const pc = await preparePc(code);
  const standIn = await startStandIn({ verdict: pc.verdict });
  const first = causeOf(code) === 'none' ? { first: staleSession(code) } : {};
  const common = { family, standIn: standIn.port, host: simulatedHost(pc.file), ...first };
  console.log(`Simulated PC: ${pc.file}\nStand-in for Microsoft's servers: 127.0.0.1:${standIn.port}`);
  try {
    if (!headless) return await showBrowser(common);
    const pictures = join(root, 'out', 'story');
    await rm(pictures, { recursive: true, force: true });
    const works = async () => (await pc.verdict()).works;
    const ending = await tellStory({ ...common, code, pictures, works, tell: console.log });
    console.log(
      ending === 'signed-in'
        ? 'Sign-in works. Pictures are in out/story/.'
        : `Ended: ${ending}. Pictures are in out/story/.`,
    );
    return exits[ending];
  } finally {
    await standIn.close();
    await pc.remove();
  }
}

/** The page that gives the browser a session which sign-in fails on, until it is cleared. */
function staleSession(code: string): string {
  return plantAddress(
    'login.microsoftonline.com',
    `${STALE}=${code}; Path=/; Secure; HttpOnly; SameSite=None`,
  );
}

/** Leaves the browser to the person until it is closed. */
async function showBrowser(
  options: Parameters<typeof startBrowser>[1] & { family: 'chromium' | 'firefox'; first?: string },
) {
  const opened = await startBrowser(options.family, { ...options, headless: false });
  const [page = await opened.browser.newPage()] = await opened.browser.pages();
  if (options.first) await page.goto(options.first);
  await page.goto('https://www.office.com/').catch(() => undefined);
  console.log('The browser is open on a sign-in that fails. Close it to end.');
  await new Promise<void>((resolve) => opened.browser.once('disconnected', () => resolve()));
  await opened.close();
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
