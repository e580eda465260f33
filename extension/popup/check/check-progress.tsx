/** How far a check is: a bar, the time, and what it waits for. */
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { CheckState } from '../../ui-state.ts';
import { duration, useElapsed } from '../../views/clock.ts';
import { countWords } from './check-findings.tsx';

/** So many of what is waited for are named. */
const NAMED = 2;

export function CheckProgress({ check }: { check: CheckState }) {
  const { findings, waiting, startedAt } = check;
  const elapsed = useElapsed(startedAt);
  const known = new Set([...waiting, ...findings.map((finding) => finding.check)]).size;
  const ended = known - waiting.length;
  return (
    <section class="looking">
      <p class="progress">
        <progress value={ended} max={Math.max(known, 1)} aria-label={say('ui_check')} />
        <span>{say('ui_progress', ended, known)}</span>
        <span role="timer" aria-label={say('ui_elapsed')}>
          {duration(elapsed)}
        </span>
      </p>
      <p class="waited-for">{waitedFor(check)}</p>
    </section>
  );
}

/** What is fine, and what could not be seen: only how many, as long as it grows. */
export function CheckCounts({ findings }: Pick<CheckState, 'findings'>) {
  const count = (level: 'ok' | 'unknown') => findings.filter((each) => each.level === level).length;
  const [fine, unseen] = [count('ok'), count('unknown')];
  return (
    <p class="counts">
      {countWords('ok', fine)}
      {unseen > 0 && ` · ${countWords('unknown', unseen)}`}
    </p>
  );
}

function waitedFor({ waiting }: CheckState): string {
  if (waiting.length === 0) return '';
  const names = waiting.slice(0, NAMED).map((check) => say(messageKey('check', check)));
  const more = waiting.length - names.length;
  return more > 0 ? say('ui_waiting_more', names.join(', '), more) : say('ui_waiting', names.join(', '));
}
