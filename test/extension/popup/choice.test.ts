import { describe, expect, test } from 'vitest';
import type { PlannedStep } from '../../../common/plan.ts';
import {
  type Changes,
  choiceOf,
  extentOf,
  isIn,
  isTicked,
  toggleItem,
  toggleStep,
} from '../../../extension/popup/plan/choice.ts';
import { plan, reasoned } from '../../fixtures/ui-plan.ts';

const made = plan(3);
const [purge, reset] = made.steps as [PlannedStep, PlannedStep];
const all: Changes = new Set();
const purgeIds = ['credential-0', 'credential-1', 'credential-2'];
const wholeReset = { remedy: 'reset-onedrive', items: ['onedrive', 'account-0'] };

function untick(step: PlannedStep, changes: Changes, ...indexes: number[]): Changes {
  return indexes.reduce((sofar, index) => {
    const item = step.items[index];
    return item ? toggleItem(step, item, sofar) : sofar;
  }, changes);
}

test('at first everything is chosen, in the plan’s order', () => {
  expect(choiceOf(made, all)).toEqual([{ remedy: 'purge-credentials', items: purgeIds }, wholeReset]);
});

test('an unticked entry is not sent, and ticking it again brings it back', () => {
  const without = untick(purge, all, 1);
  expect(choiceOf(made, without)[0]?.items).toEqual(['credential-0', 'credential-2']);
  expect(choiceOf(made, untick(purge, without, 1))).toEqual(choiceOf(made, all));
});

test('a step without a ticked entry is left out', () => {
  expect(choiceOf(made, untick(purge, all, 0, 1, 2))).toEqual([wholeReset]);
});

test('a step can be left out whole, also when its entries cannot be unticked', () => {
  expect(choiceOf(made, toggleStep(reset, all)).map(({ remedy }) => remedy)).toEqual(['purge-credentials']);
  expect(choiceOf(made, toggleStep(purge, toggleStep(reset, all)))).toEqual([]);
});

test('what must be part of a step stays ticked', () => {
  const unticked = untick(reset, all, 0);
  expect(reset.items.every((item) => isTicked(reset, item, unticked))).toBe(true);
  expect(choiceOf(made, unticked)).toContainEqual(wholeReset);
});

test('a step taken in again has all of its entries, and no other step is changed', () => {
  const none = untick(purge, toggleStep(reset, all), 0, 1, 2);
  const again = toggleStep(purge, none);
  expect(extentOf(purge, again)).toEqual({ chosen: 3, all: 3 });
  expect(extentOf(reset, again).chosen).toBe(0);
});

describe('what asks for a consent of its own', () => {
  const identity = reasoned.steps[1] as PlannedStep;
  const idsOf = (changes: Changes) => choiceOf({ ...made, steps: [identity] }, changes)[0]?.items;

  test('is not chosen at first, and is once it is ticked', () => {
    expect(idsOf(all)).toEqual(['key', 'folder']);
    expect(idsOf(untick(identity, all, 2))).toEqual(['key', 'folder', 'word']);
  });

  test('is not taken in with the rest of its step', () => {
    const left = toggleStep(identity, untick(identity, all, 2));
    expect(idsOf(left)).toBeUndefined();
    expect(idsOf(toggleStep(identity, left))).toEqual(['key', 'folder']);
  });

  test('is taken in with its step when the step has nothing else', () => {
    const alone = { ...identity, items: identity.items.slice(2) };
    expect(isIn(alone, all)).toBe(false);
    expect(extentOf(alone, toggleStep(alone, all))).toEqual({ chosen: 1, all: 1 });
    expect(isIn(alone, toggleStep(alone, toggleStep(alone, all)))).toBe(false);
  });
});

test('a guide, which changes nothing, is chosen without an item, and can be left out', () => {
  const guide = reasoned.steps[3] as PlannedStep;
  const alone = { ...made, steps: [guide] };
  expect(choiceOf(alone, all)).toEqual([{ remedy: 'check-proxy', items: [] }]);
  expect(choiceOf(alone, toggleStep(guide, all))).toEqual([]);
  expect(choiceOf(alone, toggleStep(guide, toggleStep(guide, all)))).toHaveLength(1);
});
