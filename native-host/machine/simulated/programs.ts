/** The programs that a simulated PC can run, and what comes of it: OneDrive, and those tools of Windows that repair. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import { browserOf } from '../../registration/browsers.ts';
import { oneDriveExe } from '../onedrive.ts';
import { removeCause } from './cause.ts';
import { deviceStatus } from './device-status.ts';
import { runOneDrive } from './onedrive-behaviour.ts';
import type { Cause, SimulatedPc } from './schema.ts';

interface Tool {
  args: string;
  /** What is no longer there once it ran. */
  removes: Cause;
}

const tools: Readonly<Record<string, Tool>> = {
  'dsregcmd.exe': { args: '/refreshprt', removes: 'device-token' },
  'klist.exe': { args: 'purge', removes: 'kerberos' },
  'ipconfig.exe': { args: '/flushdns', removes: 'dns' },
  'control.exe': { args: 'inetcpl.cpl', removes: 'settings' },
};

/** How a run goes on: its exit code, or that it hangs, or that it stays as the running OneDrive. */
type Ran = number | 'hangs' | 'stays';

const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function toolsHere({ missingTools, folders }: SimulatedPc): { image: string; path: string; tool: Tool }[] {
  return Object.entries(tools)
    .filter(([image]) => !missingTools.some((missing) => same(missing, image)))
    .map(([image, tool]) => ({ image, path: win32.join(folders.system, image), tool }));
}

function installedOneDrive(pc: SimulatedPc): string[] {
  const { installed } = pc.oneDrive;
  return installed === null ? [] : [oneDriveExe(pc, installed)];
}

/** Where this PC has programs, without their being listed. */
export function programPaths(pc: SimulatedPc): string[] {
  return [...installedOneDrive(pc), ...toolsHere(pc).map(({ path }) => path)];
}

function exitOf({ toolExit }: SimulatedPc, image: string): number | 'hangs' {
  return Object.entries(toolExit).find(([name]) => same(name, image))?.[1] ?? 0;
}

/**
 * What a tool writes that is run to look, whatever it ends with; fails with `exe-failed` for a program or arguments
 * that do not look at anything.
 */
export function lookWithProgram(
  pc: SimulatedPc,
  exe: string,
  args: readonly string[],
): { text: string } | 'hangs' {
  const image = toolsHere(pc).find(({ path }) => same(path, exe))?.image;
  if (image !== 'dsregcmd.exe' || !same(args.join(' '), '/status'))
    throw new ProblemError('exe-failed', `the simulated PC cannot look with ${exe} "${args.join(' ')}"`);
  if (exitOf(pc, image) === 'hangs') return 'hangs';
  const own = Object.entries(pc.toolOutput).find(([name]) => same(name, image))?.[1];
  return { text: own ?? deviceStatus(pc) };
}

/** A browser among the PC's files: it shows what it is told to, which is nothing to this PC. */
function isBrowser({ files }: SimulatedPc, exe: string): boolean {
  const paths = files.map((file) => (typeof file === 'string' ? file : file.path));
  return browserOf(win32.basename(exe)) !== undefined && paths.some((path) => same(path, exe));
}

/** Runs a program of this PC; fails with `exe-failed` for any other, and for arguments that it does not know. */
export function runProgram(pc: SimulatedPc, exe: string, args: readonly string[]): Ran {
  if (installedOneDrive(pc).some((path) => same(path, exe))) return runOneDrive(pc, args);
  if (isBrowser(pc, exe)) return 0;
  const found = toolsHere(pc).find(({ path }) => same(path, exe));
  if (!found) throw new ProblemError('exe-failed', `the simulated PC has no program ${exe}`);
  const { image, tool } = found;
  if (!same(args.join(' '), tool.args))
    throw new ProblemError('exe-failed', `the simulated ${image} does not know "${args.join(' ')}"`);
  const exit = exitOf(pc, image);
  if (exit === 0) removeCause(pc, tool.removes);
  return exit;
}
