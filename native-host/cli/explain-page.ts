/** `explain --page FILE --url URL`: what a saved page says, judged exactly as the extension judges it. */
import { failureOf } from '../../common/pages/verdict.ts';
import { judgePage } from '../pages/judge-page.ts';
import { readPage } from '../pages/read-page.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import { meaningDocument, printMeaning } from './explain.ts';
import type { CommandContext } from './main.ts';
import { say } from './words.ts';

export async function explainPage(
  { terminal, options }: CommandContext,
  { file, url }: { file: string; url: string },
): Promise<ExitCode> {
  if (options.rest.length > 0) throw new UsageError('explain takes either a text or --page, not both');
  const html = await readPage(file).catch((error: unknown) => {
    throw new UsageError(`cannot read the page: ${error instanceof Error ? error.message : error}`);
  });
  const signal = judgePage(html, url);
  const failure = signal && failureOf(signal);
  if (!signal || !failure) {
    terminal.document({ failure: null, others: [] });
    terminal.print(say('cli_nothing_recognised'));
    return EXIT.fine;
  }
  const { page, code, correlationId, requestId, time } = signal;
  const known = meaningDocument(failure);
  const details = { ...known.details, page, correlationId, requestId, time };
  // A page that fails without a code is told under its page's name, but that is no code.
  terminal.document({ failure: { ...known, code: code && known.code, details }, others: [] });
  printMeaning(failure, terminal);
  for (const [name, value] of Object.entries({ page, correlationId, requestId, time })) {
    if (value !== null) terminal.print(`  ${name}: ${value}`);
  }
  return EXIT.fine;
}
