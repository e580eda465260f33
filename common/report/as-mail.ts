/** The report as a `mailto:` address (RFC 6068), for whatever mail program the person has. */
import type { Say } from '../text.ts';
import { asShortText } from './as-text.ts';
import { codeOf } from './parts.ts';
import type { Report } from './report.ts';

/** Characters of the whole address that Windows and mail programs take without cutting it themselves. */
export const LONGEST_MAIL = 1800;

/** RFC 6068, 2: nothing of it means anything in an address, and lines end with CRLF. */
const encode = (text: string) => encodeURIComponent(text.toWellFormed().replace(/\r?\n/g, '\r\n'));

/** `to` is an address that has been checked; the body is cut to whole lines, and says so. */
export function asMail(report: Report, to: string, say: Say): string {
  const [failure] = report.failures;
  const about = [codeOf(report), failure?.correlationId].filter(Boolean).join(' ');
  const subject = about === '' ? say('report_title') : `${say('report_title')}: ${about}`;
  const address = encodeURIComponent(to).replace('%40', '@');
  const start = `mailto:${address}?subject=${encode(subject)}&body=`;
  return start + fitting(asShortText(report, say), LONGEST_MAIL - start.length, say('report_cut'));
}

/** As many whole lines as fit, encoded; a first line that is too long by itself is cut between signs. */
function fitting(text: string, room: number, note: string): string {
  const whole = encode(`${text}\n`);
  if (whole.length <= room) return whole;
  const end = encode(`\n\n${note}\n`);
  const lines = text.split('\n');
  while (lines.length > 1 && encode(lines.join('\n')).length + end.length > room) lines.pop();
  const signs = [...new Intl.Segmenter().segment(lines.join('\n'))].map(({ segment }) => encode(segment));
  while (signs.length > 0 && signs.join('').length + end.length > room) signs.pop();
  return signs.join('') + end;
}
