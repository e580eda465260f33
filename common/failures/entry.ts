/** One line of the catalogue: the codes that mean the same, who can fix it, and what helps. */
import type { IdentityPart, RemedyId } from '../remedies.ts';
import type { MessageKey } from '../text.ts';
import type { Category } from './category.ts';

type Worded = MessageKey extends infer K ? (K extends `failure_${infer T}_todo` ? T : never) : never;
type Hyphened<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}-${Hyphened<Tail>}` : S;

/** What a code means, as the last part of `failure_<text>` and `failure_<text>_todo`. */
export type FailureText = Hyphened<Worded>;

/** What happened, and what to do: ready to be read, in the language of whoever wrote it. */
export interface Words {
  readonly title: string;
  readonly todo: string;
}

/** What several codes have in common. */
export interface Sense {
  readonly category: Category;
  readonly text: FailureText;
  /** Sentences of the organisation, in place of `text`. */
  readonly words?: Words;
  /** What may honestly help; the plan puts them in order by what it finds. */
  readonly remedies?: readonly RemedyId[];
  /** For `clear-identity-cache`: what of the remembered accounts this code points to. */
  readonly identity?: readonly IdentityPart[];
  /** Those of them that Microsoft documents for these very codes. */
  readonly documented?: readonly RemedyId[];
  /** Where it is written, if not in the family's own list. */
  readonly source?: string;
  /** Says little by itself: another code seen with it tells more. */
  readonly vague?: true;
}

export interface Entry extends Sense {
  /** Without the family's prefix, separated by spaces. */
  readonly codes: string;
}
