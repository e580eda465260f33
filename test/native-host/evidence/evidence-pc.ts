/** A simulated PC with a policy about evidence, and what it has told. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure } from '../../../common/plan.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Run, Verification } from '../../../common/run.ts';
import { type Evidence, EvidenceSchema } from '../../../native-host/evidence/schema.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf, type TestRunHost } from '../../harness/host/run-host.ts';
import { type PcInput, type TestPc, testPc } from '../../harness/test-pc.ts';

const POLICY = 'SOFTWARE\\Policies\\Signin Rescue';

type Values = NonNullable<NonNullable<PcInput['registry']>['HKLM']>[string];

export const dword = (value: number) => ({ type: 'REG_DWORD', value }) as const;

/** The sample PC under this policy; `remedies` go below its key of that name. */
export function pcUnder(policy: Values, remedies: Values = {}, more: PcInput = {}): PcInput {
  const pc = { ...samplePc(), ...more };
  const HKLM = { ...pc.registry?.HKLM, [POLICY]: policy, [`${POLICY}\\Remedies`]: remedies };
  return { ...pc, registry: { ...pc.registry, HKLM } };
}

export interface EvidencePc extends TestPc {
  log: string;
  /** The log's lines, every one of which must be as documented. */
  lines(): Evidence[];
  /** The event log: ids and levels, with their texts as lines. */
  events(): { id: number; level: string; line: Evidence }[];
}

export async function evidencePc(pc: PcInput): Promise<EvidencePc> {
  const made = await testPc(pc);
  const log = join(made.machine.stateFolder, 'log', 'evidence.jsonl');
  return {
    ...made,
    log,
    lines: () => (existsSync(log) ? linesOf(readFileSync(log, 'utf8')) : []),
    events: () =>
      made.read().events.map(({ id, level, text }) => ({
        ...{ id, level },
        line: v.parse(EvidenceSchema, JSON.parse(text)),
      })),
  };
}

export function linesOf(text: string): Evidence[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => v.parse(EvidenceSchema, JSON.parse(line)));
}

export const both = { EventLog: dword(1), Log: dword(1) };

export const failure = {
  code: 'AADSTS50173',
  category: 'local',
  seenAt: 'login.microsoftonline.com',
  tenant: '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11',
  correlationId: '11111111-2222-4333-8444-555555555555',
  requestId: '99999999-2222-4333-8444-555555555555',
  time: '2026-11-22T12:00:00.000Z',
} as const satisfies Failure;

/** A host whose verification gives this outcome; the PC's own verdict where none is given. */
export const hostOn = ({ machine }: EvidencePc, outcome?: Verification): TestRunHost =>
  runHostOf(machine, outcome && (async () => outcome));

/** A repair of that failure with these remedies, until it ends or waits. */
export async function repair(
  { host, ended }: TestRunHost,
  only: RemedyId[] = ['purge-credentials'],
): Promise<Run> {
  const made = await host.plan(failure, { remember: true, only });
  return ended(host.start(made.plan.id, everything(made)));
}

/** The event log in short. */
export const kinds = (pc: EvidencePc): string[] => pc.events().map(({ id, level }) => `${id} ${level}`);
