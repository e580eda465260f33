/** `status`: which PC this is, whether something is going on or was cut off, and what is kept. */

import { messageKey } from '../../common/text.ts';
import { VERSION } from '../version.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { say } from './words.ts';

export async function status(context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const { host } = await ownRunHost(context);
  const { kind, stateFolder } = host.machine;
  const run = await host.past.current();
  const undoable = (await host.past.history()).runs.filter(({ canUndo }) => canUndo).length;
  terminal.document({ version: VERSION, machine: kind, stateFolder, run, undoable });
  terminal.print(`Signin Rescue ${VERSION}`);
  terminal.print(say(kind === 'simulated' ? 'cli_simulated' : 'cli_this_pc'));
  terminal.print(say('cli_state_folder', stateFolder));
  terminal.print(run ? `${say(messageKey('run', run.status))} ${run.id}` : say('cli_no_run'));
  terminal.print(say('cli_undoable', undoable));
  return run?.status === 'interrupted' || run?.status === 'your-turn' ? EXIT.needsSomeone : EXIT.fine;
}
