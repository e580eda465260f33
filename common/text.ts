/**
 * Words for people: one set of messages (common/_locales, in the browsers' format) serves popup, banner and
 * CLI, so that the same thing is said the same way everywhere. Ids become keys by `messageKey`.
 */
import type en from './_locales/en/messages.json';

export type MessageKey = keyof typeof en;

/** Looks a message up and fills `$1`, `$2`, … in. */
export type Say = (key: MessageKey, ...values: (string | number)[]) => string;

type Underscored<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : S;

/** `messageKey('remedy', 'reset-onedrive')` is `remedy_reset_onedrive`: message keys allow no hyphen. */
export function messageKey<P extends string, I extends string>(prefix: P, id: I): `${P}_${Underscored<I>}` {
  return `${prefix}_${id.replaceAll('-', '_')}` as `${P}_${Underscored<I>}`;
}

/** `{$2, plural, one {# file} other {# files}}`: which value counts, and the branches. */
const PLURAL = /\{\$([1-9]), plural,((?: \w+ \{[^{}]*\})+)\}/g;
const BRANCH = / (\w+) \{([^{}]*)\}/g;

/**
 * A message with its values: first the branch of each plural that the language (a BCP 47 tag) takes for the number,
 * as ICU's MessageFormat writes them (https://unicode-org.github.io/icu/userguide/format_parse/messages/), then
 * `$1`…`$9`. A plural's value that is no number takes the branch `other` and stands as it is.
 */
export function fill(message: string, values: readonly (string | number)[], language: string): string {
  const valueAt = (digit: string) => values[Number(digit) - 1];
  return message
    .replace(PLURAL, (_, digit: string, branches: string) => {
      const value = valueAt(digit);
      const number = Number(value === '' ? Number.NaN : value);
      // In digits that stand in every other text here, too.
      const count = Number.isFinite(number)
        ? new Intl.NumberFormat(`${language}-u-nu-latn`).format(number)
        : `$${digit}`;
      return branchFor(number, branches, language).replaceAll('#', () => count);
    })
    .replace(/\$([1-9])/g, (whole, digit: string) => String(valueAt(digit) ?? whole));
}

function branchFor(number: number, branches: string, language: string): string {
  const texts = new Map([...branches.matchAll(BRANCH)].map(([, name = '', text = '']) => [name, text]));
  const category = Number.isFinite(number) ? new Intl.PluralRules(language).select(number) : 'other';
  return texts.get(category) ?? texts.get('other') ?? '';
}
