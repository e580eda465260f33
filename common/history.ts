/** What failed before, what was done, and what comes back. */
import * as v from 'valibot';
import { FailureSchema, patterns, RecurrenceSchema } from './plan.ts';
import { RunSchema } from './run.ts';

/** A failure that was seen, and what had happened shortly before, as far as the PC can tell. */
export const IncidentSchema = v.strictObject({
  failure: FailureSchema,
  after: v.array(v.picklist(patterns)),
});

export const HistorySchema = v.strictObject({
  /** Newest first. */
  runs: v.array(RunSchema),
  incidents: v.array(IncidentSchema),
  recurrences: v.array(RecurrenceSchema),
});

export type Incident = v.InferOutput<typeof IncidentSchema>;
export type History = v.InferOutput<typeof HistorySchema>;
