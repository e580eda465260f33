/** `uninstall`: takes back what `install` wrote, and nothing else. Journals and backups stay, unless they are to go, too. */
import { ProblemError } from '../../common/problem.ts';
import { unregister } from '../registration/ground.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { groundFor, tell } from './install.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { say } from './words.ts';

export async function uninstall(context: CommandContext): Promise<ExitCode> {
  const { options } = context;
  if (options.backups && !options.dryRun) await removeState(context);
  const outcomes = await unregister(await groundFor(context), { dryRun: options.dryRun });
  tell(context, outcomes);
  if (outcomes.some(({ is }) => is === 'refused')) return EXIT.remains;
  return outcomes.some(({ is }) => is === 'machine-wide') ? EXIT.needsSomeone : EXIT.fine;
}

/** First of all, as it may be refused: while a repair goes on nothing of it is taken away. */
async function removeState(context: CommandContext): Promise<void> {
  const { terminal, options, signal } = context;
  if (!options.yes) {
    if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
    if (!(await terminal.confirm(say('ui_history_clear_sure'), signal))) throw new ProblemError('cancelled');
  }
  const { host } = await ownRunHost(context);
  await host.past.remove();
}
