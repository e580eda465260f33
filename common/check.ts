/** A look at the connection and this PC: how far it goes, and what it gives. */
import * as v from 'valibot';
import { categories } from './failures/category.ts';
import { FindingSchema } from './findings.ts';
import { Code, Text } from './parts.ts';

export const DiagnosisSchema = v.strictObject({
  /** Id of the finding that is most likely behind the rest; null where nothing is broken or it is not known. */
  cause: v.nullable(Text),
  /** Ids of the other faults that follow from it. */
  because: v.array(Text),
  who: v.nullable(v.picklist(categories)),
  codes: v.array(Code),
});

export type Diagnosis = v.InferOutput<typeof DiagnosisSchema>;

export const checkScopes = ['all', 'quick'] as const;

export const CheckSchema = v.strictObject({
  findings: v.array(FindingSchema),
  diagnosis: DiagnosisSchema,
  took: v.number(),
});

export type CheckScope = (typeof checkScopes)[number];
export type CheckResult = v.InferOutput<typeof CheckSchema>;
