import { say } from '../../text.ts';
import { written } from '../../views/clock.ts';
import type { Day } from './timeline.ts';

const STEP = 12;

/** A dot for each day: small where nothing failed, larger the more often it did. */
export function DaysPlot({ days }: { days: Day[] }) {
  const failed = days.filter(({ times }) => times > 0);
  const [first, last] = [days[0], days.at(-1)];
  const words = failed.map(({ date, times }) => (times > 1 ? `${short(date)} (${times})` : short(date)));
  return (
    <div class="days">
      <svg
        viewBox={`0 0 ${days.length * STEP} ${STEP}`}
        role="img"
        aria-label={say('ui_failed_on', words.join(', '))}
      >
        {days.map(({ date, times }, index) => (
          <circle
            key={date.toDateString()}
            class={times > 0 ? 'day-failed' : 'day'}
            cx={index * STEP + STEP / 2}
            cy={STEP / 2}
            r={radius(times)}
          />
        ))}
      </svg>
      <p class="days-ends" aria-hidden="true">
        <span>{first && short(first.date)}</span>
        <span>{last && short(last.date)}</span>
      </p>
    </div>
  );
}

function radius(times: number): number {
  return times === 0 ? 1.5 : Math.min(3 + times * 0.75, STEP / 2);
}

function short(date: Date): string {
  return written(date, { day: 'numeric', month: 'short' });
}
