/** `install`: has every browser find this host, without any rights. */
import * as v from 'valibot';
import { openMachine } from '../machine/open.ts';
import { type Ground, groundOf, register } from '../registration/ground.ts';
import { type Outcome, OutcomeSchema } from '../registration/outcome.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { CommandContext } from './main.ts';
import { outcomeLine } from './registration-words.ts';
import { say } from './words.ts';

/** The document of `install` and `uninstall`. */
export const RegistrationSchema = v.strictObject({
  /** Nothing was done: what would be. */
  dryRun: v.boolean(),
  browsers: v.array(OutcomeSchema),
});

export async function install(context: CommandContext): Promise<ExitCode> {
  const outcomes = await register(await groundFor(context), { dryRun: context.options.dryRun });
  tell(context, outcomes);
  const left = ({ is }: Outcome) => is === 'refused' || is === 'foreign' || is === 'newer';
  return outcomes.some(left) ? EXIT.remains : EXIT.fine;
}

/** Left out, the machine is not announced: where it is a simulated one, this computer's own browsers are not. */
export async function groundFor({ machine, options }: CommandContext): Promise<Ground> {
  const opened = options.machine === undefined ? await openMachine(undefined) : await machine();
  return groundOf(opened, options.machine);
}

/** Says what became of each browser. */
export function tell({ terminal, options }: CommandContext, outcomes: readonly Outcome[]): void {
  const { dryRun } = options;
  terminal.document({ dryRun, browsers: [...outcomes] } satisfies v.InferOutput<typeof RegistrationSchema>);
  if (dryRun) terminal.print(say('cli_dry_run'));
  for (const outcome of outcomes) terminal.print(outcomeLine(outcome));
}
