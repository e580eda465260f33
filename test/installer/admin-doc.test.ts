import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scriptNames } from '../../installer/deploy/scripts.ts';
import { EXIT } from '../../native-host/cli/exit.ts';
import { eventKinds } from '../../native-host/evidence/events.ts';
import { browsers } from '../../native-host/registration/browsers.ts';

const docs = readFileSync('docs/ADMIN.md', 'utf8');
const section = (title: string) => docs.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

describe('docs/ADMIN.md', () => {
  it('leads to pages that are there', () => {
    const links = Array.from(docs.matchAll(/\]\(([A-Z]+\.md)\)/g), ([, file = '']) => file);
    expect(new Set(links)).toContain('EVIDENCE.md');
    for (const file of links) expect(existsSync(join('docs', file)), file).toBe(true);
  });

  it('names every script, and every browser that the package registers with', () => {
    for (const name of scriptNames) expect(docs).toContain(`\`${name}\``);
    for (const { name } of browsers)
      expect(section('What to deploy')).toContain(name.replace(/^\w+ (?=Chrome|Edge)/, ''));
  });

  it('explains each exit code that the scripts know', () => {
    const known = scriptNames.flatMap((name) => {
      const text = readFileSync(join('installer/deploy', name), 'utf8');
      return text.match(/\b(?:3010|1[67]\d\d|1641)\b/g) ?? [];
    });
    expect(new Set(known).size).toBeGreaterThan(3);
    for (const code of known)
      expect(section('Silent installation')).toMatch(new RegExp(`^\\|.*\\b${code}\\b.*\\|`, 'm'));
  });

  it('gives the command lines of the scripts', () => {
    const options = (text: string, verb: string) =>
      new RegExp(`msiexec(?:\\.exe")? ${verb}.*? (/qn /norestart)`).exec(text)?.[1];
    const install = readFileSync('installer/deploy/Install.cmd', 'utf8');
    expect(options(docs, '/i')).toBe(options(install, '/i') ?? 'none');
    expect(readFileSync('installer/deploy/Remediate-SigninRescue.ps1', 'utf8')).toContain(
      "'/i', $productCode, 'REINSTALL=ALL'",
    );
    expect(docs).toContain('msiexec /i {PRODUCT-CODE} REINSTALL=ALL /qn /norestart');
  });

  it('says what `status` ends with', () => {
    const codes = Array.from(section('Verification').matchAll(/^\| (\d+) \|/gm), ([, code]) => Number(code));
    expect(codes).toEqual([EXIT.fine, EXIT.remains, EXIT.needsSomeone]);
  });

  it('tells of events that there are', () => {
    const [, named = ''] = /Look at events ([\d, and]+),/.exec(docs) ?? [];
    const ids: number[] = Object.values(eventKinds).flatMap((kind) =>
      'id' in kind ? [kind.id] : Object.values(kind).map(({ id }) => id),
    );
    const told = (named.match(/\d+/g) ?? []).map(Number);
    expect(told.length).toBeGreaterThan(3);
    expect(told.filter((id) => !ids.includes(id))).toEqual([]);
  });
});
