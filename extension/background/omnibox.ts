/**
 * The address bar after the keyword `fix`: says at once what a code or an error text means and who can fix it, and
 * finds our commands by name. Enter does what the first line says: it opens our window, and runs nothing.
 */
import browser, { type Omnibox } from 'webextension-polyfill';
import { commandWords, type WindowCommand, windowCommands } from '../../common/commands.ts';
import { explain as explainText } from '../../common/failures/index.ts';
import { messageKey } from '../../common/text.ts';
import { isFirefox } from '../firefox.ts';
import { say } from '../text.ts';
import { explain, LONGEST } from './explain.ts';
import { meaningOf } from './meanings.ts';
import { openWindowAnywhere } from './open-window.ts';

/** Of several codes in a text so many are shown; the address bar has room for no more. */
const MOST_CODES = 4;

/** Registers the listeners; call it once, at the start. */
export function listenToOmnibox(): void {
  const { omnibox } = browser;
  omnibox.onInputStarted.addListener(() => describe(''));
  omnibox.onInputChanged.addListener((text, suggest) => {
    describe(text);
    suggest(suggestions(text));
  });
  omnibox.onInputEntered.addListener((text) => enter(text));
}

/** What a text is about: codes, the most telling first; without any, the commands that it names. */
function read(typed: string) {
  const text = typed.trim().slice(0, LONGEST);
  const { failure, others } = explainText(text);
  const codes = [failure, ...others].flatMap((each) => each?.code ?? []).slice(0, MOST_CODES);
  return {
    text,
    codes,
    named: codes.length > 0 ? [] : windowCommands.filter((command) => isNamed(command, text)),
  };
}

/** Each word that was typed begins one of the command's own; all are named as long as there is none. */
function isNamed(command: WindowCommand, text: string): boolean {
  const { title, keywords } = commandWords[command];
  const own = wordsIn(`${say(title)} ${say(keywords)}`);
  return wordsIn(text).every((typed) => own.some((word) => word.startsWith(typed)));
}

const wordsIn = (text: string) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);

/** The first line, which Enter stands for. */
function describe(typed: string): void {
  const { text, codes, named } = read(typed);
  const [code] = codes;
  const [command] = named;
  let description = marked(say(text === '' ? 'omnibox_hint' : 'omnibox_unknown'));
  if (code) description = about(code);
  else if (command && text !== '') description = marked(nameOf(command));
  browser.omnibox.setDefaultSuggestion({ description });
}

/** The lines below it. */
function suggestions(typed: string): Omnibox.SuggestResult[] {
  const { text, codes, named } = read(typed);
  return [
    ...codes.slice(1).map((code) => ({ content: code, description: about(code) })),
    ...named.slice(text === '' ? 0 : 1).map((command) => ({
      content: nameOf(command),
      description: marked(nameOf(command)),
    })),
  ];
}

function enter(typed: string): void {
  const { text, codes, named } = read(typed);
  const [command] = text === '' || codes.length > 0 ? [] : named;
  if (command === 'settings') return void browser.runtime.openOptionsPage();
  void openWindowAnywhere(command);
  if (!command) void explain(text);
}

const nameOf = (command: WindowCommand) => say(commandWords[command].title);

/** What a code means, and who can fix it; first what must not be cut off where the line is long. */
function about(code: string): string {
  const { title, category } = meaningOf(code);
  return marked(title, code, say('omnibox_who', say(messageKey('category', category))));
}

/** A line of the address bar: Chromium wants XML and shows its marks, Firefox shows all as it is. */
function marked(text: string, match = '', dim = ''): string {
  const parts = isFirefox()
    ? [match, dim, text]
    : [match && `<match>${xml(match)}</match>`, dim && `<dim>${xml(dim)}</dim>`, xml(text)];
  return parts.filter(Boolean).join(' · ');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}
