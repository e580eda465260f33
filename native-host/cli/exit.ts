/** The CLI's exit codes (DESIGN: fine or fixed, a failure remains, usage, needs the user or IT, cannot run here, cancelled). */
import { beyondThisPc, type Category } from '../../common/failures/category.ts';
import { type ProblemKind, toProblem } from '../../common/problem.ts';

export const EXIT = { fine: 0, remains: 1, usage: 2, needsSomeone: 3, cannotRun: 4, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command line that makes no sense; its message says why. */
export class UsageError extends Error {}

const byProblem: Partial<Record<ProblemKind, ExitCode>> = {
  'item-unknown': EXIT.usage,
  'nothing-chosen': EXIT.usage,
  'run-unknown': EXIT.usage,
  'nothing-to-undo': EXIT.fine,
  'not-supported': EXIT.cannotRun,
  'machine-unreadable': EXIT.cannotRun,
  'run-busy': EXIT.cannotRun,
  cancelled: EXIT.cancelled,
};

/** The exit code for a command that ended with an error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  return byProblem[toProblem(error).kind] ?? EXIT.remains;
}

/** Whether a failure of this category waits for the user, IT or Microsoft. */
export function isForSomeoneElse(category: Category): boolean {
  return category === 'user' || (beyondThisPc.has(category) && category !== 'none');
}
