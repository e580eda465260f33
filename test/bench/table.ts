/** The rows of the benchmark for people: as a table on a terminal, and as one of Markdown. */
import type { Summary } from './figures.ts';
import type { Part, Row } from './row.ts';

/** A figure as it is worth: three digits. */
const digits = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));

const spread = ({ median, low, high }: Summary) =>
  low === high ? digits(median) : `${digits(median)} (${digits(low)} … ${digits(high)})`;

const figure = (unit: Row['unit'], of: Summary) => [spread(of), unit].filter(Boolean).join(' ');

function goalOf({ goal, unit }: Row): string {
  if (!goal) return '';
  return `≤ ${goal.atMost}${goal.of === 'ratio' ? ' ×' : unit && ` ${unit}`}`;
}

const head = ['', 'ours', 'against', 'theirs', 'ratio', 'goal', 'met'];

function cells(row: Row): string[] {
  const { name, unit, ours, against, met } = row;
  return [
    name,
    figure(unit, ours),
    against?.name ?? '',
    against ? figure(unit, against.figure) : '',
    against ? spread(against.ratio) : '',
    goalOf(row),
    met === null ? '' : met ? 'yes' : '**no**',
  ];
}

/** A part for a terminal. */
export function asText({ title, rows, notes }: Part): string {
  const lines = [head, ...rows.map(cells)].map((line) => line.map((cell) => cell.replaceAll('*', '')));
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const drawn = lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...(rows.length > 0 ? drawn : []), ...notes]
    .map((line, at) => (at ? `  ${line}` : line))
    .join('\n');
}

/** A part as a section of Markdown. */
export function asMarkdown({ title, rows, notes }: Part): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const table = [line(head), line(head.map(() => '---')), ...rows.map((each) => line(cells(each)))];
  return [`### ${title}`, ...(rows.length > 0 ? [table.join('\n')] : []), ...notes].join('\n\n');
}
