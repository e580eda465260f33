import { beforeEach, describe, expect, it } from 'vitest';
import { chosenSteps, everything } from '../../../native-host/runs/choice.ts';
import { type MadePlan, makePlan } from '../../../native-host/runs/plan.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { failure } from '../../harness/run-records.ts';
import { SAMPLE_STALE, testPc } from '../../harness/test-pc.ts';

let made: MadePlan;

const refused = async (chosen: Parameters<typeof chosenSteps>[1]) =>
  problemOf(Promise.resolve().then(() => chosenSteps(made, chosen)));

beforeEach(async () => {
  const { machine } = await testPc();
  made = await makePlan(machine, failure, { only: ['purge-credentials', 'reset-onedrive', 'check-clock'] });
});

describe('chosenSteps', () => {
  it('takes everything in the plan’s order, with the host’s own intents', async () => {
    const steps = chosenSteps(made, everything(made));
    expect(steps.map(({ remedy }) => remedy)).toEqual(made.plan.steps.map(({ remedy }) => remedy));
    const own = [...made.operations.values()].map((operations) => operations.map(({ intent }) => intent));
    expect(steps.map(({ operations }) => operations.map(({ intent }) => intent))).toEqual(own);
  });

  it('keeps the plan’s order whatever the choice’s is, and takes nothing twice', async () => {
    const reversed = everything(made).reverse();
    expect(chosenSteps(made, reversed)).toEqual(chosenSteps(made, everything(made)));
    const twice = [...everything(made), ...everything(made)].map(({ remedy, items }) => ({
      remedy,
      items: [...items, ...items],
    }));
    expect(chosenSteps(made, twice)).toEqual(chosenSteps(made, everything(made)));
  });

  it('leaves out unticked items and steps without any', async () => {
    const steps = chosenSteps(made, [
      { remedy: 'purge-credentials', items: ['credential-1'] },
      { remedy: 'reset-onedrive', items: [] },
    ]);
    expect(steps).toHaveLength(1);
    expect(steps[0]?.operations.map(({ label }) => label)).toEqual([SAMPLE_STALE[1]]);
  });

  it('adds what is not optional to a chosen step', async () => {
    const [step] = chosenSteps(made, [{ remedy: 'reset-onedrive', items: ['onedrive'] }]);
    expect(step?.operations).toHaveLength(2);
  });

  it('takes a guide, which has no items, where it is named, and leaves it out where it is not', async () => {
    expect(chosenSteps(made, [{ remedy: 'check-clock', items: [] }])).toEqual([
      { remedy: 'check-clock', undo: 'none', operations: [] },
    ]);
    const others = everything(made).filter(({ remedy }) => remedy !== 'check-clock');
    expect(chosenSteps(made, others).map(({ remedy }) => remedy)).not.toContain('check-clock');
  });

  it('takes what is unticked by itself only where the person ticks it', () => {
    const [operation] = made.operations.get('purge-credentials') ?? [];
    const step = made.plan.steps[0];
    if (!operation || !step) throw new Error('no step');
    const item = { ...operation.item, ticked: false };
    made.plan.steps[0] = { ...step, items: [item, ...step.items.slice(1)] };
    expect(everything(made)[0]?.items).not.toContain(item.id);
    expect(everything(made, { unticked: true })[0]?.items).toContain(item.id);
  });

  it('refuses what the plan does not list', async () => {
    expect(await refused([{ remedy: 'purge-credentials', items: ['credential-3'] }])).toEqual({
      kind: 'item-unknown',
      detail: 'credential-3',
    });
    expect((await refused([{ remedy: 'purge-credentials', items: ['onedrive'] }])).kind).toBe('item-unknown');
    expect((await refused([])).kind).toBe('nothing-chosen');
    made = { ...made, operations: new Map() };
    expect(await refused([{ remedy: 'reset-onedrive', items: [] }])).toEqual({
      kind: 'item-unknown',
      detail: 'reset-onedrive',
    });
  });
});
