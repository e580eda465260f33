/** docs/SECURITY.md claims nothing without the test that shows it, or its word that none does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = readFileSync('docs/SECURITY.md', 'utf8');

/** Each section with its text. */
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((section): [string, string] => [section.slice(0, section.indexOf('\n')), section]);

const actors = [
  'A web page',
  'Another extension',
  'Another program of the same user',
  'Another user of the PC',
  'An administrator',
  'A network attacker',
  'A thief of the backup folder',
];

interface Claim {
  tried: string;
  answer: string;
  shown: string;
}

function claimsOf(section: string): Claim[] {
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| --- '));
  return rows.slice(1).map((row) => {
    const [, tried = '', answer = '', shown = '', end, ...more] = row.split('|').map((cell) => cell.trim());
    expect([end, more], row).toEqual(['', []]);
    return { tried, answer, shown };
  });
}

interface Named {
  file: string;
  name: string;
}

/** The tests that a text names: a file, then names of tests in it. */
function testsIn(text: string): Named[] {
  let file = '';
  const named: Named[] = [];
  for (const [, path, name] of text.matchAll(/`(test\/[\w/.-]+\.test\.tsx?)`|“([^”]+)”/g)) {
    if (path !== undefined) file = path;
    else if (name !== undefined && file !== '') named.push({ file, name });
  }
  return named;
}

/** Whether a file has a test of that name, in quotes of any kind. */
function has({ file, name }: Named): boolean {
  const source = readFileSync(file, 'utf8');
  return ["'", '"', '`'].some((quote) => {
    const title = name.replaceAll(quote, `\\${quote}`);
    const at = source.indexOf(`${quote}${title}${quote}`);
    return at > 0 && /(?:\b(?:it|test)(?:\.\w+(?:<[^\n]*>)?\([^\n]*\))?|\))\(\s*$/.test(source.slice(0, at));
  });
}

describe('docs/SECURITY.md', () => {
  it('has a table for each actor, in this order, then what is not shown, what is not meant, and whom to tell', () => {
    const rest = ['Not yet shown', 'Out of scope', 'Reporting a fault'];
    expect(sections.map(([heading]) => heading)).toEqual([...actors, ...rest]);
    for (const [heading, text] of sections.slice(0, actors.length))
      expect(claimsOf(text).length, heading).toBeGreaterThan(3);
  });

  it.each(testsIn(page))('names a test that there is: $file “$name”', (named) => {
    expect(existsSync(named.file)).toBe(true);
    expect(has(named), `“${named.name}” is no test of ${named.file}`).toBe(true);
  });

  it('says of each claim which test shows it, or that none does', () => {
    for (const { tried, answer, shown } of sections.flatMap(([, text]) => claimsOf(text))) {
      expect(answer, tried).not.toBe('');
      if (shown !== 'not yet shown') expect(testsIn(shown).length, tried).toBeGreaterThan(0);
    }
  });

  it('names every file of attacks', () => {
    const attacks = readdirSync('test/attacks', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.test.ts'),
    );
    expect(attacks.length).toBeGreaterThan(4);
    for (const file of attacks) expect(page).toContain(`\`${join('test/attacks', file)}\``);
  });

  it('links to pages that there are', () => {
    const links = [...page.matchAll(/\]\((?!#)([\w.]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(existsSync(join('docs', link)), link).toBe(true);
  });
});
