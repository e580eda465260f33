import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clouds } from '../../common/clouds.ts';
import { CHROMIUM_EXTENSION_ID, GECKO_EXTENSION_ID } from '../../common/identity.ts';
import { givenRights, origins, sessionRights } from '../../extension/pages/rights.ts';
import manifest from '../../manifest.json' with { type: 'json' };
import { WELCOME } from '../harness/browser/own-page.ts';
import { extensionFolder } from '../harness/build.ts';

const all = Object.values(clouds);
const addresses = (hosts: string[]) => [...new Set(hosts)].map((host) => `https://${host}/*`).sort();
const built = (browser: 'chromium' | 'firefox') =>
  JSON.parse(readFileSync(join(extensionFolder(browser), 'manifest.json'), 'utf8'));

/** Chromium's id: the first 32 hex digits of the public key's SHA-256, as letters from a to p. */
function idOf(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return digest.replace(/[\da-f]/g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}

describe('the manifest', () => {
  it('watches exactly the hosts where people sign in, by full name', () => {
    const [script] = manifest.content_scripts;
    expect([...(script?.matches ?? [])].sort()).toEqual(addresses(all.flatMap(({ signIn }) => signIn)));
  });

  it('may see exactly the sign-in hosts, their own domains, the homes and the places of the page scripts', () => {
    const hosts = all.flatMap(({ signIn, signInDomains, homes, cdn }) => [
      ...signIn,
      ...signInDomains,
      ...homes,
      ...cdn,
    ]);
    expect([...manifest.host_permissions].sort()).toEqual(addresses(hosts));
  });

  it('asks for no more than it uses', () => {
    expect(manifest.permissions).toEqual([
      'contextMenus',
      'idle',
      'nativeMessaging',
      'notifications',
      'scripting',
      'storage',
      'webRequest',
    ]);
  });

  it('says of every right on the first-run page what it is for, and of no other', () => {
    expect(givenRights.map(({ right }) => right).sort()).toEqual([...manifest.permissions].sort());
    expect([...sessionRights].sort()).toEqual([...manifest.optional_permissions].sort());
    expect([...origins].sort()).toEqual([...manifest.host_permissions].sort());
  });

  it('has a word for the address bar and keys for the window', () => {
    const { _execute_action: open } = manifest.commands;
    expect(open.suggested_key).toEqual({ default: 'Ctrl+Shift+Y', mac: 'Command+Shift+Y' });
    expect(manifest.omnibox.keyword).toBe('fix');
  });

  it('leaves the right to clear a session for the moment when the person wants that', () => {
    expect(manifest.optional_permissions).toEqual(['browsingData', 'cookies']);
  });

  it('signs out at hosts that it may see', () => {
    const pages = all.flatMap(({ signOut, signIn }) => signOut.map((url) => ({ url, signIn })));
    expect(pages.length).toBeGreaterThanOrEqual(all.length);
    for (const { url, signIn } of pages) expect(signIn).toContain(new URL(url).hostname);
  });
});

describe.each(['chromium', 'firefox'] as const)('as built for %s', (browser) => {
  it('gives pages nothing, and runs one self-contained content script', () => {
    const { web_accessible_resources, content_scripts } = built(browser);
    expect(web_accessible_resources).toBeUndefined();
    expect(content_scripts).toHaveLength(1);
    const [file] = content_scripts[0].js;
    const code = readFileSync(join(extensionFolder(browser), file), 'utf8');
    expect(content_scripts[0].js).toHaveLength(1);
    expect(code).not.toMatch(/\bimport\s*\(|\bimport\s*["'{]|\beval\(|new Function/);
  });

  it('lets its pages load from the package alone, and stand in nobody’s frame', () => {
    const { extension_pages } = built(browser).content_security_policy;
    const policy = new Map(
      String(extension_pages)
        .split('; ')
        .map((rule) => [rule.slice(0, rule.indexOf(' ')), rule.slice(rule.indexOf(' ') + 1)]),
    );
    for (const what of ['default-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(policy.get(what), what).toBe("'none'");
    for (const what of ['script-src', 'style-src', 'img-src']) expect(policy.get(what), what).toBe("'self'");
    expect(policy.get('connect-src')).toBe('https:');
    expect(policy.size).toBe(8);
  });

  it('asks later for what it does not always need', () => {
    const { permissions, optional_permissions } = built(browser);
    expect(optional_permissions).toEqual(manifest.optional_permissions);
    expect(permissions).toEqual(manifest.permissions);
  });

  it('has each page that it names, without script or style in it', () => {
    const { options_ui, action } = built(browser);
    expect(options_ui.open_in_tab).toBe(true);
    for (const page of [options_ui.page, action.default_popup, WELCOME]) {
      const html = readFileSync(join(extensionFolder(browser), page), 'utf8');
      expect(html).toContain('type="module"');
      expect(html).not.toMatch(/<style|style=|<script(?![^>]*src)|\son\w+=/);
    }
  });

  it('has its own id and no key of the other', () => {
    const { key, browser_specific_settings, background, protocol_handlers } = built(browser);
    // Only Firefox has schemes for extensions, and there our page has no address that is known from outside.
    expect(protocol_handlers).toEqual(browser === 'firefox' ? manifest.protocol_handlers : undefined);
    if (browser === 'firefox') {
      expect(key).toBeUndefined();
      expect(browser_specific_settings.gecko.id).toBe(GECKO_EXTENSION_ID);
      expect(background.scripts).toHaveLength(1);
    } else {
      expect(browser_specific_settings).toBeUndefined();
      expect(idOf(key)).toBe(CHROMIUM_EXTENSION_ID);
    }
  });
});
