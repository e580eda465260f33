/** `npm run corpus`: judges every page of the corpus as the CLI does, and shows what was mistaken for what. */
import { failureOf } from '../../common/pages/verdict.ts';
import { judgePage } from '../../native-host/pages/judge-page.ts';
import { type Expected, readExpected, readHtml } from './read.ts';

interface Judged extends Expected {
  readonly got: { readonly code: string | null; readonly category: string | null };
}

const HEALTHY = '(healthy)';

function judged(page: Expected): Judged {
  const signal = judgePage(readHtml(page.file), page.url);
  const failure = signal && failureOf(signal);
  return { ...page, got: { code: failure && (signal?.code ?? null), category: failure?.category ?? null } };
}

/** Rows are what should have been said, columns what was. */
function confusion(pages: readonly Judged[]): string {
  const name = (category: string | null) => category ?? HEALTHY;
  const seen = [
    ...new Set(pages.flatMap(({ category, got }) => [name(category), name(got.category)])),
  ].sort();
  const width = Math.max(...seen.map(({ length }) => length)) + 1;
  const line = (head: string, cells: readonly string[]) =>
    head.padEnd(width) + cells.map((cell) => cell.padStart(width)).join('');
  const rows = seen.map((row) =>
    line(
      row,
      seen.map((column) => {
        const count = pages.filter(
          ({ category, got }) => name(category) === row && name(got.category) === column,
        ).length;
        return count === 0 ? '·' : String(count);
      }),
    ),
  );
  return [line('', seen), ...rows].join('\n');
}

const pages = readExpected().map(judged);
const failing = pages.filter(({ category }) => category !== null);
const misses = failing.filter(({ got }) => got.category === null);
const alarms = pages.filter(({ category, got }) => category === null && got.category !== null);
const wrong = failing.filter(
  ({ got, code, category }) => got.category && (got.code !== code || got.category !== category),
);

console.log(`${failing.length} failing pages, ${pages.length - failing.length} healthy ones\n`);
console.log(`${confusion(pages)}\n`);
for (const [title, list] of Object.entries({ misses, 'false alarms': alarms, 'wrong answers': wrong })) {
  console.log(`${title}: ${list.length}`);
  for (const { file, code, category, got } of list) {
    console.log(`  ${file}: ${code} ${category}, got ${got.code} ${got.category}`);
  }
}
process.exitCode = misses.length + alarms.length + wrong.length > 0 ? 1 : 0;
