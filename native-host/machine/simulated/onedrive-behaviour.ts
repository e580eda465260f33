/** What OneDrive.exe does on a simulated PC when it is told something. */
import { ProblemError } from '../../../common/problem.ts';
import { ONEDRIVE_IMAGE } from '../onedrive.ts';
import { removeCause } from './cause.ts';
import { forgetAccounts } from './onedrive-link.ts';
import type { SimulatedPc } from './schema.ts';

function isOneDrive({ image }: { image: string }): boolean {
  return image.toLowerCase() === ONEDRIVE_IMAGE.toLowerCase();
}

/** Ends OneDrive. */
export function stopOneDrive(pc: SimulatedPc): void {
  pc.processes = pc.processes.filter((process) => !isOneDrive(process));
}

/** Starts OneDrive, or lets it crash at once; a second one hands over to the first and ends. Whether it runs. */
export function startOneDrive(pc: SimulatedPc): boolean {
  if (pc.processes.some(isOneDrive)) return true;
  if (pc.oneDrive.start === 'crashes') return false;
  // Windows gives multiples of four.
  const pid = Math.max(1000, ...pc.processes.map((process) => process.pid)) + 4;
  pc.processes.push({ pid, image: ONEDRIVE_IMAGE });
  removeCause(pc, 'onedrive-process');
  return true;
}

function reset(pc: SimulatedPc): void {
  stopOneDrive(pc);
  pc.oneDrive.stale = false;
  forgetAccounts(pc);
  if (pc.oneDrive.reset === 'restarts') startOneDrive(pc);
}

/** Runs OneDrive.exe: whether that process ends by itself with 0, hangs, or stays as the running OneDrive. */
export function runOneDrive(pc: SimulatedPc, args: readonly string[]): 0 | 'hangs' | 'stays' {
  const command = args.join(' ').toLowerCase();
  if (command === '/shutdown') {
    if (pc.oneDrive.shutdown === 'exits') stopOneDrive(pc);
    return pc.oneDrive.shutdown === 'hangs' ? 'hangs' : 0;
  }
  if (command === '/reset') {
    if (pc.oneDrive.reset === 'hangs') return 'hangs';
    reset(pc);
    return 0;
  }
  if (command !== '' && command !== '/background') {
    throw new ProblemError('exe-failed', `the simulated OneDrive does not know "${args.join(' ')}"`);
  }
  const already = pc.processes.some(isOneDrive);
  return startOneDrive(pc) && !already ? 'stays' : 0;
}
