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

/** Fills a message's `$1`…`$9` and turns `$$` into `$`, as browsers do. */
export function fill(message: string, values: readonly (string | number)[]): string {
  return message.replace(/\$(?:([1-9])|\$)/g, (whole, digit: string | undefined) =>
    digit === undefined ? '$' : String(values[Number(digit) - 1] ?? whole),
  );
}
