/** Programs of a simulated PC. It has one that does something: OneDrive. */
import { ProblemError } from '../../../common/problem.ts';
import type { Processes } from '../machine.ts';
import type { OneDrivePlace } from '../onedrive.ts';
import type { Access } from './access.ts';
import { runOneDrive, startOneDrive, stopOneDrive } from './onedrive-behaviour.ts';
import { pause } from './pause.ts';
import type { SimulatedPc } from './schema.ts';

/** Where OneDrive.exe would be. */
export type ExeOf = (place: OneDrivePlace) => string;

/** Whether a path is OneDrive.exe where this PC has it installed. */
export function isInstalledOneDrive(pc: SimulatedPc, exeOf: ExeOf, path: string): boolean {
  const { installed } = pc.oneDrive;
  return installed !== null && exeOf(installed).toLowerCase() === path.toLowerCase();
}

/** Programs over the way to a PC. */
export function simulatedProcesses(access: Access, exeOf: ExeOf): Processes {
  const runExe = (pc: SimulatedPc, exe: string, args: readonly string[]) => {
    if (isInstalledOneDrive(pc, exeOf, exe)) return runOneDrive(pc, args);
    throw new ProblemError('exe-failed', `the simulated PC has no program ${exe}`);
  };

  return {
    running: (image) =>
      access.look('processes.running', image, (pc) =>
        pc.processes
          .filter((process) => process.image.toLowerCase() === image.toLowerCase())
          .map((process) => ({ ...process })),
      ),

    async run(exe, args, { timeout, signal }) {
      const start = performance.now();
      const subject = [exe, ...args].join(' ');
      const end = await access.act('processes.run', subject, (pc) => runExe(pc, exe, args), {
        timeout,
        signal,
      });
      if (end === 'ends') return 0;
      try {
        // Neither returns by itself: one hangs, the other is OneDrive in its daily work.
        const left = Math.max(0, timeout - (performance.now() - start));
        await pause(Number.POSITIVE_INFINITY, { timeout: left, signal });
      } finally {
        if (end === 'stays') await access.settle(stopOneDrive);
      }
      return 0;
    },

    async launch(exe, args) {
      await access.act('processes.launch', [exe, ...args].join(' '), (pc) => runExe(pc, exe, args));
    },

    open: (url) =>
      access.act('processes.open', url, (pc) => {
        if (!/^odopen:/i.test(url)) return;
        if (pc.oneDrive.installed === null) throw new ProblemError('exe-failed', 'no program for odopen:');
        startOneDrive(pc);
      }),
  };
}
