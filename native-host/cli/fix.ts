/** `fix`: plans, asks, repairs step by step, verifies. Without a code it goes on with a run that was cut off. */
import type { Run } from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';
import { messageKey } from '../../common/text.ts';
import { everything } from '../runs/choice.ts';
import type { RunHost } from '../runs/run-host.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { namedFailure } from './explain.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { planExit, printPlan } from './plan.ts';
import { say } from './words.ts';

const exits: Partial<Record<Run['status'], ExitCode>> = {
  fixed: EXIT.fine,
  undone: EXIT.fine,
  'needs-user': EXIT.needsSomeone,
  unverified: EXIT.needsSomeone,
  cancelled: EXIT.cancelled,
};

export async function fix(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context;
  const { host, last } = await ownRunHost(context);
  const run = options.rest.length > 0 ? await begin(context, host) : await goOn(context, host);
  if (typeof run === 'number') return run;
  const cancel = () => host.cancel(run.id);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  await host.settled();
  signal.removeEventListener('abort', cancel);
  const ended = last() ?? run;
  terminal.document(ended);
  terminal.print(say(messageKey('run', ended.status)));
  terminal.print(say(`${messageKey('run', ended.status)}_next`));
  if (ended.canUndo) terminal.print(say('cli_undo_with', ended.id));
  return exits[ended.status] ?? EXIT.remains;
}

/** Without a terminal nobody can be asked, so without --yes nothing is changed. */
async function consent({ terminal, options, signal }: CommandContext, question: string): Promise<void> {
  if (options.yes) return;
  if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
  if (!(await terminal.confirm(question, signal))) throw new ProblemError('cancelled');
}

async function begin(context: CommandContext, host: RunHost): Promise<Run | ExitCode> {
  const { terminal, options } = context;
  const made = await host.plan(namedFailure(options.rest.join(' ')), options.only);
  printPlan(made.plan, terminal);
  if (made.plan.steps.length === 0) {
    terminal.document(made.plan);
    return planExit(made.plan);
  }
  await consent(context, say('cli_go_ahead'));
  return host.start(made.plan.id, everything(made));
}

async function goOn(context: CommandContext, host: RunHost): Promise<Run> {
  const open = await host.current();
  if (open?.status !== 'interrupted') throw new UsageError('fix needs a code: no run was cut off');
  context.terminal.print(say('run_interrupted'));
  await consent(context, say('cli_finish_it'));
  return host.finish(open.id);
}
