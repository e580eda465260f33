/** A small picture of the way from this PC to Microsoft 365, and where it breaks. */
import type { Finding } from '../../../common/findings.ts';
import type { RunStep } from '../../../common/run.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { CheckState } from '../../ui-state.ts';
import { StepIcon } from '../../views/icon.tsx';
import { pathOf, type Station } from './path-of.ts';

type Shape = RunStep['status'];

/** The shape of an icon for each level; the words beside it say the same. */
export const shapes: Readonly<Record<Finding['level'], Shape>> = {
  ok: 'done',
  warning: 'your-turn',
  fault: 'failed',
  unknown: 'cancelled',
};

export function CheckPath({ findings, waiting }: Pick<CheckState, 'findings' | 'waiting'>) {
  return (
    <ol class="path" aria-label={say('ui_path')}>
      {pathOf(findings, waiting).map((station) => (
        <StationItem key={station.id} station={station} />
      ))}
    </ol>
  );
}

function StationItem({ station }: { station: Station }) {
  const { id, reach, beyond } = station;
  const shape = reach === 'looking' ? 'waiting' : shapes[reach];
  return (
    <li data-station={id} data-status={shape} data-beyond={beyond}>
      <StepIcon status={shape} />
      <span class="station-name">{say(messageKey('station', id))}</span>
      <span class="unseen">: </span>
      <span class="station-state">{say(messageKey('reach', stateOf(station)))}</span>
    </li>
  );
}

function stateOf({ reach, broken, beyond }: Station) {
  if (broken) return 'broken';
  return beyond && reach === 'unknown' ? 'beyond' : reach;
}
