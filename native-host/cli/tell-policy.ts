/** What the command line says of policy: values that cannot be used, and whom to ask where policy does not let it repair. */
import type { Plan } from '../../common/plan.ts';
import { contactOf, type Policy } from '../../common/policy.ts';
import type { ProblemKind } from '../../common/problem.ts';
import type { Run } from '../../common/run.ts';
import type { Machine } from '../machine/machine.ts';
import { readPolicy } from '../policy/settings.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

/** Reads the policy, and names on standard error what is left out of it. */
export async function tellPolicy(machine: Machine, terminal: Terminal): Promise<Policy> {
  const { policy, refused } = await readPolicy(machine);
  for (const { value, reason } of refused) terminal.progress(say('cli_policy_value_refused', value, reason));
  return policy;
}

/** Whether policy keeps something out of a plan. */
export function isHeldBack({ leftOut }: Plan): boolean {
  return leftOut.some(({ because }) => because === 'forbidden' || because === 'needs-approval');
}

const refusals: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['turned-off', 'needs-approval']);

/** Whether policy kept a step of a run from being done. */
export function wasHeldBack({ steps }: Run): boolean {
  return steps.some(({ problem }) => problem && refusals.has(problem.kind));
}

/** How the help desk is reached, where policy says it. */
export function printContact(policy: Policy, print: (line: string) => void): void {
  const contact = contactOf(policy);
  if (contact) print(say('ui_help_desk', contact));
}
