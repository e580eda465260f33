/** How every operation reaches the simulated PC: at its pace, through its faults, and into its log. */
import { ProblemError } from '../../../common/problem.ts';
import type { Fault, LogEntry, SimulatedOperation } from './operations.ts';
import { type Limit, pause } from './pause.ts';
import { alterPc, peekAtPc } from './pc-file.ts';
import type { SimulatedPc } from './schema.ts';

/** Enough for the longest run; a PC that is used for years must not grow without end. */
const LOG_LENGTH = 2_000;

function findFault(pc: SimulatedPc, operation: SimulatedOperation, subject: string): Fault | undefined {
  const name = subject.toLowerCase();
  return pc.faults.find(
    (fault) =>
      fault.operation === operation &&
      (fault.match === undefined || name.includes(fault.match.toLowerCase())),
  );
}

function note(
  pc: SimulatedPc,
  operation: SimulatedOperation,
  subject: string,
  outcome: LogEntry['outcome'],
): void {
  pc.log = [...pc.log, { time: new Date().toISOString(), operation, subject, outcome }].slice(-LOG_LENGTH);
}

type Trouble = ProblemError | 'hangs';

/** The fault that is laid on this operation, used up by one. */
function takeFault(pc: SimulatedPc, operation: SimulatedOperation, subject: string): Trouble | undefined {
  const fault = findFault(pc, operation, subject);
  if (!fault) return undefined;
  if (fault.times !== undefined) fault.times -= 1;
  pc.faults = pc.faults.filter(({ times }) => times !== 0);
  note(pc, operation, subject, fault.problem ?? 'hangs');
  if (fault.problem === undefined) return 'hangs';
  return new ProblemError(fault.problem, `simulated, ${operation} ${subject}`.trim());
}

/** Fails as the fault says, or never answers: then only the operation's own limit ends it. */
async function suffer(trouble: Trouble, limit?: Limit): Promise<never> {
  if (trouble !== 'hangs') throw trouble;
  const end = limit && { timeout: limit.timeout, signal: limit.signal };
  for (;;) await pause(Number.POSITIVE_INFINITY, end);
}

/** The operations' way to one PC's file. */
export interface Access {
  /** Looks, and changes nothing; not logged. `limit` ends it where it never answers. */
  look<T>(
    operation: SimulatedOperation,
    subject: string,
    view: (pc: SimulatedPc) => T,
    limit?: Limit,
  ): Promise<T>;
  /** Changes the PC and logs it. It takes the PC's `paceMs`, within `limit`. */
  act<T>(
    operation: SimulatedOperation,
    subject: string,
    effect: (pc: SimulatedPc) => T,
    limit?: Limit,
  ): Promise<T>;
  /** Changes the PC as a consequence of something that is logged already. */
  settle(effect: (pc: SimulatedPc) => void): Promise<void>;
}

/** The way to the PC in this file. */
export function accessTo(file: string): Access {
  return {
    async look(operation, subject, view, limit) {
      const pc = peekAtPc(file);
      if (!findFault(pc, operation, subject)) return view(pc);
      const fault = await alterPc(file, (now) => takeFault(now, operation, subject));
      if (fault) return suffer(fault, limit);
      return view(peekAtPc(file));
    },

    async act(operation, subject, effect, limit) {
      await pause(peekAtPc(file).paceMs, limit);
      const end = await alterPc(file, (pc) => {
        const fault = takeFault(pc, operation, subject);
        if (fault) return { fault };
        const result = effect(pc);
        note(pc, operation, subject, 'done');
        return { result };
      });
      return 'fault' in end ? suffer(end.fault, limit) : end.result;
    },

    settle: (effect) => alterPc(file, effect),
  };
}
