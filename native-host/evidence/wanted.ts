/** Which evidence the organisation asks for. What it does not say in so many words it does not ask for. */
import * as v from 'valibot';
import { NumberValue, type PolicyReader } from '../policy/reader.ts';

/** Windows' event log: 0 no, 1 yes. */
const EventLogValue = v.pipe(
  NumberValue,
  v.picklist([0, 1], 'it is neither 0 nor 1'),
  v.transform((number) => number === 1),
);

const amounts = ['nothing', 'outcomes', 'details'] as const;

/** The local log: 0 nothing, 1 outcomes, 2 findings and correlation ids, too. */
const LogValue = v.pipe(
  NumberValue,
  v.picklist([0, 1, 2], 'it is none of 0, 1 and 2'),
  v.transform((number) => amounts[number]),
);

export interface Wanted {
  eventLog: boolean;
  log: (typeof amounts)[number];
}

/** Reads `EventLog` and `Log`; a bad value is refused and counts as 0. */
export async function readWanted(reader: PolicyReader): Promise<Wanted> {
  return {
    eventLog: (await reader.taken({ name: 'EventLog' }, EventLogValue)) ?? false,
    log: (await reader.taken({ name: 'Log' }, LogValue)) ?? 'nothing',
  };
}
