/** What an organisation's policy says of the help desk, the clouds and each remedy: the same for host and extension. */
import * as v from 'valibot';
import { cloudNames } from './clouds.ts';
import { Time } from './parts.ts';
import { type RemedyId, remedyIds } from './remedies.ts';

/** An address that a `mailto:` link may carry, and nothing beside it. */
export const HelpDeskSchema = v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254));

/** One line of plain text, such as a telephone number: nothing that could move a cursor or turn the reading direction. */
export const HelpDeskTextSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u),
);

/** The first is looked at where no page tells which; pages of others are left alone. Empty: all are watched. */
export const CloudsSchema = v.pipe(v.array(v.picklist(cloudNames)), v.maxLength(cloudNames.length));

/** Days for which backups are kept where the organisation does not say. */
export const BACKUP_DAYS = 30;

export const remedyRules = ['allowed', 'approval', 'off'] as const;

/** Of a remedy that is not simply allowed. */
const RemedyRuleSchema = v.strictObject({
  remedy: v.picklist(remedyIds),
  rule: v.picklist(['approval', 'off']),
  /** An administrator has approved it on this PC until then. */
  until: v.optional(Time),
});

export const PolicySchema = v.strictObject({
  /** Those that are not named are allowed. */
  remedies: v.pipe(v.array(RemedyRuleSchema), v.maxLength(remedyIds.length)),
  helpDesk: v.nullable(HelpDeskSchema),
  helpDeskText: v.nullable(HelpDeskTextSchema),
  clouds: CloudsSchema,
  /** False: the connection is never looked at by itself. */
  watch: v.boolean(),
  /** So many days a repair can be undone. */
  backupDays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365)),
});

export type RemedyRule = v.InferOutput<typeof RemedyRuleSchema>;
export type Policy = v.InferOutput<typeof PolicySchema>;

/** Why a remedy must not run, as words under `left_<id>`. */
export type Objection = 'forbidden' | 'needs-approval';

/** What stands against a remedy now; undefined where nothing does. */
export function objectionTo(rule: RemedyRule | undefined, now: Date): Objection | undefined {
  if (!rule) return undefined;
  if (rule.rule === 'off') return 'forbidden';
  return rule.until !== undefined && now.getTime() < Date.parse(rule.until) ? undefined : 'needs-approval';
}

/** All that must not run now. */
export function objections(rules: readonly RemedyRule[], now: Date): Map<RemedyId, Objection> {
  return new Map(
    rules.flatMap((rule) => {
      const objection = objectionTo(rule, now);
      return objection ? [[rule.remedy, objection] as const] : [];
    }),
  );
}

interface Contact {
  helpDesk?: string | null | undefined;
  helpDeskText?: string | null | undefined;
}

/** How the help desk is reached, in one line; empty where policy does not say. */
export function contactOf({ helpDesk, helpDeskText }: Contact): string {
  return [helpDeskText, helpDesk].filter(Boolean).join(' · ');
}
