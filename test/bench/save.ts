/** Puts what was measured into docs/BENCHMARKS.md, between two marks; all around them is written by people. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../harness/build.ts';
import type { Part } from './row.ts';
import { type Surroundings, tellSurroundings } from './surroundings.ts';
import { asMarkdown } from './table.ts';

const file = join(root, 'docs', 'BENCHMARKS.md');
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

export async function save(date: string, here: Surroundings, parts: readonly Part[]): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks ${BEGIN} and ${END}`);
  const measured = [`${date}: ${tellSurroundings(here)}.`, ...parts.map(asMarkdown)].join('\n\n');
  await writeFile(file, `${text.slice(0, begin)}${BEGIN}\n\n${measured}\n\n${text.slice(end)}`);
}
