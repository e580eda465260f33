/** Where the CLI's output goes: results to standard output, progress and questions to standard error. */
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  /** One JSON document and nothing else on standard output. */
  readonly json: boolean;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** A line of the result; silent with --json. */
  print(line?: string): void;
  /** The result itself as JSON; silent without --json. */
  document(value: unknown): void;
  /** A line of progress, on standard error. */
  progress(line: string): void;
  style(style: Style, text: string): string;
  /** Asks for a line; empty at the end of input, or when cancelled. */
  ask(question: string, signal?: AbortSignal): Promise<string>;
  /** Asks for yes or no; anything but a clear yes is a no, and so is the end of input. */
  confirm(question: string, signal?: AbortSignal): Promise<boolean>;
}

const ESCAPE = '\u001B';

/** Names of entries, files and accounts may be anybody's: of what moves a cursor only colours and line ends pass. */
export function harmless(text: string): string {
  return text.replace(/\p{Cc}(\[\d{1,3}(?:;\d{1,3})*m)?/gu, (found, colour = '') =>
    found === '\n' || (found.startsWith(ESCAPE) && colour !== '') ? found : `\uFFFD${colour}`,
  );
}

/** The terminal of this process. */
export function processTerminal(json: boolean): Terminal {
  const { stdin, stdout, stderr } = process;
  const interactive = stdin.isTTY === true && stderr.isTTY === true;
  const ask = async (question: string, signal?: AbortSignal): Promise<string> => {
    const asked = createInterface({ input: stdin, output: stderr });
    try {
      const { promise: closed, resolve } = Promise.withResolvers<string>();
      asked.once('close', () => resolve(''));
      const answer = asked.question(`${harmless(question)} `, signal ? { signal } : {});
      return (await Promise.race([answer, closed])).trim();
    } catch {
      return '';
    } finally {
      asked.close();
    }
  };
  // Whoever reads may have had enough, as `head` has; then there is nobody left to tell.
  stdout.on('error', () => undefined);
  const line = (text: string) => `${harmless(text)}\n`;
  return {
    json,
    interactive,
    print: (text = '') => void (json || stdout.write(line(text))),
    document: (value) => void (json && stdout.write(`${JSON.stringify(value, null, 2)}\n`)),
    progress: (text) => void stderr.write(line(text)),
    style: (style, text) => styleText(style, text, { stream: stdout }),
    ask,
    confirm: async (question, signal) => /^y(es)?$/i.test(await ask(`${question} [y/N]`, signal)),
  };
}
