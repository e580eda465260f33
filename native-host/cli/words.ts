/** The CLI's words: the same messages as the extension's, in the language that the system speaks. */
import en from '../../common/_locales/en/messages.json' with { type: 'json' };
import type { Problem } from '../../common/problem.ts';
import { fill, type MessageKey, messageKey, type Say } from '../../common/text.ts';

type Messages = Record<MessageKey, { message: string }>;
interface Loaded {
  default: Messages;
}

/** A bundler finds them only where each is named. */
const others = {
  ar: () => import('../../common/_locales/ar/messages.json', { with: { type: 'json' } }),
  de: () => import('../../common/_locales/de/messages.json', { with: { type: 'json' } }),
  es: () => import('../../common/_locales/es/messages.json', { with: { type: 'json' } }),
  fr: () => import('../../common/_locales/fr/messages.json', { with: { type: 'json' } }),
  ja: () => import('../../common/_locales/ja/messages.json', { with: { type: 'json' } }),
  pt: () => import('../../common/_locales/pt_BR/messages.json', { with: { type: 'json' } }),
  'zh-Hans': () => import('../../common/_locales/zh_CN/messages.json', { with: { type: 'json' } }),
} satisfies Record<string, () => Promise<Loaded>>;

let messages: Messages = en;

/** From now on `say` speaks this language, a BCP 47 tag; English where it is not among ours, or is no tag. */
export async function speak(tag: string): Promise<void> {
  messages = (await otherFor(tag)?.())?.default ?? en;
}

function otherFor(tag: string): (() => Promise<Loaded>) | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    const names: string[] = [language, `${language}-${script}`];
    return Object.entries(others).find(([name]) => names.includes(name))?.[1];
  } catch {
    return undefined;
  }
}

export const say: Say = (key, ...values) =>
  fill(messages[key].message, values, messages.language_tag.message);

/** A problem in words: what happened, what to do, and the technical detail behind it. */
export function problemWords({ kind, detail }: Problem): string {
  const words = `${say(messageKey('problem', kind))} ${say(`${messageKey('problem', kind)}_todo`)}`;
  return detail ? `${words} (${detail})` : words;
}
