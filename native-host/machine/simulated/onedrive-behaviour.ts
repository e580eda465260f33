/** What OneDrive.exe does on a simulated PC when it is told something. */
import { ProblemError } from '../../../common/problem.ts';
import { ONEDRIVE_IMAGE } from '../onedrive.ts';
import type { SimulatedPc } from './schema.ts';

const ACCOUNTS = 'software\\microsoft\\onedrive\\accounts\\';

function isOneDrive({ image }: { image: string }): boolean {
  return image.toLowerCase() === ONEDRIVE_IMAGE.toLowerCase();
}

/** Ends OneDrive. */
export function stopOneDrive(pc: SimulatedPc): void {
  pc.processes = pc.processes.filter((process) => !isOneDrive(process));
}

/** Starts OneDrive, or lets it crash at once; a second one hands over to the first and ends. */
export function startOneDrive(pc: SimulatedPc): void {
  if (pc.oneDrive.start === 'crashes' || pc.processes.some(isOneDrive)) return;
  // Windows gives multiples of four.
  const pid = Math.max(1000, ...pc.processes.map((process) => process.pid)) + 4;
  pc.processes.push({ pid, image: ONEDRIVE_IMAGE });
}

function reset(pc: SimulatedPc): void {
  stopOneDrive(pc);
  pc.oneDrive.stale = false;
  const kept = Object.entries(pc.registry.HKCU).filter(([key]) => !key.toLowerCase().startsWith(ACCOUNTS));
  pc.registry.HKCU = Object.fromEntries(kept);
  if (pc.oneDrive.reset === 'restarts') startOneDrive(pc);
}

/** Runs OneDrive.exe: whether that process ends by itself, hangs, or stays as the running OneDrive. */
export function runOneDrive(pc: SimulatedPc, args: readonly string[]): 'ends' | 'hangs' | 'stays' {
  const command = args.join(' ').toLowerCase();
  if (command === '/shutdown') {
    if (pc.oneDrive.shutdown === 'exits') stopOneDrive(pc);
    return pc.oneDrive.shutdown === 'hangs' ? 'hangs' : 'ends';
  }
  if (command === '/reset') {
    if (pc.oneDrive.reset === 'hangs') return 'hangs';
    reset(pc);
    return 'ends';
  }
  if (command !== '' && command !== '/background') {
    throw new ProblemError('exe-failed', `the simulated OneDrive does not know "${args.join(' ')}"`);
  }
  const already = pc.processes.some(isOneDrive);
  startOneDrive(pc);
  return already || !pc.processes.some(isOneDrive) ? 'ends' : 'stays';
}
