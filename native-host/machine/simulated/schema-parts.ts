/** Small schemas that several parts of the simulated PC are made of. */
import * as v from 'valibot';

export const Base64 = v.pipe(v.string(), v.base64());
export const Time = v.pipe(v.string(), v.isoTimestamp());
export const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const Positive = v.pipe(v.number(), v.integer(), v.minValue(1));
export const Uint32 = v.pipe(Count, v.maxValue(0xffff_ffff));
