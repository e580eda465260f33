/** `explain`: what a code, a pasted text or a URL means, as the extension would say it. */
import {
  describeFailure,
  explain as explainText,
  type FailureMeaning,
  meaningWords,
} from '../../common/failures/index.ts';
import { messageKey } from '../../common/text.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { say } from './words.ts';

/** A meaning as the JSON document shows it. */
export function meaningDocument(meaning: FailureMeaning) {
  const { code, category, remedies, documented, source } = meaning;
  const { title, todo } = meaningWords(meaning, say);
  return {
    code,
    category,
    title,
    explanation: todo,
    whoCanFix: say(messageKey('who', category)),
    remedies,
    documented: remedies.length > 0 && remedies.every((id) => documented.includes(id)),
    source,
    details: { documentedRemedies: documented },
  };
}

export async function explain(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  // The organisation's own entries are part of the answer, where there is a PC that can have some; but it needs none.
  if (options.machine !== undefined || process.platform === 'win32')
    await context.machine().catch(() => undefined);
  if (options.page) return (await import('./explain-page.ts')).explainPage(context, options.page);
  const text = options.rest.join(' ').trim();
  if (!text) throw new UsageError('explain needs a code, a text or a URL');
  const { failure, others } = explainText(text);
  terminal.document({
    failure: failure && meaningDocument(failure),
    others: others.map(meaningDocument),
  });
  if (!failure) terminal.print(say('cli_nothing_recognised'));
  for (const meaning of failure ? [failure, ...others] : []) printMeaning(meaning, terminal);
  return EXIT.fine;
}

export function printMeaning(meaning: FailureMeaning, terminal: CommandContext['terminal']): void {
  const { title, todo } = meaningWords(meaning, say);
  terminal.print(`${terminal.style('bold', meaning.code)}  ${title}`);
  terminal.print(`  ${todo}`);
  terminal.print(`  ${say(messageKey('who', meaning.category))}`);
  for (const remedy of meaning.remedies) {
    const known = meaning.documented.includes(remedy) ? 'ui_documented' : 'ui_not_documented';
    terminal.print(`  → ${say(messageKey('remedy', remedy))} (${say(known)})`);
  }
  if (meaning.source) terminal.print(`  ${meaning.source}`);
}

/** The failure that a person names on the command line; fails with a UsageError when there is no code in it. */
export function namedFailure(text: string) {
  const { failure } = explainText(text);
  if (!failure) throw new UsageError(`no error code in "${text.slice(0, 100)}"`);
  const { code, category } = describeFailure(failure.code);
  return { code, category, time: new Date().toISOString() };
}
