/** The history as one line of time, and as days. */
import type { History } from '../../../common/history.ts';
import type { Failure, Pattern } from '../../../common/plan.ts';
import type { Run } from '../../../common/run.ts';

/** A failure and a repair of it, or a failure about which nothing was done. */
export interface Happening {
  time: string;
  failure: Failure;
  after: readonly Pattern[];
  run: Run | null;
}

/** How often it failed on one day. */
export interface Day {
  date: Date;
  times: number;
}

/** So many days are drawn, today included; recurrences are counted over the same time. */
const DAYS = 30;

const keyOf = ({ code, time }: Failure) => `${code} ${time}`;

/** Newest first; a failure that was repaired stands there as its repair, once for each attempt. */
export function timelineOf({ runs, incidents }: History): Happening[] {
  const after = new Map(incidents.map((incident) => [keyOf(incident.failure), incident.after]));
  const repaired = new Set(runs.map(({ failure }) => keyOf(failure)));
  const repairs = runs.map((run) => ({
    time: run.startedAt,
    failure: run.failure,
    after: after.get(keyOf(run.failure)) ?? [],
    run,
  }));
  const others = incidents
    .filter(({ failure }) => !repaired.has(keyOf(failure)))
    .map((incident) => ({ ...incident, time: incident.failure.time, run: null }));
  return [...repairs, ...others].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/** The last 30 days of the person's own calendar, today last, with how often this code was seen on each. */
export function daysOf({ runs, incidents }: History, code: string, now: Date): Day[] {
  const seen = new Map(
    [...runs, ...incidents]
      .filter(({ failure }) => failure.code === code)
      .map(({ failure }) => [keyOf(failure), new Date(failure.time).toDateString()]),
  );
  const days = [...seen.values()];
  return Array.from({ length: DAYS }, (_, index) => {
    const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (DAYS - 1 - index));
    return { date, times: days.filter((day) => day === date.toDateString()).length };
  });
}
