/** `check`: looks at this PC and its connection and says what it found; changes nothing. */
import { type Finding, findingWords } from '../../common/findings.ts';
import { ProblemError } from '../../common/problem.ts';
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
  terminal.document(result);
  terminal.print();
  terminal.print(`${summary(result.findings)} ${say('cli_took', (result.took / 1000).toFixed(1))}`);
  return count(result.findings, 'fault') === 0 ? EXIT.fine : EXIT.remains;
}

const count = (findings: readonly Finding[], level: Finding['level']) =>
  findings.filter((finding) => finding.level === level).length;

/** Warnings are worth knowing and no failure: something stands in the way only where there is a fault. */
function summary(findings: readonly Finding[]): string {
  const faults = count(findings, 'fault');
  const warnings = count(findings, 'warning');
  const first = faults === 0 ? say('cli_check_fine') : say('cli_check_faults', faults, findings.length);
  return warnings === 0 ? first : `${first} ${say('cli_check_warnings', warnings)}`;
}

function printFinding(finding: Finding, terminal: Terminal): void {
  const { level, evidence, took } = finding;
  const [colour, mark] = marks[level];
  const error = evidence.error === undefined ? '' : ` (${evidence.error})`;
  terminal.print(
    `${terminal.style(colour, mark)} ${`${took} ms`.padStart(8)}  ${findingWords(finding, say)}${error}`,
  );
}
