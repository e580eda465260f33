/** `list`: the commands for other launchers, with how things stand. It changes nothing. */
import type { CommandList, CommandState } from '../../common/command-list.ts';
import { type CommandWords, commandWords, type LinkCommand, linkCommands } from '../../common/commands.ts';
import { linkTo } from '../../common/link.ts';
import { type Problem, toProblem } from '../../common/problem.ts';
import type { Run } from '../../common/run.ts';
import { type MessageKey, messageKey } from '../../common/text.ts';
import { VERSION } from '../version.ts';
import { defaultBrowser } from './default-browser.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { systemLanguage } from './language.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { problemWords, say, speak } from './words.ts';

type Listed = CommandList['commands'][number];

/** What the list goes by; a problem where this PC cannot be looked at. */
type Known = { problem: Problem } | { browser: boolean; run: Run | null; undoable: number };

/** Exits with 0 also where this PC cannot be looked at: then the states say so. */
export async function list(context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  // Here the document too is for people: a launcher shows its words as they are.
  await speak(await systemLanguage());
  const commands = commandsOf(await know(context));
  terminal.document({ version: VERSION, language: say('language_tag'), commands } satisfies CommandList);
  for (const { title, subtitle, run, state } of commands) {
    terminal.print(`${terminal.style('bold', title)}  ${subtitle}`);
    terminal.print(`  signin-rescue ${run.join(' ')}`);
    if ('why' in state) terminal.print(`  ${state.why}`);
  }
  return EXIT.fine;
}

async function know(context: CommandContext): Promise<Known> {
  try {
    const { host } = await ownRunHost(context);
    const browser = (await defaultBrowser(host.machine)) !== undefined;
    const run = await host.past.current();
    const undoable = (await host.past.history()).runs.filter(({ canUndo }) => canUndo).length;
    return { browser, run, undoable };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

const subtitles: Record<LinkCommand, MessageKey> = {
  fix: 'ui_fix_preview',
  check: 'ui_check_looking_next',
  history: 'ui_history_why',
  report: 'ui_report_why',
  settings: 'cli_list_settings',
};

const undoWords: CommandWords = { title: 'ui_undo', keywords: 'cli_list_undo_keywords' };

function commandsOf(known: Known): Listed[] {
  const always = linkCommands.map((command) =>
    entry(command, command, commandWords[command], say(subtitles[command]), known),
  );
  if ('problem' in known || known.undoable === 0) return always;
  const undo = entry('undo', 'history', undoWords, say('cli_list_undo'), known);
  const at = always.findIndex(({ id }) => id === 'history');
  return always.toSpliced(at, 0, undo);
}

function entry(
  id: Listed['id'],
  leadsTo: LinkCommand,
  { title, keywords }: CommandWords,
  subtitle: string,
  known: Known,
): Listed {
  return {
    ...{ id, title: say(title), subtitle },
    keywords: say(keywords).split(/\s+/).filter(Boolean),
    run: ['open', linkTo({ command: leadsTo })],
    state: stateOf(id, known),
  };
}

function stateOf(id: Listed['id'], known: Known): CommandState {
  if ('problem' in known) {
    const { problem } = known;
    return { is: 'unknown', why: problemWords(problem), problem };
  }
  const { browser, run, undoable } = known;
  if (!browser) return { is: 'not-here', why: say('cli_no_browser') };
  if (id === 'fix' && run) return { is: 'useful', why: say(messageKey('run', run.status)) };
  if (id === 'undo') return { is: 'useful', why: say('cli_undoable', undoable) };
  return { is: 'ready' };
}
