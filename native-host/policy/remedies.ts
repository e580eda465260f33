/** What the organisation says of each remedy. It is asked again before each step: policy may change in mid-run. */
import * as v from 'valibot';
import { type Objection, objectionTo, type RemedyRule, remedyRules } from '../../common/policy.ts';
import { ProblemError, type ProblemKind } from '../../common/problem.ts';
import { type RemedyId, remedyIds } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';
import { NumberValue, PolicyReader, TextValue } from './reader.ts';

export const REMEDIES = 'Remedies';
export const APPROVALS = 'Approvals';

const byNumber = { 0: 'off', 1: 'allowed', 2: 'approval' } as const;

const RuleValue = v.union(
  [
    v.pipe(TextValue, v.toLowerCase(), v.picklist(remedyRules)),
    v.pipe(
      NumberValue,
      v.picklist([0, 1, 2]),
      v.transform((number) => byNumber[number]),
    ),
  ],
  `it is none of ${remedyRules.join(', ')}, so it counts as off`,
);

const TimeValue = v.pipe(
  TextValue,
  v.isoTimestamp('it is no time such as 2026-12-31T18:00:00Z'),
  v.check((text) => isDay(text.slice(0, 10)), 'there is no such time'),
  v.transform((text) => new Date(text)),
  v.check((time) => !Number.isNaN(time.getTime()), 'there is no such time'),
  v.transform((time) => time.toISOString()),
);

/** Of `2026-02-31` a Date makes the third of March: three days more than anybody has said. */
function isDay(text: string): boolean {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** The remedies that are not simply allowed. One whose word cannot be read is off. */
export async function readRules(reader: PolicyReader): Promise<RemedyRule[]> {
  const rules: RemedyRule[] = [];
  for (const remedy of remedyIds) {
    const rule = await readRule(reader, remedy);
    if (rule) rules.push(rule);
  }
  return rules;
}

async function readRule(reader: PolicyReader, remedy: RemedyId): Promise<RemedyRule | undefined> {
  const found = await reader.take({ name: remedy, below: REMEDIES }, RuleValue);
  if (found === undefined || found === 'allowed') return undefined;
  if (found !== 'approval') return { remedy, rule: 'off' };
  // For one PC, so never from what roams or is a user's.
  const until = await reader.taken({ name: remedy, below: APPROVALS, hives: ['HKLM'] }, TimeValue);
  return { remedy, rule: 'approval', ...(until === undefined ? {} : { until }) };
}

const problems: Readonly<Record<Objection, ProblemKind>> = {
  forbidden: 'turned-off',
  'needs-approval': 'needs-approval',
};

/** Fails with `turned-off` or `needs-approval` where policy, as it stands now, does not let a remedy run. */
export async function refuseUnlessAllowed(machine: Machine, remedy: RemedyId): Promise<void> {
  const rule = await readRule(await PolicyReader.open(machine), remedy);
  const objection = objectionTo(rule, new Date());
  if (objection) throw new ProblemError(problems[objection], remedy);
}
