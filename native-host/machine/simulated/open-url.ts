/** What opening a URL does on a simulated PC. */
import { ProblemError } from '../../../common/problem.ts';
import { removeCause } from './cause.ts';
import { startOneDrive } from './onedrive-behaviour.ts';
import { linkPersonal, linkWork } from './onedrive-link.ts';
import type { SimulatedPc } from './schema.ts';

/** A person confirms what OneDrive's set-up asks: whether an account is linked that was not. */
function confirm(pc: SimulatedPc, { hostname, searchParams }: URL): boolean {
  if (pc.oneDrive.setup === 'ignored') return false;
  const email = searchParams.get('useremail');
  if (hostname === 'sync' && email) return linkWork(pc, email);
  return hostname === 'launch' && linkPersonal(pc);
}

/** `odopen:` is OneDrive's, `ms-settings:` a person who does there what the guide says; others do nothing. */
export function openUrl(pc: SimulatedPc, url: string): void {
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'ms-settings:') removeCause(pc, 'settings');
  if (parsed?.protocol !== 'odopen:') return;
  if (pc.oneDrive.installed === null) throw new ProblemError('exe-failed', 'no program for odopen:');
  if (!startOneDrive(pc) || !confirm(pc, parsed)) return;
  pc.oneDrive.stale = false;
  removeCause(pc, 'onedrive-link');
}
