/**
 * Links OneDrive anew: its reset, which disconnects every account, then its set-up for each of them with the
 * address filled in, so that the person only confirms. There is no supported way to link without them. The local
 * folder is never touched: choosing the same one again keeps what is in it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import { isLinked, type LinkedAccount, openSetup } from './accounts.ts';
import { type OneDriveLimits, usualLimits } from './onedrive-control.ts';
import type { ActContext, Remedy } from './remedy.ts';
import { resetting } from './reset.ts';

export interface RelinkLimits extends OneDriveLimits {
  /** Milliseconds that a person has to confirm one account, and between two looks whether they did. */
  confirm: number;
  look: number;
}
const usual: RelinkLimits = { ...usualLimits, confirm: 600_000, look: 1_000 };

/** Opens the set-up and waits for the person; an account that is linked already is left alone. */
async function link(
  machine: Machine,
  account: LinkedAccount,
  { report, signal }: ActContext,
  { confirm, look }: RelinkLimits,
): Promise<void> {
  if (await isLinked(machine, account)) return;
  const subject = account.email;
  report({ id: 'opening-setup', subject });
  await openSetup(machine, account);
  report({ id: 'waiting-for-you', subject });
  const end = performance.now() + confirm;
  while (!(await isLinked(machine, account))) {
    if (performance.now() >= end) {
      throw new ProblemError('timed-out', 'confirm the account in the set-up window of OneDrive');
    }
    await delay(look, undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? new ProblemError('cancelled') : error;
    });
  }
}

/** The remedy with its limits, which tests shorten. */
export function relinkOneDriveWithin(limits: RelinkLimits): Remedy {
  return resetting({
    id: 'relink-onedrive',
    seconds: 300,
    limit: 630_000,
    source:
      'https://support.microsoft.com/office/unlink-and-re-link-onedrive-3c4680bf-cc36-4204-9ca5-e7b24cdd23ea',
    limits,
    optional: true,
    afterwards: (machine, account, context) => link(machine, account, context, limits),
  });
}

export const relinkOneDrive = relinkOneDriveWithin(usual);
