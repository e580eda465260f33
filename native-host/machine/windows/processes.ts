/** Programs: which run, and how they are started. No shell anywhere, and every program by its full path. */
import { win32 } from 'node:path';
import { ProblemError } from '../../../common/problem.ts';
import type { Processes, ProcessInfo } from '../machine.ts';
import { closeWindows } from './close-windows.ts';
import { kindAt } from './files.ts';
import { launch } from './launch.ts';
import { openUrl } from './open-url.ts';
import { output } from './output.ts';
import { run } from './run.ts';
import { sessionProcesses } from './snapshot.ts';

/**
 * A bare name would be looked for in PATH, and a script would need a shell; execa also hands to cmd.exe what
 * it does not find.
 */
async function checkExe(exe: string): Promise<void> {
  if (!win32.isAbsolute(exe) || win32.extname(exe).toLowerCase() !== '.exe') {
    throw new ProblemError('exe-failed', `not the full path of an .exe: ${exe}`);
  }
  if ((await kindAt(exe)) !== 'file') throw new ProblemError('exe-failed', `not there: ${exe}`);
}

async function running(image: string): Promise<ProcessInfo[]> {
  const wanted = image.toLowerCase();
  const all = await sessionProcesses();
  return all
    .filter((process) => process.image.toLowerCase() === wanted)
    .map(({ pid, image }) => ({ pid, image }));
}

export const processes: Processes = {
  running,

  async output(exe, args, options) {
    await checkExe(exe);
    return output(exe, args, options);
  },

  async run(exe, args, options) {
    await checkExe(exe);
    return run(exe, args, options);
  },

  async launch(exe, args) {
    await checkExe(exe);
    await launch(exe, args);
  },

  open: openUrl,

  close: (image, options) => closeWindows(() => running(image), options),
};
