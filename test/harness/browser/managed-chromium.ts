/**
 * A real Chromium that an organisation manages: with the built extension under an id of its own, as a policy file is for
 * all browsers of the machine and must touch no other test's.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Page } from 'puppeteer-core';
import { CHROMIUM_ORIGIN } from '../../../common/identity.ts';
import { MANIFEST_FILE } from '../../../native-host/registration/manifest.ts';
import { extensionFolder } from '../build.ts';
import { registerHost, simulatedHost } from '../host/host-registration.ts';
import { findBrowser } from './find-browser.ts';

/** Where Debian's Chromium looks. https://www.chromium.org/administrators/linux-quick-start/ */
const POLICIES = '/etc/chromium/policies/managed';

export interface ManagedChromium {
  /** Opens a page of the extension in a tab. */
  open(path: string): Promise<Page>;
  /** Sets what the extension is told, in place of what it was. */
  manage(settings: object): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts it with these settings of the extension's, and the host on a simulated PC; `close` takes the policy away, too.
 * Needs to be root.
 */
export async function startManagedChromium(settings: object, pcFile: string): Promise<ManagedChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-managed-'));
  const { id, extension } = await underOwnId(folder);
  const policy = join(POLICIES, `signin-rescue-test-${id}.json`);
  const manage = async (wanted: object) => {
    const text = JSON.stringify({ '3rdparty': { extensions: { [id]: wanted } } });
    // Whole at once: Chromium may look at any moment. It takes names that end with .json only.
    await writeFile(`${policy}.new`, text);
    await rename(`${policy}.new`, policy);
  };
  const tidy = async () => {
    await rm(policy, { force: true });
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await mkdir(POLICIES, { recursive: true });
    await manage(settings);
    await registerFor(id, join(folder, 'profile'), pcFile);
    const browser = await puppeteer.launch({
      executablePath: findBrowser('chromium'),
      userDataDir: join(folder, 'profile'),
      ...{ headless: true, pipe: true, enableExtensions: true },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--lang=en-US',
      ],
    });
    try {
      await browser.installExtension(extension);
    } catch (error) {
      await browser.close();
      throw error;
    }
    return {
      manage,
      open: async (path) => {
        const page = await browser.newPage();
        await page.goto(`chrome-extension://${id}/${path}`);
        return page;
      },
      close: async () => {
        await browser.close();
        await tidy();
      },
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}

/** The host answers to our own extension only, and takes the first origin for it that it is told. */
async function registerFor(id: string, profile: string, pcFile: string): Promise<void> {
  await mkdir(profile, { recursive: true });
  await registerHost('chromium', profile, [...simulatedHost(pcFile), CHROMIUM_ORIGIN]);
  const file = join(profile, 'NativeMessagingHosts', MANIFEST_FILE);
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, allowed_origins: [`chrome-extension://${id}/`] }));
}

/** A copy of the built extension with a key made for it: its id is the key's hash, in letters from a to p. */
async function underOwnId(folder: string): Promise<{ id: string; extension: string }> {
  const extension = join(folder, 'extension');
  await cp(extensionFolder('chromium'), extension, { recursive: true });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const file = join(extension, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...manifest, key: key.toString('base64') }));
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const id = hash.replace(/./g, (digit) => 'abcdefghijklmnop'.charAt(Number.parseInt(digit, 16)));
  return { id, extension };
}
