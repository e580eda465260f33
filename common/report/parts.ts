/** What every form of the report says in the same words. */
import { isByHand } from '../by-hand.ts';
import type { MessageKey, Say } from '../text.ts';
import type { Failed, Report, TriedStep } from './report.ts';

/** A label and what stands beside it. */
export type Fact = readonly [string, string];

/** A code, or in words that there is none: the repair was chosen by hand. */
export function nameOf(about: { readonly code: string }, say: Say): string {
  return isByHand(about) ? say('failure_by_hand') : about.code;
}

/** What a report is about first, where that is a code; a repair chosen by hand has none. */
export function codeOf({ failures: [failure] }: Report): string | undefined {
  return failure && !isByHand(failure) ? failure.code : undefined;
}

/** What identifies a failure to Microsoft or IT; nobody is to fix a repair chosen by hand. */
export function factsOf(failure: Omit<Failed, 'words' | 'todo'>, say: Say): Fact[] {
  const { code, who, correlationId, requestId, time, seenAt, tenant, source } = failure;
  const named = !isByHand(failure);
  const facts: [MessageKey, string | undefined][] = [
    ['ui_code', named ? code : undefined],
    ['ui_who', named ? who : undefined],
    ['ui_correlation_id', correlationId],
    ['ui_request_id', requestId],
    ['ui_time', time],
    ['ui_seen_at', seenAt],
    ['report_tenant', tenant],
    ['ui_source', source],
  ];
  return facts.flatMap(([key, value]) => (value === undefined ? [] : [[say(key), value] as const]));
}

/** By which versions the report was made, and when. */
export function versionFacts({ versions, madeAt }: Report, say: Say): Fact[] {
  const { extension, helper, protocol, browser, platform } = versions;
  const facts: [MessageKey, string | null][] = [
    ['report_extension', extension],
    ['report_helper', helper],
    ['report_protocol', String(protocol)],
    ['report_browser', browser],
    ['report_platform', platform],
    ['report_made', madeAt],
  ];
  return facts.flatMap(([key, value]) => (value === null ? [] : [[say(key), value] as const]));
}

/** A headline and what to do, as sentences. */
export function stillTo(title: string, todo: string): string {
  return `${/[.…。]$/.test(title) ? title : `${title}.`} ${todo}`.trim();
}

/** What is to be said of a step besides how it ended. */
export function linesOfStep({ done, total, verification, problem, skipped }: TriedStep, say: Say): string[] {
  return [
    ...(total > 0 ? [say('ui_progress', done, total)] : []),
    ...(problem?.detail ? [problem.detail] : []),
    ...(verification?.code ? [`${say('ui_code')}: ${verification.code}`] : []),
    ...(verification?.proofs ?? []).map(({ words, subject }) => (subject ? `${words} (${subject})` : words)),
    ...skipped.map((label) => `${say('ui_skipped')}: ${label}`),
  ];
}
