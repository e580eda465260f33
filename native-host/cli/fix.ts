/** `fix`: plans, asks, repairs step by step, verifies. Without a code it goes on with a run that waits or was cut off. */
import type { Policy } from '../../common/policy.ts';
import { ProblemError } from '../../common/problem.ts';
import type { Run } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import { everything } from '../runs/choice.ts';
import type { RunHost } from '../runs/run-host.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { namedFailure } from './explain.ts';
import { answerOf, printGuide } from './guide.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { planExit, printPlan } from './plan.ts';
import { printContact, tellPolicy, wasHeldBack } from './tell-policy.ts';
import { say } from './words.ts';

const exits: Partial<Record<Run['status'], ExitCode>> = {
  fixed: EXIT.fine,
  undone: EXIT.fine,
  'your-turn': EXIT.needsSomeone,
  'needs-user': EXIT.needsSomeone,
  unverified: EXIT.needsSomeone,
  cancelled: EXIT.cancelled,
};

export async function fix(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  const { host, last } = await ownRunHost(context);
  const policy = await tellPolicy(host.machine, terminal);
  const begun = options.rest.length > 0 ? await begin(context, host, policy) : await goOn(context, host);
  if (typeof begun === 'number') return begun;
  let ended = await settle(context, host, begun, last);
  while (ended.status === 'your-turn') {
    const answer = await answerOf(context, host, ended);
    if (!answer) break;
    ended = await settle(context, host, await host.continue(ended.id, answer), last);
  }
  terminal.document(ended);
  terminal.print(say(messageKey('run', ended.status)));
  terminal.print(say(`${messageKey('run', ended.status)}_next`));
  if (ended.status === 'your-turn') terminal.print(say('cli_go_on_with'));
  if (ended.canUndo) terminal.print(say('cli_undo_with', ended.id));
  if (wasHeldBack(ended)) printContact(policy, terminal.print);
  return exits[ended.status] ?? (wasHeldBack(ended) ? EXIT.needsSomeone : EXIT.remains);
}

/** Waits for the end of what goes on; Ctrl+C cancels it. */
async function settle(
  { signal }: CommandContext,
  host: RunHost,
  run: Run,
  last: () => Run | undefined,
): Promise<Run> {
  // One that ended in the same moment has nothing left to cancel.
  const cancel = () => void host.cancel(run.id).catch(() => undefined);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  await host.settled();
  signal.removeEventListener('abort', cancel);
  return last() ?? run;
}

/** Without a terminal nobody can be asked, so without --yes nothing is changed. */
async function consent({ terminal, options, signal }: CommandContext, question: string): Promise<void> {
  if (options.yes) return;
  if (!terminal.interactive) throw new UsageError(say('cli_needs_yes'));
  if (!(await terminal.confirm(question, signal))) throw new ProblemError('cancelled');
}

async function begin(context: CommandContext, host: RunHost, policy: Policy): Promise<Run | ExitCode> {
  const { terminal, options } = context;
  const made = await host.plan(namedFailure(options.rest.join(' ')), { only: options.only });
  printPlan(made.plan, policy, terminal);
  if (made.plan.steps.length === 0) {
    terminal.document(made.plan);
    return planExit(made.plan);
  }
  await consent(context, say('cli_go_ahead'));
  return host.start(made.plan.id, everything(made, { unticked: options.all }));
}

async function goOn(context: CommandContext, host: RunHost): Promise<Run> {
  const open = await host.past.current();
  if (open?.status === 'your-turn') {
    printGuide(open, context.terminal);
    // Who comes back with --yes says that it is done.
    await consent(context, say('cli_guide_done'));
    return host.continue(open.id, 'done');
  }
  if (open?.status !== 'interrupted') throw new UsageError('fix needs a code: no run waits or was cut off');
  context.terminal.print(say('run_interrupted'));
  await consent(context, say('cli_finish_it'));
  return host.finish(open.id);
}
