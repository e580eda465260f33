/** Evidence of what happened, made from what the host knows of it: the one place that decides what is left out. */
import type { CheckResult } from '../../common/check.ts';
import { canonicalCode } from '../../common/failures/parse.ts';
import type { Finding } from '../../common/findings.ts';
import type { Failure, Plan } from '../../common/plan.ts';
import type { Objection } from '../../common/policy.ts';
import type { ProblemKind } from '../../common/problem.ts';
import type { RemedyId } from '../../common/remedies.ts';
import type { Run } from '../../common/run.ts';
import { type Evidence, microsoftHosts, runOutcomes } from './schema.ts';

type Without<E> = E extends unknown ? Omit<E, 'format' | 'time' | 'version'> : never;
/** A line before it is stamped. */
export type Entry = Without<Evidence>;

const codeOf = (code: string) => canonicalCode(code) ?? 'other';

/** Which failure; with its correlation id where details are wanted. */
function failed({ code, category }: Failure) {
  return { code: codeOf(code), category };
}

const idOf = ({ correlationId }: Failure, detailed: boolean) =>
  detailed && correlationId !== undefined ? { correlationId } : {};

const between = (from: string | undefined, to: string | undefined) =>
  from === undefined || to === undefined ? {} : { ms: Math.max(0, Date.parse(to) - Date.parse(from)) };

/** What was found besides that all is well, without its subjects. */
function findingsOf(findings: readonly Finding[], detailed: boolean) {
  if (!detailed) return {};
  const told = findings.filter(({ level }) => level !== 'ok');
  return {
    findings: told.map(({ check, meaning, level, amount, subject }) => ({
      ...{ check, meaning, level },
      ...(microsoftHosts.has(subject) ? { host: subject } : {}),
      ...(amount === undefined ? {} : { amount }),
    })),
  };
}

export function failuresSeen(failures: readonly Failure[], detailed: boolean): Entry[] {
  return failures.map((failure) => ({
    event: 'failure',
    ...failed(failure),
    seen: failure.time,
    ...idOf(failure, detailed),
  }));
}

export function planMade(
  { failure, steps, leftOut, recurrence, findings }: Plan,
  detailed: boolean,
): Entry[] {
  return [
    {
      event: 'plan',
      ...failed(failure),
      steps: steps.map(({ remedy }) => remedy),
      leftOut: leftOut.map(({ remedy, because }) => ({ remedy, because })),
      recurrence: recurrence?.count ?? null,
      ...idOf(failure, detailed),
      ...findingsOf(findings, detailed),
    },
  ];
}

/** Why a plan leaves a remedy out, where policy is the reason. */
const keptOut: ReadonlySet<string> = new Set<Objection>(['forbidden', 'needs-approval']);

/** What policy kept out of a plan; nothing where it kept out nothing. */
export function refusedIn({ failure, leftOut }: Plan): Entry[] {
  const kept = leftOut.filter(({ because }) => keptOut.has(because));
  return refused(
    failure,
    kept.map(({ remedy }) => remedy),
  );
}

function refused(failure: Failure, remedies: RemedyId[]): Entry[] {
  return remedies.length === 0 ? [] : [{ event: 'refused', ...failed(failure), remedies }];
}

/** How a step ends that policy does not let begin. */
const stopped: ReadonlySet<string | undefined> = new Set<ProblemKind>(['turned-off', 'needs-approval']);

const stoppedIn = (steps: Run['steps']) =>
  steps.filter(({ problem }) => stopped.has(problem?.kind)).map(({ remedy }) => remedy);

/** How a run stands when nothing goes on in it any more, and what policy stopped in it; nothing of one that goes on. */
export function runEnded(run: Run, detailed: boolean): Entry[] {
  const { id, failure, status, steps, undone } = run;
  if (status === 'undone' && undone) return undoEnded(run, undone);
  const outcome = runOutcomes.find((each) => each === status);
  if (outcome === undefined) return [];
  return [
    {
      ...{ event: 'run', run: id, outcome },
      ...failed(failure),
      steps: steps.map(({ remedy, status, verification, problem, done, total, startedAt, endedAt }) => ({
        ...{ remedy, status, done, total },
        ...(verification && { verification: verification.outcome }),
        ...(problem && { problem: problem.kind }),
        ...between(startedAt, endedAt),
      })),
      ...between(run.startedAt, run.endedAt),
      ...idOf(failure, detailed),
    },
    ...refused(failure, run.endedAt === undefined ? [] : stoppedIn(steps)),
  ];
}

function undoEnded({ id, failure }: Run, undone: NonNullable<Run['undone']>): Entry[] {
  const { restored, already } = undone;
  const [conflicts, impossible] = [undone.conflicts.length, undone.impossible.length];
  const outcome = conflicts + impossible === 0 ? 'whole' : 'in-part';
  return [
    {
      ...{ event: 'undo', run: id, outcome },
      ...failed(failure),
      ...{ restored, already, conflicts, impossible },
    },
  ];
}

/** A look at the connection; nothing of one that found no fault. */
export function checkEnded({ findings, diagnosis, took }: CheckResult, detailed: boolean): Entry[] {
  const count = (level: Finding['level']) => findings.filter((each) => each.level === level).length;
  const faults = count('fault');
  if (faults === 0) return [];
  const cause = findings.find(({ id }) => id === diagnosis.cause);
  return [
    {
      event: 'check',
      // Without its id, which names what was looked at.
      cause: cause ? { check: cause.check, meaning: cause.meaning } : null,
      who: diagnosis.who,
      codes: diagnosis.codes.map(codeOf),
      ...{ faults, warnings: count('warning') },
      ms: Math.round(took),
      ...findingsOf(findings, detailed),
    },
  ];
}
