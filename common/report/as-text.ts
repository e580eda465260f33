/** The report as plain text for a ticket: what matters first, then the findings, and last what is fine. */
import { messageKey, type Say } from '../text.ts';
import { type Fact, factsOf, linesOfStep, nameOf, stillTo, versionFacts } from './parts.ts';
import type { Found, Looked, Report, Tried } from './report.ts';
import { wrap } from './wrap.ts';

const levels: readonly Found['level'][] = ['fault', 'warning', 'unknown', 'ok'];

/** Lines of at most so many columns, 80 unless said otherwise, where words allow it; with a line end at the end. */
export function asText(report: Report, say: Say, width?: number): string {
  const { failures, check, tried, recurrences, notAllowed } = report;
  const parts = [
    opening(report, say),
    ...failures.map((failure) => [
      stillTo(failure.words, failure.todo),
      '',
      ...factsOf(failure, say).map(factLine),
    ]),
    check ? summaryOf(check, say) : [],
    headed(
      say('ui_done'),
      tried.flatMap((each) => triedLines(each, say)),
    ),
    headed(
      say('ui_comes_back'),
      recurrences.map(({ code, words }) => `- ${code}: ${words}`),
    ),
    headed(
      say('report_not_allowed'),
      notAllowed.map(({ name, words }) => `- ${name}: ${words}`),
    ),
    ...levels.map((level) => groupOf(check, level, say)),
    headed(say('report_versions'), versionFacts(report, say).map(factLine)),
  ];
  const text = joined(parts.map((lines) => lines.flatMap((line) => wrap(line, width))));
  return `${inOrder(text, say)}\n`;
}

/** The short form, for a message whose length is limited: the failure, the faults, how the last repair ended. */
export function asShortText(report: Report, say: Say): string {
  const { failures, check, tried } = report;
  const [failure] = failures;
  const faults = check?.findings.filter(({ level }) => level === 'fault') ?? [];
  return joined([
    failure ? [stillTo(failure.words, failure.todo)] : [],
    failure ? factsOf(failure, say).map(factLine) : [],
    check ? [checkLine(check, say)] : [],
    faults.map(({ words }) => `- ${words}`),
    tried.slice(0, 1).flatMap((each) => triedLines(each, say)),
    versionFacts(report, say).map(factLine),
  ]);
}

/** Between words that go from right to left, what begins with a digit would be torn apart (UAX #9): times and ids. */
function inOrder(text: string, say: Say): string {
  if (say('language_direction') !== 'rtl') return text;
  return text.replace(/(?<![\w.:-])\d[\w.:-]*[A-Za-z][\w.:-]*/g, '\u200e$&');
}

const joined = (parts: readonly string[][]) =>
  parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');

const factLine = ([label, value]: Fact) => `${label}: ${value}`;
const checkLine = ({ words }: Looked, say: Say) => `${say('report_check')}: ${words}`;
const headed = (heading: string, lines: string[]) => (lines.length > 0 ? [`${heading}:`, ...lines] : []);

function opening({ masked, simulated }: Report, say: Say): string[] {
  const title = [say('report_title'), say(masked ? 'report_masked' : 'report_full')];
  return simulated ? [...title, say('report_simulated')] : title;
}

function summaryOf(check: Looked, say: Say): string[] {
  const { who, codes, time } = check;
  return [
    checkLine(check, say),
    ...(who === undefined ? [] : [`${say('ui_who')}: ${who}`]),
    ...(codes.length === 0 ? [] : [say('ui_explains', codes.join(', '))]),
    `${say('ui_time')}: ${time}`,
  ];
}

function groupOf(check: Looked | null, level: Found['level'], say: Say): string[] {
  const some = check?.findings.filter((each) => each.level === level) ?? [];
  return headed(
    say(messageKey('level', level)),
    some.flatMap((each) => findingLines(each, say)),
  );
}

function findingLines({ words, part, evidence }: Found, say: Say): string[] {
  const values = Object.entries(evidence).map(([name, value]) => `${name}=${value ?? '–'}`);
  const note = part === 'follows' ? ` ${say('ui_follows')}` : '';
  return [`- ${words}${note}`, ...(values.length > 0 ? [`  (${values.join('; ')})`] : [])];
}

function triedLines(tried: Tried, say: Say): string[] {
  const { startedAt, words, steps, undone } = tried;
  const left = [
    ...(undone?.conflicts.map((label) => `${say('ui_conflicts')}: ${label}`) ?? []),
    ...(undone?.impossible.map((label) => `${say('ui_impossible')}: ${label}`) ?? []),
  ];
  return [
    `${startedAt} ${nameOf(tried, say)}`,
    `${say('ui_result')}: ${words}`,
    ...steps.flatMap((step) => [
      `- ${step.name}: ${step.words}`,
      ...linesOfStep(step, say).map((line) => `  ${line}`),
    ]),
    ...(undone ? [`- ${say('ui_restored', undone.restored)}. ${say('ui_already', undone.already)}.`] : []),
    ...left.map((line) => `  ${line}`),
  ];
}
