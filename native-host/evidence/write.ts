/** Writes evidence where the organisation's own collectors find it. */
import { join } from 'node:path';
import * as v from 'valibot';
import type { Machine } from '../machine/machine.ts';
import { VERSION } from '../version.ts';
import type { Entry } from './entries.ts';
import { eventOf } from './events.ts';
import { addLines } from './log-file.ts';
import { EVIDENCE_FORMAT, type Evidence, EvidenceSchema } from './schema.ts';

/** Below the machine's state folder. */
export const LOG_FOLDER = 'log';

/** As whole lines; what is not of the documented form, whatever it may hold, is nobody's to read. */
function linesOf(entries: readonly Entry[]): Evidence[] {
  const stamp = { format: EVIDENCE_FORMAT, time: new Date().toISOString(), version: VERSION };
  return entries.flatMap((entry) => {
    const line = v.safeParse(EvidenceSchema, { ...stamp, ...entry });
    return line.success ? [line.output] : [];
  });
}

/** Entries for Windows' event log. One that it does not take is lost, as that log is the only place for it. */
export async function toEventLog(machine: Machine, entries: readonly Entry[]): Promise<void> {
  for (const line of linesOf(entries)) await machine.reportEvent(eventOf(line)).catch(() => undefined);
}

/** Lines for the local log. Fails as the file system does. */
export async function toLog({ stateFolder }: Machine, entries: readonly Entry[]): Promise<void> {
  const lines = linesOf(entries);
  if (lines.length > 0) await addLines(join(stateFolder, LOG_FOLDER), lines);
}
