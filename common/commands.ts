/** The commands that can be asked for from outside of our window, and their words. */
import type { MessageKey } from './text.ts';

/** What our window can be opened at. */
export const windowCommands = ['check', 'history', 'report', 'settings'] as const;
export type WindowCommand = (typeof windowCommands)[number];

/** What a link can ask for by name; `fix` opens our window as it is. */
export const linkCommands = ['fix', ...windowCommands] as const;
export type LinkCommand = (typeof linkCommands)[number];

export interface CommandWords {
  title: MessageKey;
  /** With spaces between. */
  keywords: MessageKey;
}

/** As the launcher has them. */
export const commandWords: Readonly<Record<LinkCommand, CommandWords>> = {
  fix: { title: 'ui_fix', keywords: 'keywords_fix' },
  check: { title: 'ui_check', keywords: 'keywords_check' },
  history: { title: 'ui_history', keywords: 'keywords_history' },
  report: { title: 'ui_report', keywords: 'keywords_report' },
  settings: { title: 'ui_options', keywords: 'keywords_options' },
};
