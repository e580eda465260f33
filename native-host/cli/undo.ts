/** `undo [run]`: puts back what a run changed; without an id the newest run that can be undone. */
import { ProblemError } from '../../common/problem.ts';
import type { Undone } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

export async function undo(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context;
  const { host, last } = await ownRunHost(context);
  const runId = options.rest[0] ?? (await host.past.history()).runs.find(({ canUndo }) => canUndo)?.id;
  if (runId === undefined) throw new ProblemError('nothing-to-undo');
  if (!options.yes) {
    if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
    if (!(await terminal.confirm(say('cli_undo_it', runId), signal))) throw new ProblemError('cancelled');
  }
  const part = {
    ...(options.steps ? { steps: options.steps } : {}),
    ...(options.replace ? { replace: options.replace } : {}),
  };
  const begun = await host.undo({ runId, ...part });
  await host.settled();
  const run = last() ?? begun;
  terminal.document(run);
  terminal.print(say(messageKey('run', run.status)));
  if (!run.undone) return EXIT.remains;
  printUndone(run.id, run.undone, terminal);
  return run.undone.conflicts.length + run.undone.impossible.length === 0 ? EXIT.fine : EXIT.remains;
}

function printUndone(id: string, undone: Undone, terminal: Terminal): void {
  terminal.print(say('cli_undone_counts', undone.restored, undone.already));
  for (const { id: which, label } of undone.conflicts) {
    terminal.print(`- ${label} (${which}): ${say('cli_conflict')}`);
  }
  for (const { label, why } of undone.impossible) {
    terminal.print(`- ${label}: ${say('cli_impossible')}, ${say(messageKey('impossible', why))}`);
  }
  const [first] = undone.conflicts;
  if (first)
    terminal.print(say('cli_replace_with', id, undone.conflicts.map(({ id: which }) => which).join(',')));
}
