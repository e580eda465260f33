/** What a repair came to, in three lines: what failed, how it stands now, what was changed. */

import { isByHand } from '../../../common/by-hand.ts';
import type { Run, Verification } from '../../../common/run.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { written } from '../../views/clock.ts';
import { failureWords } from '../../views/words.ts';

const DAY = 86_400_000;

interface Ended {
  run: Run;
  /** So many days a repair can be undone. */
  backupDays: number;
}

export function BeforeAfter({ run, backupDays }: Ended) {
  return (
    <dl class="before-after">
      <dt>{say('ui_before')}</dt>
      <dd>
        <Before run={run} />
      </dd>
      <dt>{say('ui_after')}</dt>
      <dd>{afterWords(run)}</dd>
      {!run.undone && (
        <>
          <dt>{say('ui_changed')}</dt>
          <dd>{changedWords(run, backupDays)}</dd>
        </>
      )}
    </dl>
  );
}

function Before({ run: { failure } }: { run: Run }) {
  if (isByHand(failure)) return failureWords(failure).title;
  return (
    <>
      <bdi>{failure.code}</bdi> · <time dateTime={failure.time}>{written(failure.time)}</time>
    </>
  );
}

/** What the last test of sign-in saw; none came after an undo. */
function afterWords({ steps, failure, undone }: Run): string {
  if (undone) return say('ui_after_undo');
  const last = steps.findLast(({ verification }) => verification)?.verification;
  return last ? verifiedWords(last, failure.code) : say('ui_after_untested');
}

function verifiedWords({ outcome, code }: Verification, before: string): string {
  if (outcome !== 'fails' || code === undefined) return say(messageKey('verification', outcome));
  return say(code === before ? 'ui_after_same' : 'ui_after_other', code);
}

function changedWords(run: Run, backupDays: number): string {
  const changed = run.steps.reduce((sum, { done }) => sum + done, 0);
  if (changed === 0) return say('ui_changed_nothing');
  return [say('ui_changed_entries', changed), undoWords(run, backupDays)].filter(Boolean).join(' · ');
}

/** Until when all of it, or a part, can be put back; '' where that time is over and the backups are still there. */
function undoWords({ canUndo, steps, startedAt }: Run, backupDays: number): string {
  if (!canUndo) return say('undo_none');
  // No backup is older than the run: it can be put back until then in any case.
  const until = new Date(Date.parse(startedAt) + backupDays * DAY);
  if (until.getTime() < Date.now()) return '';
  const whole = steps.every(({ done, undo, canUndo }) => done === 0 || (undo === 'full' && canUndo));
  const day = written(until, { dateStyle: 'medium' });
  return say(whole ? 'ui_undo_until' : 'ui_undo_part_until', day);
}
