import { expect, test } from 'vitest';
import type { PlannedStep } from '../../../common/contract.ts';
import {
  choiceOf,
  extentOf,
  isTicked,
  toggleItem,
  toggleStep,
  type Unticked,
} from '../../../extension/popup/choice.ts';
import { plan } from '../../fixtures/ui-states.ts';

const made = plan(3);
const [purge, reset] = made.steps as [PlannedStep, PlannedStep];
const all: Unticked = new Set();
const purgeIds = ['credential-0', 'credential-1', 'credential-2'];
const wholeReset = { remedy: 'reset-onedrive', items: ['onedrive', 'account-0'] };

function untick(step: PlannedStep, unticked: Unticked, ...indexes: number[]): Unticked {
  return indexes.reduce((sofar, index) => {
    const item = step.items[index];
    return item ? toggleItem(step, item, sofar) : sofar;
  }, unticked);
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
