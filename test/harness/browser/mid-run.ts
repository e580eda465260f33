/** A repair in a browser, caught in its middle: and what must hold whatever happened to it then. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { waitFor } from '../wait-for.ts';
import { pressBanner } from './banner.ts';
import { popupOpened, press, windowAt } from './our-window.ts';
import type { Scene } from './scene.ts';

/** Slow enough to be caught in the middle. */
export const slowly = (pc: SimulatedPc) => void Object.assign(pc, { paceMs: 700 });

export interface MidRun {
  page: Page;
  window: Page;
  /** As it was before anything was done. */
  before: SimulatedPc;
}

/** Agrees to the repair and waits until the first entry is gone. */
export async function inMidRun({ browser, openOffice, pc }: Scene): Promise<MidRun> {
  const before = pc.read();
  const page = await openOffice();
  await pressBanner(browser, page, 'open');
  await popupOpened(browser);
  await press(await windowAt(browser, 'plan'), 'start');
  const window = await windowAt(browser, 'run');
  await waitFor(() => pc.read().credentials.length < before.credentials.length, 'the first entry to go');
  return { page, window, before };
}

/** All but when an entry was written, which an undo does anew. */
function entries({ credentials }: SimulatedPc) {
  const byTarget = credentials.map(({ lastWritten: _, ...entry }) => [entry.target, entry] as const);
  return Object.fromEntries(byTarget);
}

/** In the view of a run that has ended, Undo brings back all of it: to the person's eyes and on the PC. */
export async function undoRestores(
  { browser, pc }: Pick<Scene, 'browser' | 'pc'>,
  ended: Page,
  before: SimulatedPc,
): Promise<void> {
  expect(pc.read().credentials.filter(({ stale }) => stale)).toEqual([]);
  await press(ended, 'undo');
  await windowAt(browser, 'undone');
  expect(entries(pc.read())).toEqual(entries(before));
}
