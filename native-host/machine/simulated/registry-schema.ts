/** The registry of a simulated PC as its file holds it: key → value name → value. */
import * as v from 'valibot';
import { Base64, Count, Uint32 } from './schema-parts.ts';

const DIGITS = /^\d{1,20}$/;

/** Digits for what is too large for a number of JSON. */
const Uint64 = v.union([
  v.pipe(Count, v.safeInteger()),
  v.pipe(
    v.string(),
    v.regex(DIGITS),
    // Asked of what is no number, too.
    v.check((text) => !DIGITS.test(text) || BigInt(text) <= 0xffff_ffff_ffff_ffffn, 'More than 64 bits'),
  ),
]);

const ValueSchema = v.variant('type', [
  v.strictObject({ type: v.picklist(['REG_SZ', 'REG_EXPAND_SZ']), value: v.string() }),
  v.strictObject({ type: v.literal('REG_DWORD'), value: Uint32 }),
  v.strictObject({ type: v.literal('REG_QWORD'), value: Uint64 }),
  v.strictObject({ type: v.literal('REG_BINARY'), value: Base64 }),
  v.strictObject({ type: v.literal('REG_MULTI_SZ'), value: v.array(v.string()) }),
  v.strictObject({ type: v.literal('other'), value: v.null() }),
  /** Any REG_* number, with its bytes. */
  v.strictObject({ type: Uint32, data: Base64 }),
]);

export const ValuesSchema = v.record(v.string(), ValueSchema);
export const KeysSchema = v.record(v.string(), ValuesSchema);

export type SimulatedValue = v.InferOutput<typeof ValueSchema>;
export type SimulatedValues = v.InferOutput<typeof ValuesSchema>;
export type SimulatedKeys = v.InferOutput<typeof KeysSchema>;
