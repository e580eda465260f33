/** PowerShell cannot be run where this is built: at least its grammar is held to. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import treeSitter from '@vscode/tree-sitter-wasm';
import { beforeAll, expect, test } from 'vitest';
import { scriptNames } from '../../installer/deploy/scripts.ts';

const scripts = scriptNames.filter((name) => name.endsWith('.ps1'));
const grammars = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

let faulty: (script: string) => boolean;
beforeAll(async () => {
  await treeSitter.Parser.init();
  const parser = new treeSitter.Parser();
  parser.setLanguage(await treeSitter.Language.load(join(grammars, 'tree-sitter-powershell.wasm')));
  faulty = (script) => parser.parse(script)?.rootNode.hasError ?? true;
});

test.each(scripts)('%s is PowerShell, and would not be without one of its braces', async (name) => {
  const script = await readFile(join('installer', 'deploy', name), 'utf8');
  expect(faulty(script)).toBe(false);
  expect(faulty(script.replace(/\}\s*$/, '').replace(/\}(?=[^}]*$)/, ''))).toBe(true);
});
