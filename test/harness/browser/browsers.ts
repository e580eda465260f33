/** A real Chromium or Firefox with the built extension, its own profile, and the stand-in behind Microsoft's names. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import { CHROMIUM_EXTENSION_ID, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import { standInHosts } from '../../stand-in/index.ts';
import { extensionFolder } from '../build.ts';
import { registerHost } from '../host/host-registration.ts';
import { findBrowser } from './find-browser.ts';
import { startMapProxy } from './map-proxy.ts';
import { closeOwnPage, WELCOME } from './own-page.ts';

/** Firefox gives each install a random address; a preset one lets tests open the extension's pages. */
const GECKO_UUID = '5f1e1d5e-2c1c-4d0a-9c55-1b3a7a6c9d10';

/** Milliseconds: what a browser does not answer in that time is the trouble to be told of, not the test's own end. */
const ANSWER_MS = 25_000;

export interface TestBrowser {
  family: BrowserFamily;
  browser: Browser;
  /** The profile, or the home folder that it is in. */
  folder: string;
  /** Address of one of the extension's own pages. */
  extensionUrl(path: string): string;
  close(): Promise<void>;
}

export interface TestBrowserOptions {
  /** Port of the stand-in on 127.0.0.1. */
  standIn: number;
  /** The host's command; undefined registers none. */
  host: readonly string[] | undefined;
  headless?: boolean;
  colorScheme?: 'light' | 'dark';
  /** All cookies are blocked, as a person may set it. */
  noCookies?: boolean;
  /** The extension's optional permissions are given: as a test cannot press the browser's own question, from the start. */
  permitted?: boolean;
  /** The first-run page stays open; elsewhere it is put away, as a person does. */
  firstRun?: boolean;
  /** Firefox keeps each site's cookies apart by the site in the address bar. */
  firstPartyIsolation?: boolean;
}

/** The folder of the built extension, or of a copy that asks for its optional permissions at once. */
async function extensionOf(
  family: BrowserFamily,
  folder: string,
  { permitted }: TestBrowserOptions,
): Promise<string> {
  if (!permitted) return extensionFolder(family);
  const copy = join(folder, 'extension');
  await cp(extensionFolder(family), copy, { recursive: true });
  const file = join(copy, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  // They stay optional as well: Firefox lets no other be requested.
  const permissions = [...manifest.permissions, ...manifest.optional_permissions];
  await writeFile(file, JSON.stringify({ ...manifest, permissions }));
  return copy;
}

/** Starts a browser in a folder of its own, which `close` removes. */
export async function startBrowser(family: BrowserFamily, options: TestBrowserOptions): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), `signin-rescue-${family}-`));
  const unregister = options.host && (await registerHost(family, folder, options.host));
  const started = await (family === 'chromium' ? startChromium : startFirefox)(folder, options);
  if (!options.firstRun) await closeOwnPage(started, WELCOME);
  return {
    ...started,
    close: async () => {
      await started.close();
      await unregister?.();
      // A browser's helpers may still write for a moment after its end.
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function startChromium(folder: string, options: TestBrowserOptions): Promise<TestBrowser> {
  const rules = [
    ...standInHosts.map((host) => `MAP ${host}:443 127.0.0.1:${options.standIn}`),
    'MAP * ~NOTFOUND',
  ];
  if (options.noCookies) {
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
    await mkdir(join(folder, 'Default'), { recursive: true });
    await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(settings));
  }
  const launch: LaunchOptions = {
    executablePath: findBrowser('chromium'),
    userDataDir: folder,
    headless: options.headless ?? true,
    pipe: true,
    enableExtensions: true,
    acceptInsecureCerts: true,
    defaultViewport: null,
    protocolTimeout: ANSWER_MS,
    args: [
      `--host-resolver-rules=${rules.join(', ')}, EXCLUDE 127.0.0.1`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.colorScheme === 'dark' ? ['--force-dark-mode', '--enable-features=WebUIDarkMode'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--window-size=1200,860',
      '--lang=en-US',
    ],
  };
  const browser = await puppeteer.launch(launch);
  await browser.installExtension(await extensionOf('chromium', folder, options));
  const extensionUrl = (path: string) => `chrome-extension://${CHROMIUM_EXTENSION_ID}/${path}`;
  // A browser's very first navigation may come before a just installed extension listens: its popup's first view
  // shows that it does, without a debugger at the worker, which would keep it awake.
  const first = await browser.newPage();
  await first.goto(extensionUrl('extension/popup/index.html'));
  await first.waitForSelector('main[data-stage]');
  await first.close();
  return {
    family: 'chromium',
    browser,
    folder,
    extensionUrl,
    close: () => browser.close(),
  };
}

async function startFirefox(folder: string, options: TestBrowserOptions): Promise<TestBrowser> {
  const proxy = await startMapProxy(standInHosts, options.standIn);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox'),
    headless: options.headless ?? true,
    acceptInsecureCerts: true,
    defaultViewport: null,
    protocolTimeout: ANSWER_MS,
    args: ['--width=1200', '--height=860', '--remote-allow-system-access'],
    // Firefox looks for native-messaging manifests below its home.
    env: { ...process.env, HOME: folder },
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxy.port,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxy.port,
      'extensions.webextensions.uuids': JSON.stringify({ [GECKO_EXTENSION_ID]: GECKO_UUID }),
      'intl.accept_languages': 'en-US',
      // Its question for an optional permission stands where no tool can press it: taken as answered with yes.
      'extensions.webextOptionalPermissionPrompts': false,
      'privacy.firstparty.isolate': options.firstPartyIsolation ?? false,
      ...(options.noCookies ? { 'network.cookie.cookieBehavior': 2 } : {}),
      ...(options.colorScheme ? { 'ui.systemUsesDarkTheme': options.colorScheme === 'dark' ? 1 : 0 } : {}),
    },
  });
  await browser.installExtension(await extensionOf('firefox', folder, options));
  return {
    family: 'firefox',
    browser,
    folder,
    extensionUrl: (path) => `moz-extension://${GECKO_UUID}/${path}`,
    close: async () => {
      await browser.close();
      await proxy.close();
    },
  };
}
