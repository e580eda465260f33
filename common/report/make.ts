/** Makes the report of what both sides know. The host knows no browser, and the browser perhaps no host. */
import { isByHand } from '../by-hand.ts';
import { type Finding, findingWords } from '../findings.ts';
import { causeOf, type Look, lookOutcome } from '../look.ts';
import type { Failure, Recurrence } from '../plan.ts';
import { objections, type RemedyRule } from '../policy.ts';
import type { Run, RunStep } from '../run.ts';
import { problemWords, remedyWords, runWords, stepWords } from '../run-words.ts';
import { messageKey, type Say } from '../text.ts';
import { mask } from './mask.ts';
import {
  type Failed,
  type Found,
  type Looked,
  type NotAllowed,
  REPORT,
  type Recurs,
  type Report,
  type Tried,
  type TriedStep,
  type Versions,
} from './report.ts';
import { scrub } from './scrub.ts';

export interface ReportSource {
  /** What failed, the one that it is about first. */
  failures: readonly Failure[];
  check: Look | null;
  /** What was done about it, the newest first. */
  runs: readonly Run[];
  recurrences: readonly Recurrence[];
  /** What the organisation says of remedies. */
  rules: readonly RemedyRule[];
  versions: Versions;
  simulated: boolean;
  madeAt: string;
}

/** What a code means, in the person's language. */
export interface CodeWords {
  title: string;
  todo: string;
  source: string | null;
}

export interface Wording {
  say: Say;
  meaning: (code: string) => CodeWords;
}

/** Masked unless `full` is asked for; whatever looks like a secret is in neither. */
export function makeReport(from: ReportSource, wording: Wording, { full = false } = {}): Report {
  // Before as well: what is shortened may cut a secret in two, so that the rest of it looks like none.
  const clean = scrub(from);
  const { failures, check, runs, recurrences, rules, versions, simulated, madeAt } = full
    ? clean
    : mask(clean);
  const { say } = wording;
  return scrub<Report>({
    report: REPORT,
    madeAt,
    masked: !full,
    simulated,
    failures: failures.map((each) => failedOf(each, wording)),
    check: check && lookedOf(check, say),
    tried: runs.map((each) => triedOf(each, say)),
    // What was chosen by hand does not come back by itself.
    recurrences: recurrences.filter((each) => !isByHand(each)).map((each) => recursOf(each, say)),
    notAllowed: notAllowedOf(rules, new Date(madeAt), say),
    versions,
  });
}

function failedOf(failure: Failure, { say, meaning }: Wording): Failed {
  const { code, category, time, seenAt, tenant, correlationId, requestId } = failure;
  const { title, todo, source } = meaning(code);
  return {
    ...{ code, words: title, todo, category, who: say(messageKey('category', category)), time },
    ...(seenAt === undefined ? {} : { seenAt }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(requestId === undefined ? {} : { requestId }),
    // Nobody writes about what is no code.
    ...(source?.startsWith('https://') && !isByHand(failure) ? { source } : {}),
  };
}

const levels: readonly Finding['level'][] = ['fault', 'warning', 'unknown', 'ok'];

function lookedOf(check: Look, say: Say): Looked {
  const { scope, state, took, findings, diagnosis, startedAt } = check;
  const over = state === 'done' || state === 'partial';
  const cause = causeOf(check);
  const partOf = ({ id }: Finding) => {
    if (id === cause?.id) return { part: 'cause' } as const;
    return over && diagnosis?.because.includes(id) ? ({ part: 'follows' } as const) : {};
  };
  const found = findings.map((each) => ({ ...foundOf(each, say), ...partOf(each) }));
  const rank = ({ level, part }: Found) =>
    part === 'cause' ? -2 : part === 'follows' ? -1 : levels.indexOf(level);
  return {
    ...{ time: startedAt, scope, state, took, codes: [...(diagnosis?.codes ?? [])] },
    words: cause ? findingWords(cause, say) : say(messageKey('ui_check', lookOutcome(check))),
    ...(diagnosis?.who ? { who: say(messageKey('category', diagnosis.who)) } : {}),
    findings: found.toSorted((a, b) => rank(a) - rank(b)),
  };
}

function foundOf(finding: Finding, say: Say): Found {
  const { check, level, meaning, subject, amount, evidence, took } = finding;
  return {
    ...{ check, level, meaning, words: findingWords(finding, say), evidence, took },
    ...(subject === '' ? {} : { subject }),
    ...(amount === undefined ? {} : { amount }),
  };
}

function triedOf(run: Run, say: Say): Tried {
  const { failure, status, startedAt, endedAt, steps, undone } = run;
  return {
    ...{ code: failure.code, status, words: runWords(run, say).title, startedAt },
    ...(endedAt === undefined ? {} : { endedAt }),
    steps: steps.map((step) => triedStepOf(step, run, say)),
    ...(undone && {
      undone: {
        restored: undone.restored,
        already: undone.already,
        conflicts: undone.conflicts.map(({ label }) => label),
        impossible: undone.impossible.map(
          ({ label, why }) => `${label}: ${say(messageKey('impossible', why))}`,
        ),
      },
    }),
  };
}

function triedStepOf(step: RunStep, run: Run, say: Say): TriedStep {
  const { remedy, status, done, total, verification, problem, skipped } = step;
  return {
    ...{
      remedy,
      name: remedyWords(remedy, say).title,
      words: stepWords(step, run, say),
      status,
      done,
      total,
    },
    ...(verification && { verification: verificationOf(verification, say) }),
    ...(problem && { problem: { ...problem, words: problemWords(problem, say).title } }),
    skipped: skipped.map(({ label, because }) => `${label}: ${say(messageKey('skipped', because))}`),
  };
}

function verificationOf(verification: NonNullable<RunStep['verification']>, say: Say) {
  const { outcome, code, proofs = [] } = verification;
  return {
    ...{ outcome, words: say(messageKey('verification', outcome)) },
    ...(code === undefined ? {} : { code }),
    proofs: proofs.map((each) => ({
      ...{ proof: each.proof, outcome: each.outcome },
      words: `${say(messageKey('proof', each.proof))}: ${say(messageKey('outcome', each.outcome))}`,
      ...(each.subject === undefined ? {} : { subject: each.subject }),
    })),
  };
}

function notAllowedOf(rules: readonly RemedyRule[], now: Date, say: Say): NotAllowed[] {
  return [...objections(rules, now)].map(([remedy, because]) => ({
    ...{ remedy, because },
    name: remedyWords(remedy, say).title,
    words: say(messageKey('left', because)),
  }));
}

function recursOf({ code, count, pattern, helped }: Recurrence, say: Say): Recurs {
  const words = [say('ui_times', count), pattern && say(messageKey('pattern', pattern))];
  return { code, count, pattern, words: words.filter(Boolean).join(' '), helped };
}
