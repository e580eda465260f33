/** `check`: looks at the connection and says what it found; changes nothing. */
import type { Finding } from '../../common/contract.ts';
import { ProblemError } from '../../common/problem.ts';
import { messageKey } from '../../common/text.ts';
import { runChecks } from '../checks/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { CommandContext } from './main.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

const marks = {
  ok: ['green', '✓'],
  warning: ['yellow', '!'],
  fault: ['red', '✗'],
  unknown: ['gray', '?'],
} as const;

export async function check({ terminal, options, machine, signal }: CommandContext): Promise<ExitCode> {
  const result = await runChecks(await machine(), {
    signal,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    found: (finding) => terminal.json || printFinding(finding, terminal),
  });
  if (signal.aborted) throw new ProblemError('cancelled');
  const faults = result.findings.filter(({ level }) => level === 'fault').length;
  terminal.document(result);
  terminal.print();
  const summary =
    faults === 0 ? say('cli_check_fine') : say('cli_check_faults', faults, result.findings.length);
  terminal.print(`${summary} ${say('cli_took', (result.took / 1000).toFixed(1))}`);
  return faults === 0 ? EXIT.fine : EXIT.remains;
}

function printFinding({ level, subject, meaning, evidence, took }: Finding, terminal: Terminal): void {
  const [colour, mark] = marks[level];
  const words = say(messageKey('finding_endpoints', meaning), subject);
  const error = evidence.error === undefined ? '' : ` (${evidence.error})`;
  terminal.print(`${terminal.style(colour, mark)} ${`${took} ms`.padStart(8)}  ${words}${error}`);
}
