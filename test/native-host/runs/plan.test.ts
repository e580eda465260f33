import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PlanSchema } from '../../../common/contract.ts';
import { describeFailure } from '../../../common/failures/index.ts';
import { remedyIds } from '../../../common/remedies.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { makePlan } from '../../../native-host/runs/plan.ts';
import { failure } from '../../harness/run-records.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

async function planFor(code: string, pc?: PcInput, only?: Parameters<typeof makePlan>[2]) {
  const { machine } = await testPc(pc);
  const made = await makePlan(machine, { ...failure, code }, only);
  return { ...made, plan: v.parse(PlanSchema, made.plan) };
}

describe('makePlan', () => {
  it.each<[string, string[], string[]]>([
    // What Microsoft documents for the code comes first even where another remedy is gentler.
    ['0x8004de40', ['reset-onedrive', 'purge-credentials'], ['points-here', 'gentlest-first']],
    ['0x8004de85', ['reset-onedrive', 'purge-credentials'], ['points-here', 'gentlest-first']],
    ['0x8004dec5', ['purge-credentials', 'reset-onedrive'], ['points-here', 'gentlest-first']],
    ['0x8004de80', ['purge-credentials', 'reset-onedrive'], ['gentlest-first', 'gentlest-first']],
    ['0x8004def4', ['reset-onedrive'], ['points-here']],
  ])('orders the remedies for %s by what points at them', async (code, remedies, reasons) => {
    const { plan } = await planFor(code);
    expect(plan.steps.map(({ remedy }) => remedy)).toEqual(remedies);
    expect(plan.steps.map(({ reason }) => reason)).toEqual(reasons);
    expect(plan.steps.map(({ documented }) => documented)).toEqual(
      reasons.map((reason) => reason === 'points-here'),
    );
  });

  it('offers for any code what the catalogue says, in its order, and has operations behind every item', async () => {
    for (const code of ['AADSTS50173', 'AADSTS16000', 'AADSTS50020', '0x8007016a', '0xcaa20003']) {
      const { plan, operations } = await planFor(code);
      expect(
        plan.steps.map(({ remedy }) => remedy),
        code,
      ).toEqual(describeFailure(code).remedies);
      for (const { remedy, items } of plan.steps) {
        expect(operations.get(remedy)?.map(({ item }) => item)).toEqual(items);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      }
    }
  });

  it.each([
    'AADSTS53003',
    '0x8004deef',
    'AADSTS50105',
    'AADSTS50058',
    'AADSTS9999999',
    '0x8004de00',
    'nonsense',
  ])('offers nothing for %s, which nothing on this PC can repair or nobody knows', async (code) => {
    expect((await planFor(code)).plan).toMatchObject({ steps: [], leftOut: [] });
  });

  it('leaves out what has nothing to change, and says why', async () => {
    const { plan, operations } = await planFor('AADSTS50173', { ...samplePc(), credentials: [] });
    expect(plan.leftOut).toEqual([{ remedy: 'purge-credentials', because: 'nothing-to-change' }]);
    expect(plan.steps.map(({ remedy }) => remedy)).toEqual(['reset-onedrive']);
    expect([...operations.keys()]).toEqual(['reset-onedrive']);
  });

  it('leaves out the reset where OneDrive is not installed', async () => {
    const { plan } = await planFor('AADSTS50173', { ...samplePc(), oneDrive: { installed: null } });
    expect(plan.leftOut).toEqual([{ remedy: 'reset-onedrive', because: 'onedrive-missing' }]);
  });

  it('leaves out a remedy that cannot look, and keeps the others', async () => {
    const faults = [{ operation: 'credentials.list', problem: 'access-denied' }] as const;
    const { plan } = await planFor('AADSTS50173', { ...samplePc(), faults: [...faults] });
    expect(plan.leftOut).toEqual([{ remedy: 'purge-credentials', because: 'cannot-look' }]);
    expect(plan.steps.map(({ remedy }) => remedy)).toEqual(['reset-onedrive']);
  });

  it('keeps to a person’s own choice and its order', async () => {
    const only = ['reset-onedrive', 'purge-credentials'] as const;
    const { plan } = await planFor('AADSTS53003', undefined, only);
    expect(plan.steps.map(({ remedy, reason }) => [remedy, reason])).toEqual(
      only.map((remedy) => [remedy, 'chosen']),
    );
    expect(only).toHaveLength(remedyIds.length);
  });

  it('gives every plan another id', async () => {
    const { machine } = await testPc();
    const plans = await Promise.all([1, 2, 3].map(() => makePlan(machine, failure)));
    expect(new Set(plans.map(({ plan }) => plan.id)).size).toBe(3);
  });
});
