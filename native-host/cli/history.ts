/** `history`: past runs, newest first. */
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { say } from './words.ts';

export async function history(context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { host } = await ownRunHost(context);
  const runs = await host.history();
  terminal.document({ runs });
  if (runs.length === 0) terminal.print(say('cli_no_history'));
  for (const { id, startedAt, failure, status, steps, canUndo } of runs) {
    const undo = canUndo ? ` · ${say('cli_can_undo')}` : '';
    const head = `${startedAt.slice(0, 16).replace('T', ' ')}  ${failure.code}`;
    terminal.print(`${terminal.style('bold', head)}  ${say(messageKey('run', status))}${undo}`);
    terminal.print(`  ${id}`);
    for (const step of steps) {
      const name = say(messageKey('remedy', step.remedy));
      terminal.print(`  - ${name}: ${say(messageKey('step', step.status))} ${step.done}/${step.total}`);
    }
  }
  return EXIT.fine;
}
