/** The browser's own message store as `Say`, and the language that it speaks. */
import browser from 'webextension-polyfill';
import { fill, type MessageKey, type Say } from '../common/text.ts';

/** The browser puts these in for themselves: it knows no plurals, so that the values have to come after. */
const holes = Array.from({ length: 9 }, (_, index) => `$${index + 1}`);

const message = (key: MessageKey) => browser.i18n.getMessage(key, holes);

/** Words in the browser's language; falls back to English as the browser does. */
export const say: Say = (key, ...values) => fill(message(key), values, message('language_tag'));

/** The language and writing direction of what `say` gives: English where the browser's own is not among ours. */
export function language(): { lang: string; dir: 'ltr' | 'rtl' } {
  return { lang: message('language_tag'), dir: message('language_direction') === 'rtl' ? 'rtl' : 'ltr' };
}
