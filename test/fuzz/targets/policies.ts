/**
 * Policies: any values of any type under the policy's keys, in both hives, in any letter case. The oracle is the rule
 * of docs/POLICY.md, written a second time: HKLM's word counts before HKCU's, only `allowed` and 1 allow, only
 * `approval` and 2 ask for approval, which only HKLM can give, and whatever else stands there is `off`. What is told
 * keeps to the contract, is one line where it is shown, and agrees with what is refused when a remedy is to run.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { PolicySchema } from '../../../common/policy.ts';
import { toProblem } from '../../../common/problem.ts';
import { type RemedyId, remedyIds } from '../../../common/remedies.ts';
import type { Machine } from '../../../native-host/machine/machine.ts';
import {
  createSimulatedMachine,
  type SimulatedPcInput,
} from '../../../native-host/machine/simulated/index.ts';
import { POLICY_KEY } from '../../../native-host/policy/read.ts';
import { refuseUnlessAllowed } from '../../../native-host/policy/remedies.ts';
import { backupDays, defaultCloud, readPolicy } from '../../../native-host/policy/settings.ts';
import { oddText } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

type Value = NonNullable<NonNullable<NonNullable<SimulatedPcInput['registry']>['HKLM']>[string]>[string];

const LATER = '2099-12-31T18:00:00Z';
/** A day that there is not. */
const NEVER = '2099-02-31T00:00:00Z';
/** A few, so that the hives speak of the same ones. */
const some = remedyIds.slice(0, 6);
const word = fc.oneof(
  fc.constantFrom('approval', 'allowed', 'off', LATER),
  fc.constantFrom(
    'allowed',
    'approval',
    ' OFF ',
    'Allowed',
    'allowed;',
    'allow',
    'yes',
    '1',
    '0',
    LATER,
    '2001-01-01T00:00:00Z',
    NEVER,
    'worldwide',
    'china, mars',
    'it@contoso.example',
    'a\r\nbcc: b@c.example',
  ),
  oddText,
);
const textOf = (text: string) => ({ type: 'REG_SZ' as const, value: text });
const value: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: word.map(textOf) },
  word.map((text) => ({ type: 'REG_EXPAND_SZ' as const, value: text })),
  fc.oneof(fc.nat(3), fc.nat(0xffff_ffff)).map((number) => ({ type: 'REG_DWORD' as const, value: number })),
  fc.nat(3).map((number) => ({ type: 'REG_QWORD' as const, value: number })),
  word.map((text) => ({ type: 'REG_MULTI_SZ' as const, value: [text] })),
  fc.constant({ type: 'REG_BINARY' as const, value: 'AQAAAA==' }),
);
const often = (...texts: string[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...texts).map(textOf) }, { weight: 1, arbitrary: value });
const anyCase = (name: string) => fc.constantFrom(name, name.toUpperCase(), name.toLowerCase());
const own = ['HelpDesk', 'HelpDeskText', 'Clouds', 'Watch', 'BackupDays', 'EventLog', 'Log', 'Catalogue'];

/** Values by names of a list: each name at most once, in whatever case. */
const valuesOf = (names: readonly string[], value: fc.Arbitrary<Value>) =>
  fc
    .subarray([...names], { maxLength: 6 })
    .chain((chosen) =>
      fc
        .tuple(...chosen.map((name) => fc.tuple(anyCase(name), value)))
        .map((entries) => Object.fromEntries(entries)),
    );
const hive = fc.record({
  [POLICY_KEY]: valuesOf(own, value),
  [`${POLICY_KEY}\\Remedies`]: valuesOf(some, often('approval', 'approval', 'allowed', 'off')),
  [`${POLICY_KEY}\\Approvals`]: valuesOf(some, often(LATER, NEVER, '2001-01-01T00:00:00Z')),
});
const input = fc.record({ HKLM: hive, HKCU: hive });
type Input = { HKLM: Keys; HKCU: Keys };
type Keys = Record<string, Record<string, Value>>;

function find(keys: Keys, below: string, name: string): Value | undefined {
  return Object.entries(keys[`${POLICY_KEY}\\${below}`] ?? {}).find(
    ([key]) => key.toLowerCase() === name,
  )?.[1];
}

/** What the value says, as a text or a number of Windows; undefined where it is neither. */
function said(found: Value): string | number | undefined {
  if (found.type === 'REG_DWORD') return found.value;
  if (found.type === 'REG_SZ' || found.type === 'REG_EXPAND_SZ') return found.value.trim().toLowerCase();
  return undefined;
}

function expected({ HKLM, HKCU }: Input, remedy: RemedyId): 'allowed' | 'approval' | 'off' {
  const found = find(HKLM, 'Remedies', remedy) ?? find(HKCU, 'Remedies', remedy);
  if (!found) return 'allowed';
  const word = said(found);
  if (word === 'allowed' || word === 1) return 'allowed';
  return word === 'approval' || word === 2 ? 'approval' : 'off';
}

/** Which problem there is when a remedy is to run. */
function objection(machine: Machine, remedy: RemedyId): Promise<string> {
  return refuseUnlessAllowed(machine, remedy).then(
    () => 'runs',
    (error: unknown) => toProblem(error).kind,
  );
}

async function remediesAgree(
  policy: Input,
  machine: Machine,
  told: v.InferOutput<typeof PolicySchema>,
): Promise<void> {
  for (const remedy of some) {
    const rule = expected(policy, remedy);
    const own = told.remedies.find((each) => each.remedy === remedy);
    equal(own?.rule ?? 'allowed', rule, remedy);
    const approval = find(policy.HKLM, 'Approvals', remedy);
    const approved = rule === 'approval' && approval !== undefined && said(approval) === LATER.toLowerCase();
    const outcome = { allowed: 'runs', approval: approved ? 'runs' : 'needs-approval', off: 'turned-off' }[
      rule
    ];
    equal(await objection(machine, remedy), outcome, remedy);
  }
}

async function judge(registry: Input, { folder, count }: Ground): Promise<void> {
  const file = join(folder, 'pc.json');
  writeFileSync(file, JSON.stringify({ registry }));
  const machine = await createSimulatedMachine(file);
  const { policy, refused } = await readPolicy(machine);
  deepStrictEqual(v.parse(PolicySchema, policy), policy);
  await remediesAgree(registry, machine, policy);
  for (const shown of [policy.helpDesk, policy.helpDeskText])
    ok(shown === null || !/[\r\n\0\u202e]/.test(shown));
  const days = await backupDays(machine);
  ok(Number.isInteger(days) && days >= 0 && days <= 365, `${days} days`);
  await defaultCloud(machine);
  rmSync(`${file}.state`, { recursive: true });
  for (const { rule, until } of policy.remedies) count(`a remedy ${rule}${until ? ', with a time' : ''}`);
  for (const { value } of refused) count(`refused in ${value.includes('\\') ? value.split('\\')[0] : value}`);
}

export const policiesTarget = target({ name: 'policies', batch: 500, input, judge });
