/** The command line: parses, opens the machine, runs one command, turns errors into words and an exit code. */
import { toProblem } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import { openMachine } from '../machine/open.ts';
import { applyCataloguePolicy } from '../policy/catalogue.ts';
import { VERSION } from '../version.ts';
import { EXIT, type ExitCode, exitCodeOf, UsageError } from './exit.ts';
import { systemLanguage } from './language.ts';
import { type Command, type Options, parseOptions } from './options.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { problemWords, say, speak } from './words.ts';

export interface CommandContext {
  terminal: Terminal;
  options: Options;
  /** Opened on first use: `explain` needs no PC. */
  machine: () => Promise<Machine>;
  signal: AbortSignal;
}

type Run = (context: CommandContext) => Promise<ExitCode>;

const load: Record<Command, () => Promise<Run>> = {
  explain: async () => (await import('./explain.ts')).explain,
  check: async () => (await import('./check.ts')).check,
  plan: async () => (await import('./plan.ts')).plan,
  fix: async () => (await import('./fix.ts')).fix,
  undo: async () => (await import('./undo.ts')).undo,
  history: async () => (await import('./history.ts')).history,
  report: async () => (await import('./report.ts')).report,
  status: async () => (await import('./status.ts')).status,
  install: async () => (await import('./install.ts')).install,
  uninstall: async () => (await import('./uninstall.ts')).uninstall,
  list: async () => (await import('./list.ts')).list,
  open: async () => (await import('./open.ts')).open,
};

/** Runs one command; gives its exit code and never throws. */
export async function runCli(args: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal(args.includes('--json'));
  // JSON is for programs: its few words stay the same everywhere.
  if (!args.includes('--json')) await speak(await systemLanguage());
  const cancel = new AbortController();
  const interrupt = () => {
    // The first Ctrl+C ends after the operation that is going on, the second at once.
    if (cancel.signal.aborted) process.exit(EXIT.cancelled);
    terminal.progress(say('cli_cancelling'));
    cancel.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    return await dispatch(parseOptions(args), terminal, cancel.signal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.progress(`${error.message}\n${say('cli_see_help')}`);
      terminal.document({ usage: error.message });
    } else {
      const problem = toProblem(error);
      terminal.progress(problemWords(problem));
      terminal.document({ problem });
    }
    return exitCodeOf(error);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

async function dispatch(options: Options, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  if (options.command === 'version') {
    terminal.print(VERSION);
    terminal.document({ version: VERSION });
    return EXIT.fine;
  }
  if (options.command === 'help') {
    terminal.print(say('cli_help'));
    terminal.document({ help: say('cli_help') });
    return EXIT.fine;
  }
  const command = await load[options.command]();
  return command({ terminal, options, machine: opener(options, terminal), signal });
}

/** Opens the machine once, and says on every use of a simulated one that it is simulated. */
function opener({ machine: choice }: Options, terminal: Terminal): () => Promise<Machine> {
  let opened: Promise<Machine> | undefined;
  return () => {
    opened ??= openMachine(choice).then(async (machine) => {
      if (machine.kind === 'simulated') terminal.progress(say('cli_simulated'));
      const refused = await applyCataloguePolicy(machine);
      for (const { index, reason } of refused)
        terminal.progress(say('cli_policy_refused', index ?? '-', reason));
      return machine;
    });
    return opened;
  };
}
