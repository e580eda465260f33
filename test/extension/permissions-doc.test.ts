import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };

const docs = readFileSync('docs/PERMISSIONS.md', 'utf8');

/** A section's rows by their first cell, which is code. */
function rowsOf(title: string): Map<string, string[]> {
  const [, section = ''] = docs.split(`\n## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  const rows = Array.from(own.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm), ([, name = '', cells = '']) => {
    return [name, cells.split('|').map((cell) => cell.trim())] as const;
  });
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  return new Map(rows);
}

const given = rowsOf('Given with the installation');
const optional = rowsOf('Asked for when you choose it');
const hosts = rowsOf('Hosts');

const sources = globSync('extension/**/*.{ts,tsx}').map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
}));

/** The files that use a permission's part of the browsers' API. */
function usersOf(permission: string): string[] {
  const api = permission === 'nativeMessaging' ? 'runtime\\.connectNative' : permission;
  const used = new RegExp(`\\bbrowser\\.${api}\\b|\\{[^{}]*\\b${api}\\b[^{}]*\\} = browser\\b`);
  return sources.filter(({ text }) => used.test(text)).map(({ path }) => path);
}

describe('docs/PERMISSIONS.md', () => {
  it('lists exactly what the manifest asks for', () => {
    expect([...given.keys()].sort()).toEqual([...manifest.permissions].sort());
    expect([...optional.keys()].sort()).toEqual([...manifest.optional_permissions].sort());
    expect([...hosts.keys()].sort()).toEqual([...manifest.host_permissions].sort());
  });

  it('says of exactly those hosts that a content script runs there', () => {
    const matches = manifest.content_scripts.flatMap(({ matches }) => matches);
    const read = [...hosts].filter(([, [, script]]) => script === 'yes').map(([host]) => host);
    expect(read.sort()).toEqual(matches.sort());
  });

  it.each([...given, ...optional])(
    'names every file that uses `%s`, and no other',
    (permission, [, files = '']) => {
      const named = Array.from(files.matchAll(/`([^`]+)`/g), ([, file]) => file);
      expect(named.sort()).toEqual(usersOf(permission).sort());
    },
  );

  it('asks nowhere for what it says is not asked for', () => {
    const asked = JSON.stringify([
      manifest.permissions,
      manifest.optional_permissions,
      manifest.host_permissions,
    ]);
    const [, section = ''] = docs.split('\n## What is not asked for\n');
    const [sentence = ''] = section.split(', or any host');
    const not = Array.from(sentence.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
    expect(not.length).toBeGreaterThan(5);
    for (const name of not) expect(asked).not.toContain(`"${name}"`);
    expect(manifest).not.toHaveProperty('web_accessible_resources');
  });

  it('has the browsers’ versions of the manifest', () => {
    const [, versions = ''] = /^\| from version \|(.*)\|$/m.exec(docs) ?? [];
    expect(versions.split('|').map((cell) => cell.trim())).toEqual([
      manifest.minimum_chrome_version,
      String(Number(manifest.browser_specific_settings.gecko.strict_min_version)),
    ]);
  });
});
