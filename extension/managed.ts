/** What the organisation's policy sets in the browser's managed storage. What is not as it should be counts as not set. */
import * as v from 'valibot';
import { cloudNames } from '../common/clouds.ts';
import { HelpDeskSchema, HelpDeskTextSchema, type RemedyRule, remedyRules } from '../common/policy.ts';
import { remedyIds } from '../common/remedies.ts';

const unlessBad = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.optional(schema), undefined);

/** As with the host, a word that is none of ours is no permission. */
const RuleSchema = v.fallback(v.picklist(remedyRules), 'off');

function rulesIn(words: Readonly<Record<string, unknown>>): RemedyRule[] {
  return remedyIds.flatMap((remedy) => {
    if (words[remedy] === undefined) return [];
    const rule = v.parse(RuleSchema, words[remedy]);
    return rule === 'allowed' ? [] : [{ remedy, rule }];
  });
}

/** Names below `remedies` that are none: who has misspelt one is to be told, as it turns nothing off. */
export function strangersIn({ remedies }: Readonly<Record<string, unknown>>): string[] {
  const words = v.safeParse(v.record(v.string(), v.unknown()), remedies);
  const known = new Set<string>(remedyIds);
  return words.success ? Object.keys(words.output).filter((name) => !known.has(name)) : [];
}

export const ManagedSchema = v.object({
  helpDesk: unlessBad(HelpDeskSchema),
  helpDeskText: unlessBad(HelpDeskTextSchema),
  clouds: v.fallback(
    v.pipe(
      v.array(v.unknown()),
      v.transform((names) => [
        ...new Set(names.flatMap((name) => cloudNames.find((each) => each === name) ?? [])),
      ]),
    ),
    [],
  ),
  watch: unlessBad(v.boolean()),
  remedies: v.fallback(v.pipe(v.record(v.string(), v.unknown()), v.transform(rulesIn)), []),
  /** Entries of the catalogue, each parsed by itself. */
  catalogue: v.optional(v.unknown()),
});

export type Managed = v.InferOutput<typeof ManagedSchema>;
