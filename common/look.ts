/** A look at the connection, as far as it went, and what it has come to: the same on screen and in a report. */
import type { CheckScope, Diagnosis } from './check.ts';
import type { Finding } from './findings.ts';

export interface Look {
  scope: CheckScope;
  /** `partial`: what the browser alone can see. */
  state: 'looking' | 'done' | 'partial' | 'cancelled';
  findings: readonly Finding[];
  /** Null while it is being looked. */
  diagnosis: Diagnosis | null;
  startedAt: string;
  /** Milliseconds; null while it is being looked. */
  took: number | null;
}

type Told = Pick<Look, 'state' | 'findings' | 'diagnosis'>;

/** The finding that is most probably behind the rest, once all has been looked at. */
export function causeOf({ state, findings, diagnosis }: Told): Finding | undefined {
  if (state === 'looking' || state === 'cancelled') return undefined;
  return findings.find(({ id }) => id === diagnosis?.cause);
}

/**
 * What a look without a cause has come to, as words under `ui_check_<outcome>`. `blind`: nothing was seen to be fine;
 * `alone`: the browser sees no fault.
 */
export function lookOutcome({ state, findings }: Pick<Told, 'state' | 'findings'>) {
  if (state === 'looking' || state === 'cancelled') return state;
  const some = (level: Finding['level']) => findings.some((each) => each.level === level);
  if (some('fault')) return 'unknown';
  if (!some('ok')) return 'blind';
  return state === 'partial' ? 'alone' : 'fine';
}
