/** Builds the extension: `vite build --mode chromium` or `--mode firefox`, into dist/<mode>. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

/** Our pages run, show and style what is in the package alone, and stand in nobody's frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  // Not host by host: one that is looked at may lead on to another, which must not look like a fault.
  'connect-src https:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What each browser's manifest must not have, as the other's keys earn a warning in its store. */
function manifestFor(mode: string): ManifestV3Export {
  const {
    key,
    minimum_chrome_version,
    browser_specific_settings,
    background,
    storage,
    protocol_handlers,
    ...common
  } = manifest;
  const content_security_policy = { extension_pages: contentSecurityPolicy };
  const built =
    mode === 'firefox'
      ? {
          ...common,
          content_security_policy,
          browser_specific_settings,
          protocol_handlers,
          background: { scripts: [background.service_worker], type: 'module' },
        }
      : { ...common, content_security_policy, key, minimum_chrome_version, background, storage };
  return built as ManifestV3Export;
}

/** Messages live in common/, as the CLI uses them too; browsers want them at the extension's root. */
function locales(): Plugin {
  const folder = join(import.meta.dirname, 'common', '_locales');
  return {
    name: 'locales',
    apply: 'build',
    generateBundle() {
      for (const language of readdirSync(folder)) {
        const messages: Record<string, { message: string }> = JSON.parse(
          readFileSync(join(folder, language, 'messages.json'), 'utf8'),
        );
        // The CLI's words and the translators' notes are of no use in the browser.
        const entries = Object.entries(messages).filter(([key]) => !key.startsWith('cli_'));
        const source = JSON.stringify(
          Object.fromEntries(entries.map(([key, { message }]) => [key, { message }])),
        );
        this.emitFile({ type: 'asset', fileName: `_locales/${language}/messages.json`, source });
      }
    },
  };
}

/**
 * The banner is injected by name, so nothing needs to be reachable from pages, where it would tell them that the
 * extension is there. The build tool adds such an entry last of all, with a module twin of the banner: both go.
 */
function nothingWebAccessible(): Plugin {
  return {
    name: 'nothing-web-accessible',
    apply: 'build',
    enforce: 'post',
    writeBundle({ dir = '' }, bundle) {
      const path = join(dir, 'manifest.json');
      const { web_accessible_resources, ...built } = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, `${JSON.stringify(built, null, 2)}\n`);
      for (const file of Object.keys(bundle)) {
        if (/^assets\/index\.iife\.tsx-/.test(file)) rmSync(join(dir, file));
      }
    },
  };
}

export default defineConfig(({ mode }) => ({
  publicDir: 'extension/public',
  build: {
    outDir: `dist/${mode}`,
    emptyOutDir: true,
    target: mode === 'firefox' ? 'firefox140' : 'chrome120',
    modulePreload: false,
    rollupOptions: {
      input: {
        popup: 'extension/popup/index.html',
        welcome: 'extension/pages/welcome/index.html',
        options: 'extension/pages/options/index.html',
      },
    },
  },
  plugins: [
    locales(),
    crx({ manifest: manifestFor(mode), browser: mode === 'firefox' ? 'firefox' : 'chrome' }),
    nothingWebAccessible(),
  ],
}));
