/**
 * Entries that an organisation adds or puts in place of ours, without a new release. They come from its policy as
 * JSON and carry sentences of their own. Each stands or falls alone: a bad one is refused with a reason.
 */
import * as v from 'valibot';
import { remedyIds } from '../remedies.ts';
import { beyondThisPc, categories } from './category.ts';
import { builtInSense } from './describe.ts';
import type { Sense } from './entry.ts';
import { canonicalCode } from './parse.ts';

const MAX_ENTRIES = 2000;

/** A sentence or two: neither mark-up, nor line breaks, nor characters that turn the reading direction. */
const sentence = (most: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(most),
    v.regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069<>]*$/u),
  );

const EntrySchema = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(80)),
  category: v.picklist(categories),
  title: sentence(200),
  todo: sentence(400),
  remedies: v.optional(v.pipe(v.array(v.picklist(remedyIds)), v.maxLength(remedyIds.length)), []),
  source: v.optional(v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(300))),
});

const HeadSchema = v.strictObject({
  version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  date: v.optional(v.pipe(v.string(), v.isoDate())),
  entries: v.array(v.unknown()),
});

export interface Refusal {
  /** Which entry, from 0; null where it is about the whole. */
  readonly index: number | null;
  readonly reason: string;
}

export interface Extension {
  readonly version: number | null;
  readonly date: string | null;
  /** For `setExtension`. */
  readonly entries: ReadonlyMap<string, Sense>;
  readonly refused: readonly Refusal[];
}

const tell = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) =>
  issues
    .map((issue) => [v.getDotPath(issue), issue.message].filter(Boolean).join(': ').slice(0, 200))
    .join('; ');

/** The code and sense of one entry, or why it cannot be taken. */
function read(input: unknown): { code: string; sense: Sense } | string {
  const parsed = v.safeParse(EntrySchema, input);
  if (!parsed.success) return tell(parsed.issues);
  const { title, todo, category, remedies, source, code: spelt } = parsed.output;
  const code = canonicalCode(spelt);
  if (code === null) return `code: "${spelt}" is no code of a kind that is known here`;
  const known = builtInSense(code);
  if (new Set(remedies).size < remedies.length) return 'remedies: one is named twice';
  // Policy may explain otherwise, but not turn what is beyond this PC, or unknown, into something to repair.
  const closed = [category, known.category].find((each) => beyondThisPc.has(each));
  if (remedies.length > 0 && closed)
    return `remedies: none are allowed for ${code}, as category "${closed}" is beyond this PC`;
  if (remedies.length > 0 && category === 'unknown')
    return 'remedies: none are allowed for category "unknown"';
  // What of the remembered accounts may go is decided by the code, never by a policy.
  const clears = remedies.includes('clear-identity-cache');
  if (clears && known.identity === undefined)
    return `remedies: clear-identity-cache is only for codes that point there, and ${code} does not`;
  return {
    code,
    sense: {
      category,
      text: 'organisation',
      words: { title, todo },
      remedies,
      ...(clears && known.identity && { identity: known.identity }),
      documented: remedies.filter((id) => known.documented?.includes(id)),
      ...(source && { source }),
    },
  };
}

/** Reads entries, given as a list or with a head: `{version, date, entries}`. */
export function extendCatalogue(input: unknown): Extension {
  const refused: Refusal[] = [];
  const entries = new Map<string, Sense>();
  const head = v.safeParse(HeadSchema, Array.isArray(input) ? { entries: input } : input);
  if (!head.success) refused.push({ index: null, reason: tell(head.issues) });
  const list: unknown = Array.isArray(input) ? input : Object(input).entries;
  for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
    if (index >= MAX_ENTRIES) {
      refused.push({ index, reason: `only the first ${MAX_ENTRIES} entries are read` });
      break;
    }
    const made = read(entry);
    if (typeof made === 'string') refused.push({ index, reason: made });
    else if (entries.has(made.code)) refused.push({ index, reason: `code: ${made.code} is given twice` });
    else entries.set(made.code, made.sense);
  }
  const { version = null, date = null } = head.success ? head.output : {};
  return { version, date, entries, refused };
}
