/** Credential Manager of a simulated PC as its file holds it. */
import * as v from 'valibot';
import { Base64, Count, Time } from './schema-parts.ts';

/** A text as it stands, or any bytes as `{"base64": "…"}`. A blob has at most 2,560 bytes. */
const SecretSchema = v.union([
  v.pipe(v.string(), v.maxBytes(2_560)),
  v.strictObject({ base64: v.pipe(Base64, v.maxLength(3_416)) }),
]);

export const SimulatedCredentialSchema = v.strictObject({
  target: v.pipe(v.string(), v.nonEmpty()),
  type: v.optional(v.picklist(['generic', 'domain-password', 'other']), 'generic'),
  user: v.optional(v.string(), ''),
  comment: v.optional(v.string(), ''),
  targetAlias: v.optional(v.string(), ''),
  flags: v.optional(Count, 0),
  persist: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3)), 2),
  attributes: v.optional(
    v.array(v.strictObject({ keyword: v.string(), flags: v.optional(Count, 0), value: Base64 })),
    [],
  ),
  lastWritten: v.optional(Time, '2026-01-01T00:00:00.000Z'),
  secret: v.optional(SecretSchema, ''),
  stale: v.optional(v.boolean(), false),
});

const identity = (entry: { target: string; type: string }) => `${entry.type}:${entry.target.toLowerCase()}`;

export const CredentialsSchema = v.pipe(
  v.array(SimulatedCredentialSchema),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const names = dataset.value.map(identity);
    const twice = dataset.value.find((entry, index) => names.indexOf(identity(entry)) !== index);
    if (twice) addIssue({ message: `Two ${twice.type} entries are named "${twice.target}"` });
  }),
);

export type SimulatedCredential = v.InferOutput<typeof SimulatedCredentialSchema>;
