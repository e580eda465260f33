/** `report`: what IT needs, as text, JSON or a file that a browser shows. Names are shortened unless asked otherwise. */
import { stat, writeFile } from 'node:fs/promises';
import { arch, release, type as system } from 'node:os';
import { PROTOCOL } from '../../common/contract.ts';
import { describeFailure, meaningWords } from '../../common/failures/index.ts';
import type { History } from '../../common/history.ts';
import type { Look } from '../../common/look.ts';
import { idsOf } from '../../common/pages/codes.ts';
import type { Failure } from '../../common/plan.ts';
import type { RemedyRule } from '../../common/policy.ts';
import { ProblemError } from '../../common/problem.ts';
import { asHtml } from '../../common/report/as-html.ts';
import { asText } from '../../common/report/as-text.ts';
import { makeReport } from '../../common/report/make.ts';
import type { Report } from '../../common/report/report.ts';
import { runChecks } from '../checks/index.ts';
import { VERSION } from '../version.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { namedFailure } from './explain.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { progressLine } from './progress-line.ts';
import { printContact, tellPolicy } from './tell-policy.ts';
import { say } from './words.ts';

/** A report that was made is a success, whatever stands in it. */
export async function report(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  const told = options.rest.join(' ').trim();
  const named = told === '' ? undefined : failureIn(told);
  await refuseToReplace(options);
  const { host } = await ownRunHost(context);
  const past = await host.past.history();
  const failure = named ? sameAs(named, past) : past.incidents[0]?.failure;
  const check = options.look ? await look(context) : null;
  const policy = await tellPolicy(host.machine, terminal);
  const simulated = host.machine.kind === 'simulated';
  const made = madeOf({ failure, past, check, rules: policy.remedies, simulated }, options.full);
  if (options.html !== undefined) await write(options.html, made, options.yes);
  else terminal.print(asText(made, say).trimEnd());
  terminal.document(made);
  if (options.html !== undefined) terminal.progress(say('cli_report_written', options.html));
  printContact(policy, terminal.progress);
  return EXIT.fine;
}

/** What a text tells of a failure: its code, and the ids and the time that Microsoft's pages write beside it. */
function failureIn(text: string): Failure {
  const { correlationId, requestId, time } = idsOf(null, text);
  return {
    ...namedFailure(text),
    ...(correlationId && { correlationId }),
    ...(requestId && { requestId }),
    ...(time && { time }),
  };
}

/** As the history has it, where only a code was told: that one knows when and where it was, and its ids. */
function sameAs(named: Failure, { incidents }: History): Failure {
  if (named.correlationId !== undefined || named.requestId !== undefined) return named;
  return incidents.find(({ failure }) => failure.code === named.code)?.failure ?? named;
}

/** What shows within seconds whether sign-in will work. Fails with `cancelled`. */
async function look(context: CommandContext): Promise<Look> {
  const { options, signal } = context;
  const { timeout, cloud, connectTo } = options;
  const line = progressLine(process.stderr);
  const startedAt = new Date().toISOString();
  const looking = runChecks(await context.machine(), {
    ...{ timeout, cloud, connectTo, signal, scope: 'quick' },
    waiting: (checks) => line.say(say('cli_still_looking', checks.join(', '))),
  });
  const result = await looking.finally(() => line.end());
  if (signal.aborted) throw new ProblemError('cancelled');
  return { ...result, scope: 'quick', state: 'done', startedAt };
}

interface Known {
  failure: Failure | undefined;
  past: History;
  check: Look | null;
  rules: readonly RemedyRule[];
  simulated: boolean;
}

function madeOf({ failure, past, check, rules, simulated }: Known, full: boolean): Report {
  const isAbout = ({ code }: { code: string }) => code === failure?.code;
  return makeReport(
    {
      ...{ check, rules, simulated, madeAt: new Date().toISOString() },
      failures: failure ? [failure] : [],
      runs: past.runs.filter((run) => isAbout(run.failure)),
      recurrences: past.recurrences.filter(isAbout),
      versions: {
        ...{ extension: null, helper: VERSION, protocol: PROTOCOL, browser: null },
        platform: `${system()} ${release()} ${arch()}`,
      },
    },
    { say, meaning: wordsOf },
    { full },
  );
}

function wordsOf(code: string) {
  const meaning = describeFailure(code);
  return { ...meaningWords(meaning, say), source: meaning.source };
}

/** Before anything is looked at: nobody waits for a report that then cannot be written. */
async function refuseToReplace({ html, yes }: CommandContext['options']): Promise<void> {
  if (html === undefined || yes) return;
  const there = await stat(html).catch(() => undefined);
  if (there) throw new UsageError(say('cli_report_exists', html));
}

async function write(file: string, made: Report, replace: boolean): Promise<void> {
  const page = asHtml(made, { say, lang: 'en', dir: 'ltr' });
  try {
    await writeFile(file, page, { flag: replace ? 'w' : 'wx' });
  } catch (error) {
    throw new UsageError(`--html takes a file to write: ${error instanceof Error ? error.message : error}`);
  }
}
