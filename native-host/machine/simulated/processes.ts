/** Programs of a simulated PC. */
import { ProblemError } from '../../../common/problem.ts';
import type { Processes } from '../machine.ts';
import type { Access } from './access.ts';
import { stopOneDrive } from './onedrive-behaviour.ts';
import { openUrl } from './open-url.ts';
import { pause } from './pause.ts';
import { lookWithProgram, runProgram } from './programs.ts';
import type { SimulatedPc } from './schema.ts';

/** Closes those that exit when asked; whether none is left. */
function closeAll(pc: SimulatedPc, image: string): boolean {
  const wanted = image.toLowerCase();
  pc.processes = pc.processes.filter(
    (process) => process.image.toLowerCase() !== wanted || process.onClose === 'asks',
  );
  return pc.processes.every((process) => process.image.toLowerCase() !== wanted);
}

/** Programs over the way to a PC. */
export function simulatedProcesses(access: Access): Processes {
  return {
    running: (image) =>
      access.look('processes.running', image, (pc) =>
        pc.processes
          .filter((process) => process.image.toLowerCase() === image.toLowerCase())
          .map((process) => ({ pid: process.pid, image: process.image })),
      ),

    async output(exe, args, { most, ...limit }) {
      const subject = [exe, ...args].join(' ');
      const written = await access.look(
        'processes.output',
        subject,
        (pc) => lookWithProgram(pc, exe, args),
        limit,
      );
      if (written === 'hangs') await pause(Number.POSITIVE_INFINITY, limit);
      else if (Buffer.byteLength(written.text) <= most) return written.text;
      throw new ProblemError('internal', `${subject} wrote more than ${most} bytes`);
    },

    async run(exe, args, { timeout, signal }) {
      const start = performance.now();
      const subject = [exe, ...args].join(' ');
      const end = await access.act('processes.run', subject, (pc) => runProgram(pc, exe, args), {
        timeout,
        signal,
      });
      if (typeof end === 'number') return end;
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
      await access.act('processes.launch', [exe, ...args].join(' '), (pc) => runProgram(pc, exe, args));
    },

    open: (url) => access.act('processes.open', url, (pc) => openUrl(pc, url)),

    close: (image, limit) =>
      access.act('processes.close', image, (pc) => closeAll(pc, image), { ...limit, past: 'goes-on' }),
  };
}
