/** Gives a report to the browser as a file to save: no permission is needed, and the browser shows where it went. */
import { codeOf } from '../../../common/report/parts.ts';
import type { Report } from '../../../common/report/report.ts';

const types = { html: 'text/html', json: 'application/json' } as const;

/** A browser may still be reading it after the press. Milliseconds. */
const KEPT = 60_000;

/** Gives the file's name. */
export function saveFile(report: Report, kind: keyof typeof types, content: string): string {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${types[kind]};charset=utf-8` }));
  link.download = `${nameOf(report)}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  return link.download;
}

/** `signin-report-AADSTS50173-2026-11-22`; codes have signs that files of Windows may not. */
function nameOf(report: Report): string {
  const code = codeOf(report)?.replace(/[^\w.-]+/g, '-');
  return ['signin-report', code, report.madeAt.slice(0, 10)].filter(Boolean).join('-');
}
