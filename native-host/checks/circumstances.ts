/** What had happened shortly before a failure, as far as this PC remembers: for the history. */
import type { Finding } from '../../common/findings.ts';
import type { Machine } from '../machine/machine.ts';
import { networkChange } from './network-change.ts';
import { vpn } from './vpn.ts';
import { windowsUpdate } from './windows-update.ts';

/** Milliseconds; it is the registry and the adapters only. */
const LIMIT = 3_000;

/** Looks at what may bring a failure back; changes nothing and never fails. */
export async function circumstances(machine: Machine): Promise<Finding[]> {
  const context = { machine, timeout: LIMIT, signal: AbortSignal.timeout(LIMIT) };
  const looks = [vpn, networkChange, windowsUpdate].flatMap((check) => check.look(context));
  return (await Promise.all(looks)).flat();
}
