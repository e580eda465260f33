/** `history`: what failed and what was done, newest first; `--clear` deletes it. */

import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import type { History } from '../../common/history.ts';
import { ProblemError } from '../../common/problem.ts';
import type { Run } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

export async function history(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context;
  const { host } = await ownRunHost(context);
  if (options.clear && !options.yes) {
    if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
    if (!(await terminal.confirm(say('ui_history_clear_sure'), signal))) throw new ProblemError('cancelled');
  }
  const past = options.clear ? await host.past.clear() : await host.past.history();
  terminal.document(past);
  printHistory(past, terminal);
  return EXIT.fine;
}

const when = (time: string) => time.slice(0, 16).replace('T', ' ');

function printHistory({ runs, incidents, recurrences }: History, terminal: Terminal): void {
  if (runs.length + incidents.length === 0) terminal.print(say('cli_no_history'));
  for (const { code, count, pattern, helped } of recurrences) {
    terminal.print(`${terminal.style('bold', code)}  ${say('cli_recurs', count)}`);
    if (pattern) {
      terminal.print(`  ${say(messageKey('pattern', pattern))}`);
      terminal.print(`  ${say(messageKey('prevent', pattern))}`);
    }
    const [last] = helped;
    if (last) terminal.print(`  ${say('ui_helped', say(messageKey('remedy', last)))}`);
  }
  for (const run of runs) printRun(run, terminal);
  const alone = incidents.filter(({ failure }) => !runs.some((run) => run.failure.time === failure.time));
  for (const { failure } of alone) {
    const { title } = meaningWords(describeFailure(failure.code), say);
    terminal.print(`${terminal.style('bold', `${when(failure.time)}  ${failure.code}`)}  ${title}`);
  }
}

function printRun(
  { id, startedAt, endedAt, failure, status, steps, canUndo }: Run,
  terminal: Terminal,
): void {
  const undo = canUndo ? ` · ${say('cli_can_undo')}` : '';
  const took = endedAt
    ? ` ${say('cli_took', ((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1))}`
    : '';
  const head = `${when(startedAt)}  ${failure.code}`;
  terminal.print(`${terminal.style('bold', head)}  ${say(messageKey('run', status))}${took}${undo}`);
  terminal.print(`  ${id}`);
  for (const step of steps) {
    const name = say(messageKey('remedy', step.remedy));
    const outcome = step.verification
      ? ` · ${say(messageKey('verification', step.verification.outcome))}`
      : '';
    terminal.print(
      `  - ${name}: ${say(messageKey('step', step.status))} ${step.done}/${step.total}${outcome}`,
    );
  }
}
