/** Small schemas that several messages are made of. */
import * as v from 'valibot';

export const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
export const Text = v.pipe(v.string(), v.maxLength(500));
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** ISO 8601 in UTC, as `Date.toISOString` writes it. */
export const Time = v.pipe(v.string(), v.isoTimestamp());
/** Canonical codes only: `AADSTS50173`, `0x8004de40`. */
export const Code = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_:.-]{1,80}$/));
export const Version = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/));
