/** `check`: looks at this PC and its connection and says what it found; changes nothing. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CheckResult } from '../../common/check.ts';
import { type Finding, findingWords } from '../../common/findings.ts';
import { ProblemError } from '../../common/problem.ts';
import { messageKey } from '../../common/text.ts';
import { ENDPOINT_SERVICE, refreshEndpoints } from '../checks/endpoints/endpoint-refresh.ts';
import { runChecks } from '../checks/index.ts';
import { defaultCloud } from '../policy/settings.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

const marks = {
  ok: ['green', '✓'],
  warning: ['yellow', '!'],
  fault: ['red', '✗'],
  unknown: ['gray', '?'],
} as const;

export async function check(context: CommandContext): Promise<ExitCode> {
  const { terminal, options, signal } = context;
  const ca = options.ca === undefined ? undefined : await authorities(options.ca);
  const machine = await context.machine();
  if (options.refresh) await refresh(context);
  const line = progressLine(process.stderr);
  const { checks: only, timeout, cloud, connectTo } = options;
  const looking = runChecks(machine, {
    ...{ only, timeout, cloud, connectTo, ca, signal },
    scope: options.quick ? 'quick' : 'all',
    found: (finding) => line.above(() => printFinding(finding, terminal)),
    waiting: (checks) => line.say(say('cli_still_looking', checks.join(', '))),
  });
  const result = await looking.finally(() => line.end());
  if (signal.aborted) throw new ProblemError('cancelled');
  terminal.document(result);
  terminal.print();
  printDiagnosis(result, terminal);
  terminal.print(`${summary(result.findings)} ${say('cli_took', (result.took / 1000).toFixed(1))}`);
  return count(result.findings, 'fault') === 0 ? EXIT.fine : EXIT.remains;
}

/** The certificates in this file. Fails with a UsageError when there is none. */
async function authorities(file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    new X509Certificate(text);
    return text;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--ca takes a file of certificates as PEM, got "${file}": ${reason}`);
  }
}

async function refresh({ machine: open, options, terminal, signal }: CommandContext): Promise<void> {
  const machine = await open();
  const { kind } = await machine.route(ENDPOINT_SERVICE);
  const ask = kind === 'direct' ? fetch : () => Promise.reject(new Error('simulated PC'));
  const cloud = options.cloud ?? (await defaultCloud(machine));
  const {
    state,
    version,
    reason = '',
  } = await refreshEndpoints(machine.stateFolder, ask, new Date(), {
    cloud,
    signal,
  });
  const date = version.replace(/^(....)(..)(..).*$/, '$1-$2-$3');
  terminal.progress(say(messageKey('cli_refresh', state), date, reason));
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

/** The most probable cause, who can fix it, what follows from it, and which codes it explains. */
function printDiagnosis({ findings, diagnosis }: CheckResult, terminal: Terminal): void {
  const { cause, because, who, codes } = diagnosis;
  const found = findings.find(({ id }) => id === cause);
  if (found) terminal.print(terminal.style('bold', say('cli_most_likely', findingWords(found, say))));
  else if (who !== null) terminal.print(terminal.style('bold', say('cli_cause_unknown')));
  if (who !== null) terminal.print(say(messageKey('who', who)));
  if (because.length > 0) terminal.print(say('cli_follows', because.length));
  if (codes.length > 0) terminal.print(say('cli_explains', codes.join(', ')));
}

function printFinding(finding: Finding, terminal: Terminal): void {
  const { level, evidence, took } = finding;
  const [colour, mark] = marks[level];
  const error = evidence.error === undefined ? '' : ` (${evidence.error})`;
  terminal.print(
    `${terminal.style(colour, mark)} ${`${took} ms`.padStart(8)}  ${findingWords(finding, say)}${error}`,
  );
}
