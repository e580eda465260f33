import type { Report } from './report.ts';

/** The report for a program, as docs/REPORT.md describes it, with a line end at the end. */
export function asJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
