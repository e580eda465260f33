/** What the watcher tells the background: one message for each sign-in page. */
import * as v from 'valibot';

const Uuid = v.nullable(v.pipe(v.string(), v.uuid()));

export const SignalSchema = v.strictObject({
  type: v.literal('signal'),
  /** The page's id as Microsoft gives it: `ConvergedSignIn`. */
  page: v.nullable(v.pipe(v.string(), v.regex(/^[\w.-]{1,80}$/))),
  kind: v.picklist(['error', 'sign-in', 'mfa', 'interrupt', 'other']),
  /** On error pages only: healthy pages carry codes, too, that mean nothing. */
  code: v.nullable(v.pipe(v.string(), v.regex(/^AADSTS\d{4,7}$/))),
  correlationId: Uuid,
  requestId: Uuid,
  /** When Microsoft answered, by its own clock. */
  time: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
});

export type Signal = v.InferOutput<typeof SignalSchema>;
