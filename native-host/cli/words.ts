/** The CLI's words: the same messages as the extension's. English until the CLI learns the system's language. */
import en from '../../common/_locales/en/messages.json' with { type: 'json' };
import type { Problem } from '../../common/problem.ts';
import { fill, messageKey, type Say } from '../../common/text.ts';

export const say: Say = (key, ...values) => fill(en[key].message, values);

/** A problem in words: what happened, what to do, and the technical detail behind it. */
export function problemWords({ kind, detail }: Problem): string {
  const words = `${say(messageKey('problem', kind))} ${say(`${messageKey('problem', kind)}_todo`)}`;
  return detail ? `${words} (${detail})` : words;
}
