/** What the watcher tells the background. */
import * as v from 'valibot';
import type { Signal } from '../common/pages/signal.ts';

export type { Signal } from '../common/pages/signal.ts';

const Uuid = v.nullable(v.pipe(v.string(), v.uuid()));

/** One for each sign-in page, and another when that page changes its mind. */
export const SignalSchema = v.strictObject({
  type: v.literal('signal'),
  page: v.nullable(v.pipe(v.string(), v.regex(/^[\w.-]{1,80}$/))),
  kind: v.picklist(['error', 'sign-in', 'mfa', 'interrupt', 'other']),
  code: v.nullable(
    v.pipe(v.string(), v.regex(/^(?:AADSTS\d{4,7}|AADB2C\d{5,7}|0x[\da-f]{8}|cookies-blocked)$/)),
  ),
  correlationId: Uuid,
  requestId: Uuid,
  time: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
}) satisfies v.GenericSchema<Signal>;

/** Somebody types on a sign-in page: once a page load, and nothing of what is typed. */
export const TypingSchema = v.strictObject({ type: v.literal('typing') });

export type Typing = v.InferOutput<typeof TypingSchema>;
