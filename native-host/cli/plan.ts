/** `plan`: what `fix` would do for a code; changes nothing. */

import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import { findingWords } from '../../common/findings.ts';
import type { Plan, PlannedStep } from '../../common/plan.ts';
import type { Policy } from '../../common/policy.ts';
import { isGuide } from '../../common/remedies.ts';
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode, isForSomeoneElse, UsageError } from './exit.ts';
import { namedFailure } from './explain.ts';
import { guideWords } from './guide.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { isHeldBack, printContact, tellPolicy } from './tell-policy.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

export async function plan(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  if (options.rest.length === 0) throw new UsageError('plan needs a code');
  const { host } = await ownRunHost(context);
  const policy = await tellPolicy(host.machine, terminal);
  const { plan } = await host.plan(namedFailure(options.rest.join(' ')), { only: options.only });
  terminal.document(plan);
  printPlan(plan, policy, terminal);
  return planExit(plan);
}

/** An empty plan is no success: someone else has to act or to allow it, or nothing is known that helps. */
export function planExit(plan: Plan): ExitCode {
  if (plan.steps.length > 0) return EXIT.fine;
  return isHeldBack(plan) || isForSomeoneElse(plan.failure.category) ? EXIT.needsSomeone : EXIT.remains;
}

export function printPlan(plan: Plan, policy: Policy, terminal: Terminal): void {
  const { failure, steps, leftOut, recurrence } = plan;
  const meaning = describeFailure(failure.code);
  const { title, todo } = meaningWords(meaning, say);
  terminal.print(`${terminal.style('bold', failure.code)}  ${title}`);
  terminal.print(say(messageKey('who', failure.category)));
  if (steps.length === 0) terminal.print(todo);
  for (const finding of unnamed(plan)) terminal.print(`· ${findingWords(finding, say)}`);
  if (recurrence) terminal.print(say('cli_recurs', recurrence.count));
  for (const [index, step] of steps.entries()) printStep(plan, step, index, terminal);
  if (leftOut.length > 0) terminal.print();
  for (const { remedy, because, finding } of leftOut) {
    const why = [say(messageKey('left', because)), sentenceOf(plan, finding)].filter(Boolean).join(' ');
    terminal.print(`${say(messageKey('remedy', remedy))}: ${why}`);
  }
  if (isHeldBack(plan)) printContact(policy, terminal.print);
}

/** What was found, and is not said at a step. */
function unnamed({ findings, steps, leftOut }: Plan) {
  const named = new Set([...steps, ...leftOut].flatMap(({ finding }) => finding ?? []));
  for (const { warnings } of steps) for (const id of warnings) named.add(id);
  return findings.filter(({ id }) => !named.has(id));
}

function sentenceOf({ findings }: Plan, id: string | undefined): string {
  const found = id === undefined ? undefined : findings.find((each) => each.id === id);
  return found ? findingWords(found, say) : '';
}

function printStep(plan: Plan, step: PlannedStep, index: number, terminal: Terminal): void {
  const key = messageKey('remedy', step.remedy);
  const line = (text: string) => terminal.print(`   ${text}`);
  terminal.print();
  terminal.print(terminal.style('bold', `${index + 1}. ${say(key)}`));
  line(say(`${key}_what`));
  line(`${say(messageKey('reason', step.reason))} ${sentenceOf(plan, step.finding)}`.trim());
  line(say(step.documented ? 'ui_documented' : 'ui_not_documented'));
  line(say('cli_step_facts', say(messageKey('risk', step.risk)), step.seconds));
  line(say(`${key}_undo`));
  for (const id of step.warnings) line(terminal.style('yellow', `! ${sentenceOf(plan, id)}`));
  if (isGuide(step.remedy)) guideWords(step.remedy).forEach((words, at) => void line(`${at + 1}) ${words}`));
  for (const { kind, label, detail, ticked } of step.items) {
    const about = kind === 'open-app' ? `${say('item_open_app')}: ` : '';
    line(`${ticked ? '-' : '○'} ${about}${label}${detail ? ` (${detail})` : ''}`);
  }
}
