/** `undo [run]`: puts back what a run changed; without an id the newest run that can be undone. */
import { ProblemError } from '../../common/problem.ts';
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { say } from './words.ts';

export async function undo(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context;
  const { host, last } = await ownRunHost(context);
  const id = options.rest[0] ?? (await host.history()).find(({ canUndo }) => canUndo)?.id;
  if (id === undefined) throw new ProblemError('nothing-to-undo');
  if (!options.yes) {
    if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
    if (!(await terminal.confirm(say('cli_undo_it', id), signal))) throw new ProblemError('cancelled');
  }
  const begun = await host.undo(id);
  await host.settled();
  const run = last() ?? begun;
  terminal.document(run);
  terminal.print(say(messageKey('run', run.status)));
  const { undone } = run;
  if (!undone) return EXIT.remains;
  terminal.print(say('cli_undone_counts', undone.restored, undone.already));
  for (const label of undone.conflicts) terminal.print(`- ${label}: ${say('cli_conflict')}`);
  for (const label of undone.impossible) terminal.print(`- ${label}: ${say('cli_impossible')}`);
  return undone.conflicts.length + undone.impossible.length === 0 ? EXIT.fine : EXIT.remains;
}
