import { expect, it, vi } from 'vitest';
import { isGoingOn, isOpen } from '../../../extension/background/memory.ts';

vi.mock('webextension-polyfill', () => ({ default: {} }));

it.each([
  ['running', true, true],
  ['undoing', true, true],
  // Waits for the person: no host is kept for it.
  ['your-turn', true, false],
  ['interrupted', true, false],
  ['fixed', false, false],
  ['cancelled', false, false],
] as const)('a run that is %s is open: %s, and carried out by a host: %s', (status, open, goingOn) => {
  expect([isOpen({ status }), isGoingOn({ status })]).toEqual([open, goingOn]);
});
