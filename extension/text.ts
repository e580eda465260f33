/** The browser's own message store as `Say`, and the language that it speaks. */
import browser from 'webextension-polyfill';
import type { Say } from '../common/text.ts';

/** Words in the browser's language; falls back to English as the browser does. */
export const say: Say = (key, ...values) => browser.i18n.getMessage(key, values.map(String));

/** The language and writing direction of what `say` gives. */
export function language(): { lang: string; dir: 'ltr' | 'rtl' } {
  const lang = browser.i18n.getMessage('@@ui_locale').replaceAll('_', '-') || 'en';
  return { lang, dir: browser.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr' };
}
