/** A simulated PC with a policy of the organisation's, which a test may change in mid-run. */
import { changeSimulatedPc, type SimulatedPc, samplePc } from '../../native-host/machine/simulated/index.ts';
import { POLICY_KEY } from '../../native-host/policy/read.ts';
import { type TestPc, testPc } from './test-pc.ts';

type Values = SimulatedPc['registry']['HKLM'][string];

export interface PolicyWish {
  /** Values of the policy's own key. */
  values?: Values;
  remedies?: Record<string, string | number>;
  approvals?: Record<string, string>;
  hive?: 'HKLM' | 'HKCU';
}

const asValues = (words: Record<string, string | number>): Values =>
  Object.fromEntries(
    Object.entries(words).map(([name, value]) => [
      name,
      typeof value === 'number' ? { type: 'REG_DWORD', value } : { type: 'REG_SZ', value },
    ]),
  );

/** Puts this in place of what the policy said in that hive. */
export function setPolicy(
  pc: Pick<SimulatedPc, 'registry'>,
  { values = {}, remedies = {}, approvals = {}, hive = 'HKLM' }: PolicyWish,
): void {
  pc.registry[hive][POLICY_KEY] = values;
  pc.registry[hive][`${POLICY_KEY}\\Remedies`] = asValues(remedies);
  pc.registry[hive][`${POLICY_KEY}\\Approvals`] = asValues(approvals);
}

/** The sample PC, managed so. */
export async function policyPc(...wishes: PolicyWish[]): Promise<TestPc> {
  const pc = samplePc();
  for (const wish of wishes) setPolicy(pc, wish);
  return testPc(pc);
}

/** The administrator changes the policy, as at any moment. */
export function changePolicy(file: string, wish: PolicyWish): Promise<void> {
  return changeSimulatedPc(file, (pc) => setPolicy(pc, wish));
}
