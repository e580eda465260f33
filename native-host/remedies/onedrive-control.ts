/**
 * Closing, resetting and starting OneDrive. What can be seen is waited for, never a fixed time: OneDrive says
 * nothing of its own when it has closed, reset or started.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import { ONEDRIVE_IMAGE, type OneDrivePlace, oneDriveExe } from '../machine/onedrive.ts';
import type { ActContext, Operation } from './remedy.ts';

/** Limits in milliseconds, generous to a slow PC; what is waited for ends the wait. */
export interface OneDriveLimits {
  close: number;
  reset: number;
  /** For OneDrive to come back by itself, and for it to be seen after being started by us. */
  return: number;
  start: number;
}
export const usualLimits: OneDriveLimits = { close: 30_000, reset: 120_000, return: 10_000, start: 30_000 };

/** More than all of these together, so that the limits here come first and leave OneDrive running. */
export const RESET_LIMIT = 240_000;

type Report = ActContext['report'];

/** OneDrive as an item; its path, which nobody needs in a sentence, as detail. */
export function oneDriveItem(machine: Machine, place: OneDrivePlace, id = 'onedrive'): Operation['item'] {
  const detail = oneDriveExe(machine, place).slice(0, 500);
  return { id, kind: 'onedrive-process', label: 'OneDrive', detail, optional: false, ticked: true };
}

/** Where OneDrive.exe is; fails with `onedrive-missing` when it is no longer there. */
export async function installedExe(machine: Machine, place: OneDrivePlace): Promise<string> {
  const exe = oneDriveExe(machine, place);
  if ((await machine.files.kind(exe)) !== 'file') throw new ProblemError('onedrive-missing', exe);
  return exe;
}

export async function oneDriveRuns(machine: Machine): Promise<boolean> {
  return (await machine.processes.running(ONEDRIVE_IMAGE)).length > 0;
}

/** Waits until OneDrive runs, or until it does not; false when the limit came first. */
async function until(machine: Machine, wanted: boolean, limit: number): Promise<boolean> {
  const end = performance.now() + limit;
  for (;;) {
    if ((await oneDriveRuns(machine)) === wanted) return true;
    if (performance.now() >= end) return false;
    await delay(Math.min(250, limit));
  }
}

/** Has OneDrive close itself, if it runs. Fails with `timed-out` when it goes on. */
export async function closeOneDrive(
  machine: Machine,
  exe: string,
  report: Report,
  limits: OneDriveLimits,
): Promise<void> {
  if (!(await oneDriveRuns(machine))) return;
  report({ id: 'closing-onedrive' });
  await machine.processes.run(exe, ['/shutdown'], { timeout: limits.close, signal: uncut() });
  if (!(await until(machine, false, limits.close))) throw new ProblemError('timed-out', '/shutdown');
}

/**
 * Starts OneDrive, unless it comes by itself within `itself` milliseconds, and sees that it runs. Fails with
 * `onedrive-not-back`.
 */
export async function startOneDrive(
  machine: Machine,
  exe: string,
  report: Report,
  limits: OneDriveLimits,
  itself = 0,
): Promise<void> {
  report({ id: 'starting-onedrive' });
  if (await until(machine, true, itself)) return;
  await machine.processes.launch(exe, ['/background']);
  if (!(await until(machine, true, limits.start))) throw new ProblemError('onedrive-not-back', exe);
}

/** Does something that needs OneDrive closed or closes it. Should it fail, OneDrive is brought back all the same. */
export async function bringingBack<T>(
  machine: Machine,
  exe: string,
  limits: OneDriveLimits,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // The first trouble is the one to tell; that OneDrive is brought back is done as well as can be.
    await startOneDrive(machine, exe, () => undefined, limits, limits.return).catch(() => undefined);
    throw error;
  }
}

/** Once begun it is not cut off half-way: that would leave OneDrive worse than before. Each part has its limit. */
const uncut = () => new AbortController().signal;

/** Closes OneDrive, resets it, and sees to it that it runs again, by itself or started by us. */
export async function resetOneDriveNow(
  machine: Machine,
  exe: string,
  report: Report,
  limits: OneDriveLimits,
): Promise<void> {
  await bringingBack(machine, exe, limits, async () => {
    await closeOneDrive(machine, exe, report, limits);
    report({ id: 'resetting-onedrive' });
    // What its exit code means is written nowhere: whether it helped, the verification says.
    await machine.processes.run(exe, ['/reset'], { timeout: limits.reset, signal: uncut() });
  });
  await startOneDrive(machine, exe, report, limits, limits.return);
}

/** Closes OneDrive in the proper way and starts it again. */
export async function restartOneDriveNow(
  machine: Machine,
  exe: string,
  report: Report,
  limits: OneDriveLimits,
): Promise<void> {
  await bringingBack(machine, exe, limits, async () => {
    await closeOneDrive(machine, exe, report, limits);
    await startOneDrive(machine, exe, report, limits);
  });
}
