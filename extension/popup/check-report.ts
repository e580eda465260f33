/** A check as plain text for IT: the same words as on screen, times in UTC, with a technician's evidence. */
import { type Finding, findingWords } from '../../common/findings.ts';
import type { Failure } from '../../common/plan.ts';
import { messageKey } from '../../common/text.ts';
import { say } from '../text.ts';
import type { CheckState } from '../ui-state.ts';
import { checkWords } from '../views/check-words.ts';
import { duration } from '../views/clock.ts';
import { factsOf } from '../views/report.ts';

const levels: readonly Finding['level'][] = ['fault', 'warning', 'unknown', 'ok'];

/** The text to copy; `failure` is what failed in the tab, if anything did. */
export function checkReport(check: CheckState, failure: Failure | null): string {
  const { title, next } = checkWords(check);
  const { findings, diagnosis, startedAt, took } = check;
  const facts: [string, string | undefined][] = [
    [say('ui_who'), diagnosis?.who ? say(messageKey('category', diagnosis.who)) : undefined],
    [say('ui_code'), diagnosis?.codes.join(', ')],
    [say('ui_time'), startedAt],
    [say('ui_elapsed'), took === null ? undefined : duration(took)],
  ];
  const failed = failure ? ['', ...factsOf(failure).map(({ label, value }) => `${label}: ${value}`)] : [];
  return [
    `${title}. ${next}`.trim(),
    '',
    ...facts.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])),
    ...failed,
    ...levels.flatMap((level) => groupOf(findings, level)),
    '',
  ].join('\n');
}

function groupOf(findings: readonly Finding[], level: Finding['level']): string[] {
  const some = findings.filter((each) => each.level === level);
  return some.length === 0 ? [] : ['', `${say(messageKey('level', level))}:`, ...some.map(lineOf)];
}

function lineOf(finding: Finding): string {
  const evidence = Object.entries(finding.evidence).map(([name, value]) => `${name}=${value ?? '–'}`);
  return `- ${findingWords(finding, say)}${evidence.length > 0 ? ` (${evidence.join('; ')})` : ''}`;
}
