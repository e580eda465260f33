/** `plan`: what `fix` would do for a code; changes nothing. */
import type { Plan } from '../../common/contract.ts';
import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import { messageKey } from '../../common/text.ts';
import { makePlan } from '../runs/plan.ts';
import { EXIT, type ExitCode, isForSomeoneElse, UsageError } from './exit.ts';
import { namedFailure } from './explain.ts';
import type { CommandContext } from './main.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

export async function plan({ terminal, options, machine }: CommandContext): Promise<ExitCode> {
  if (options.rest.length === 0) throw new UsageError('plan needs a code');
  const failure = namedFailure(options.rest.join(' '));
  const made = await makePlan(await machine(), failure, options.only);
  terminal.document(made.plan);
  printPlan(made.plan, terminal);
  return planExit(made.plan);
}

/** An empty plan is no success: someone else has to act, or nothing is known that helps. */
export function planExit({ steps, failure }: Plan): ExitCode {
  if (steps.length > 0) return EXIT.fine;
  return isForSomeoneElse(failure.category) ? EXIT.needsSomeone : EXIT.remains;
}

export function printPlan({ failure, steps, leftOut }: Plan, terminal: Terminal): void {
  const meaning = describeFailure(failure.code);
  const { title, todo } = meaningWords(meaning, say);
  terminal.print(`${terminal.style('bold', failure.code)}  ${title}`);
  terminal.print(say(messageKey('who', failure.category)));
  if (steps.length === 0) terminal.print(todo);
  for (const [index, step] of steps.entries()) {
    terminal.print();
    terminal.print(terminal.style('bold', `${index + 1}. ${say(messageKey('remedy', step.remedy))}`));
    terminal.print(`   ${say(`${messageKey('remedy', step.remedy)}_what`)}`);
    const known = step.documented ? 'ui_documented' : 'ui_not_documented';
    terminal.print(`   ${say(messageKey('reason', step.reason))} ${say(known)}`);
    terminal.print(`   ${say('cli_step_facts', say(messageKey('risk', step.risk)), step.seconds)}`);
    terminal.print(`   ${say(`${messageKey('remedy', step.remedy)}_undo`)}`);
    for (const { label, detail } of step.items)
      terminal.print(`   - ${label}${detail ? ` (${detail})` : ''}`);
  }
  if (leftOut.length > 0) terminal.print();
  for (const { remedy, because } of leftOut) {
    terminal.print(`${say(messageKey('remedy', remedy))}: ${say(messageKey('left', because))}`);
  }
}
