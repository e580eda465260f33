/** Reads the corpus from its folder, as a stranger to how it was made would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { categories } from '../../common/failures/category.ts';

export const corpusFolder = join(import.meta.dirname, '..', 'fixtures', 'pages');
export const EXPECTED = 'expected.json';

const ExpectedSchema = v.strictObject({
  file: v.string(),
  url: v.string(),
  code: v.nullable(v.string()),
  category: v.nullable(v.picklist(categories)),
});

export type Expected = v.InferOutput<typeof ExpectedSchema>;

export const readExpected = (): Expected[] =>
  v.parse(v.array(ExpectedSchema), JSON.parse(readFileSync(join(corpusFolder, EXPECTED), 'utf8')));

export const readHtml = (file: string): string => readFileSync(join(corpusFolder, file), 'utf8');
