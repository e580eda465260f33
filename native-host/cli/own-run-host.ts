/** A run host for the command line: shows progress on standard error and lets browsers follow. */
import type { Run, Verification } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import type { Machine } from '../machine/machine.ts';
import { Audience } from '../messaging/audience.ts';
import { RunHost } from '../runs/run-host.ts';
import type { CommandContext } from './main.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

/**
 * Verification comes from the machine where it can tell (a simulated one), else from the person; with neither the
 * outcome is `unknown` and the run stops there.
 */
export async function ownRunHost({ machine: open, terminal, signal }: CommandContext): Promise<{
  host: RunHost;
  /** The run's last view. */
  last: () => Run | undefined;
}> {
  const machine = await open();
  const audience = new Audience();
  const progress = progressPrinter(terminal);
  let last: Run | undefined;
  const host: RunHost = new RunHost(machine, {
    changed: (run) => {
      last = run;
      progress(run);
      audience.tell(run);
    },
    verify: () => verify(machine, terminal, signal),
    clearSession: (run) => audience.clearSession(run),
    visitor: (socket) => audience.admit(host, socket, () => undefined),
    // The command ends with its run; who followed it has been told by then.
    idle: () => setImmediate(() => audience.dismiss()),
  });
  return { host, last: () => last };
}

async function verify(machine: Machine, terminal: Terminal, signal: AbortSignal): Promise<Verification> {
  const known = await machine.signInWorks();
  if (known !== 'unknown') return known.works ? { outcome: 'works' } : { outcome: 'fails', code: known.code };
  if (!terminal.interactive || terminal.json) return { outcome: 'unknown' };
  return (await terminal.confirm(say('cli_did_it_work'), signal))
    ? { outcome: 'works' }
    : { outcome: 'fails' };
}

/** Prints each activity once, and each step's end. */
function progressPrinter(terminal: Terminal): (run: Run) => void {
  const printed = new Set<string>();
  return (run) => {
    for (const [index, step] of run.steps.entries()) {
      const { activity, verification, problem } = step;
      const lines = [
        activity && say(messageKey('activity', activity.id), activity.subject ?? ''),
        problem && say(messageKey('problem', problem.kind)),
        verification && say(messageKey('verification', verification.outcome)),
      ];
      for (const line of lines) {
        if (!line || printed.has(`${index} ${line}`)) continue;
        printed.add(`${index} ${line}`);
        terminal.progress(`  ${say(messageKey('remedy', step.remedy))}: ${line.trim()}`);
      }
    }
  };
}
