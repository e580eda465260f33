/** What a person hands to IT: plain text, the same labels as on screen, times in UTC. */
import type { Failure } from '../../common/plan.ts';
import type { Run } from '../../common/run.ts';
import { say } from '../text.ts';
import { failureWords, remedyWords, runWords, stepWords, whoLabel } from './words.ts';

export interface Fact {
  label: string;
  value: string;
}

/** What is known of a failure and identifies it to Microsoft or IT. */
export function factsOf(failure: Failure): Fact[] {
  const facts: [string, string | undefined][] = [
    [say('ui_code'), failure.code],
    [say('ui_who'), whoLabel(failure)],
    [say('ui_correlation_id'), failure.correlationId],
    [say('ui_request_id'), failure.requestId],
    [say('ui_time'), failure.time],
    [say('ui_seen_at'), failure.seenAt],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]));
}

/** The text to copy; with a run, also what was tried and how it ended. */
export function reportText(failure: Failure, run?: Run): string {
  const { title, next } = failureWords(failure);
  const lines = factsOf(failure).map(({ label, value }) => `${label}: ${value}`);
  const tried = run
    ? [`${say('ui_result')}: ${runWords(run).title}`, ...run.steps.map((step) => triedLine(step, run))]
    : [];
  return [`${title} ${next}`, '', ...lines, ...tried, ''].join('\n');
}

function triedLine(step: Run['steps'][number], run: Run): string {
  const detail = step.problem?.detail ? ` (${step.problem.detail})` : '';
  return `- ${remedyWords(step.remedy).title}: ${stepWords(step, run)}${detail}`;
}
