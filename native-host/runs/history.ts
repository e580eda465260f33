/**
 * The history: every failure that was seen, with what had happened shortly before, and whether it comes back. Kept
 * as lines that a person can read, for this user alone, and never without bound.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, says } from '../../common/findings.ts';
import { type Incident, IncidentSchema } from '../../common/history.ts';
import { type Failure, type Pattern, patterns, type Recurrence } from '../../common/plan.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Run } from '../../common/run.ts';
import { tellOfFailures } from '../evidence/index.ts';
import type { Machine } from '../machine/machine.ts';
import { appendTogether, asLines, fileProblem, readLines } from './lines.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** More than that is no history but a log. */
const MOST = 500;
const KEPT = 300;
/** Only of a failure that has just been seen is it known what came shortly before. */
const JUST_NOW = 10 * MINUTE;
const JUST_STARTED = 15 * MINUTE;
/** Failures nearer than that are one: the person tried again. */
const APART = 5 * MINUTE;
const RECENT = 30 * DAY;

const fileOf = (machine: Machine) => join(machine.stateFolder, 'incidents.jsonl');

/** All incidents that are kept, oldest first. */
export async function readIncidents(machine: Machine): Promise<Incident[]> {
  return (await readLines(fileOf(machine), IncidentSchema)).values;
}

/** Adds failures that are not known yet. */
export async function addIncidents(
  machine: Machine,
  failures: readonly Failure[],
  now = new Date(),
): Promise<void> {
  const { values } = await readLines(fileOf(machine), IncidentSchema);
  const known = new Set(values.map(({ failure }) => `${failure.code} ${failure.time}`));
  const news = failures.filter(({ code, time }) => !known.has(`${code} ${time}`));
  if (news.length === 0) return;
  const recent = news.some(({ time }) => isJustNow(time, now));
  const { circumstances } = await import('../checks/circumstances.ts');
  const findings = recent ? await circumstances(machine) : [];
  const started = recent ? await machine.startedAt().catch(() => undefined) : undefined;
  const added = news.map(
    (failure): Incident => ({
      failure,
      after: isJustNow(failure.time, now) ? patternsIn(findings, failure, started) : [],
    }),
  );
  await keep(machine, [...values, ...added], added);
  await tellOfFailures(machine, news);
}

const isJustNow = (time: string, now: Date) => Math.abs(now.getTime() - Date.parse(time)) <= JUST_NOW;

function patternsIn(findings: readonly Finding[], { time }: Failure, started: Date | undefined): Pattern[] {
  const some = (is: (found: Finding) => boolean) => findings.some(is);
  const up = started === undefined ? Number.POSITIVE_INFINITY : Date.parse(time) - started.getTime();
  const seen: Record<Pattern, boolean> = {
    'network-change': some((found) => says(found, 'network-change', 'recent')),
    vpn: some((found) => says(found, 'vpn', 'connected', 'reconnected')),
    'windows-update': some((found) => says(found, 'windows-update', 'recent')),
    start: up <= JUST_STARTED,
  };
  return patterns.filter((pattern) => seen[pattern]);
}

/** Added beside what other hosts may add at this moment: only a file that is full is written anew. */
async function keep(machine: Machine, all: Incident[], added: Incident[]): Promise<void> {
  if (all.length > MOST) return rewrite(machine, all.slice(-KEPT));
  const file = fileOf(machine);
  try {
    await mkdir(machine.stateFolder, { recursive: true, mode: 0o700 });
    if (!(await appendTogether(file, asLines(added))))
      throw Object.assign(new Error(), { code: 'ENOSPC', path: file });
  } catch (error) {
    throw fileProblem(error);
  }
}

async function rewrite(machine: Machine, incidents: readonly Incident[]): Promise<void> {
  try {
    await writeFile(fileOf(machine), asLines(incidents), { mode: 0o600 });
  } catch (error) {
    throw fileProblem(error);
  }
}

/** Forgets all incidents. */
export const clearIncidents = (machine: Machine): Promise<void> => rewrite(machine, []);

/** Whether a failure comes back, after what, and what helped. Null when it came only once. */
export function recurrenceOf(
  code: string,
  incidents: readonly Incident[],
  runs: readonly Run[],
  now: Date,
): Recurrence | null {
  const since = now.getTime() - RECENT;
  const own = incidents.filter(({ failure }) => failure.code === code && Date.parse(failure.time) >= since);
  const times = apart(own);
  if (times.length < 2) return null;
  const pattern = patterns.find((each) => times.every(({ after }) => after.includes(each))) ?? null;
  return { code, count: times.length, pattern, helped: helped(code, runs) };
}

/** One of each group of incidents that lie close together: the first. */
function apart(incidents: readonly Incident[]): Incident[] {
  const sorted = incidents.toSorted((a, b) => Date.parse(a.failure.time) - Date.parse(b.failure.time));
  let last = Number.NEGATIVE_INFINITY;
  return sorted.filter(({ failure }) => {
    const time = Date.parse(failure.time);
    const first = time - last > APART;
    last = time;
    return first;
  });
}

function helped(code: string, runs: readonly Run[]): RemedyId[] {
  const fixed = runs.filter((run) => run.failure.code === code && run.status === 'fixed');
  const last = fixed.flatMap(({ steps }) => {
    const step = steps.findLast(({ verification }) => verification?.outcome === 'works');
    return step ? [step.remedy] : [];
  });
  return [...new Set(last)];
}

/** All failures that come back, the most frequent first. */
export function recurrences(incidents: readonly Incident[], runs: readonly Run[], now: Date): Recurrence[] {
  const codes = [...new Set(incidents.map(({ failure }) => failure.code))];
  return codes
    .flatMap((code) => recurrenceOf(code, incidents, runs, now) ?? [])
    .sort((a, b) => b.count - a.count);
}

/**
 * What was done for this failure and did not help: in runs of the last day that were not undone since, later than
 * the last one that helped. A day later things may have changed, so that trying again is fair.
 */
export function triedInVain({ code }: Failure, runs: readonly Run[], now: Date): Set<RemedyId> {
  const tried = new Set<RemedyId>();
  for (const run of runs) {
    if (run.failure.code !== code || now.getTime() - Date.parse(run.startedAt) > DAY) continue;
    if (run.status === 'fixed') break;
    if (run.status === 'undone') continue;
    for (const { remedy, verification } of run.steps)
      if (verification?.outcome === 'fails') tried.add(remedy);
  }
  return tried;
}
