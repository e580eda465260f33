/**
 * What the catalogue says of the codes that views show, in words, the organisation's where its policy has some. It is
 * pushed with the state, so that no view carries the catalogue along.
 */
import { beyondThisPc } from '../../common/failures/category.ts';
import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import type { Failure } from '../../common/plan.ts';
import { say } from '../text.ts';
import type { Meaning, UiState } from '../ui-state.ts';

export function meaningOf(code: string): Meaning {
  const meaning = describeFailure(code);
  const { category, remedies, source } = meaning;
  return {
    code,
    category,
    ...meaningWords(meaning, say),
    repairable: !beyondThisPc.has(category) && remedies.length > 0,
    // Where Microsoft writes about it; only ever a page of the web.
    source: source?.startsWith('https://') ? source : null,
  };
}

/** Whether a repair on this PC may be offered for it. */
export function canRepair({ code, category }: Failure): boolean {
  return !beyondThisPc.has(category) && meaningOf(code).repairable;
}

/** The meanings of all codes in a state, each once. */
export function meaningsIn({ failure, plan, run, history, explained }: Omit<UiState, 'meanings'>): Meaning[] {
  const failures = [
    failure,
    plan?.failure,
    run?.failure,
    ...(history?.incidents.map((incident) => incident.failure) ?? []),
    ...(history?.runs.map((past) => past.failure) ?? []),
    ...(history?.recurrences ?? []),
  ];
  const codes = [...failures.flatMap((each) => each?.code ?? []), ...(explained?.codes ?? [])];
  return [...new Set(codes)].map(meaningOf);
}
