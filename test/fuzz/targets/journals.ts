/**
 * Journals and backups: any records in any order, cut off, mixed with lines of others, doubled, lost, bits flipped.
 * The oracle knows nothing of the order of a run: every line that is still as it was written is read, and in its
 * place; a run is there where its first line is; what was acted upon, or copied to be, and has not come back, can be
 * undone where there are backups; what has no line that says so is never told as undone, fixed or put back; each
 * backup whose line is whole is found; and what is written afterwards is read after all that was there.
 */
import { deepStrictEqual, equal, ok } from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { toProblem } from '../../../common/problem.ts';
import { RunSchema } from '../../../common/run.ts';
import { readLines } from '../../../native-host/runs/lines.ts';
import { BackupSchema, type JournalRecord, RecordSchema } from '../../../native-host/runs/records.ts';
import { revertible } from '../../../native-host/runs/state.ts';
import { Journal, loadRun } from '../../../native-host/runs/store.ts';
import { RUN_ID, TIME } from '../../harness/run-records.ts';
import { type Ground, target } from '../target.ts';
import { backup, begin, fileOf, linesOf, record } from './journal-lines.ts';

const records = fc.array(record, { maxLength: 20 }).map((rest): JournalRecord[] => [begin, ...rest]);
const backups = fc.array(backup, { maxLength: 6 });

/** What was written, as it was written, beside what lies on the disk. */
const input = fc.record({ records, backups }).chain((written) =>
  fc.record({
    written: fc.constant({ records: written.records.map(text), backups: written.backups.map(text) }),
    journal: fileOf(fc.constant(written.records.map(text))),
    backups: fileOf(fc.constant(written.backups.map(text))),
  }),
);
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

function text(value: unknown): string {
  return JSON.stringify(value);
}

function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Lines that are as they were written are all read, in their order. */
async function wholeLinesAreRead<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  lines: readonly string[],
  written: readonly string[],
): Promise<T[]> {
  const { values, damaged } = await readLines(path, schema);
  equal(values.length + damaged, lines.length);
  const known = new Set(written);
  const expected = lines
    .filter((line) => known.has(line))
    .map((line) => text(v.parse(schema, JSON.parse(line))));
  let at = 0;
  for (const value of values) if (text(value) === expected[at]) at += 1;
  equal(at, expected.length, 'a whole line is not read');
  return values;
}

type State = Awaited<ReturnType<typeof loadRun>>['state'];

/** What each line that is whole says of one operation, whatever its place. */
function evidence(records: readonly JournalRecord[], step: number, operation: number) {
  const begun = records.some(
    (each) =>
      (each.type === 'acted' && each.step === step && each.operation === operation) ||
      (each.type === 'backed-up' &&
        each.step === step &&
        !each.gone.includes(operation) &&
        !each.changed.includes(operation)),
  );
  const back = records.some(
    (each) =>
      each.type === 'reverted' &&
      each.step === step &&
      each.operation === operation &&
      each.result !== 'conflict',
  );
  return { begun, back };
}

function canUndoWhatWasDone(
  { begin, run, ...state }: State,
  records: readonly JournalRecord[],
  kept: boolean,
): void {
  let some = false;
  for (const [step, { undo, operations }] of begin.steps.entries()) {
    for (const operation of operations.keys()) {
      const can = revertible({ begin, run, ...state }, step, operation);
      const { begun, back } = evidence(records, step, operation);
      if (undo === 'none' || !begun) equal(can, false, `${step}-${operation} was never touched`);
      else if (!back) equal(can, true, `${step}-${operation} is not back and cannot be undone`);
      some ||= can;
    }
  }
  equal(run.canUndo, some && kept);
}

/** Nothing is told that no line says. */
function claimsNothing({ run }: State, lines: readonly string[]): void {
  const said = lines.map(parsed);
  const some = (type: string, more: Record<string, unknown> = {}) =>
    said.filter(
      (line) => line.type === type && Object.entries(more).every(([key, value]) => line[key] === value),
    );
  if (run.status === 'undone') ok(some('undo-end').length > 0);
  if (run.status === 'fixed') ok(some('end', { status: 'fixed' }).length > 0);
  for (const result of ['restored', 'already'] as const) {
    ok((run.undone?.[result] ?? 0) <= some('reverted', { result }).length);
  }
}

async function goesOn(runs: string, state: State): Promise<void> {
  const journal = await Journal.reopen(runs, RUN_ID);
  await journal.add({ type: 'undo', time: TIME }, false);
  await journal.close();
  const after = (await loadRun(runs, RUN_ID)).state;
  equal(after.run.status, 'undoing');
  equal(after.run.revision, state.run.revision + 1);
  equal(after.run.damaged, state.run.damaged);
  deepStrictEqual(after.operations, state.operations);
}

async function backupsAreFound(
  runs: string,
  lines: readonly string[],
  written: readonly string[],
): Promise<void> {
  const journal = await Journal.reopen(runs, RUN_ID);
  for (const step of begin.steps.keys()) {
    const found = await journal.backupsOf(step);
    const whole = lines.filter((line) => written.includes(line)).map(parsed);
    for (const { operation } of whole.filter((each) => each.step === step)) {
      ok(found.has(Number(operation)), `the backup of ${step}-${operation} is lost`);
    }
  }
  await journal.close();
}

async function judge({ written, ...files }: Input, { folder, count }: Ground): Promise<void> {
  const run = join(folder, RUN_ID);
  mkdirSync(run);
  try {
    writeFileSync(join(run, 'journal.jsonl'), files.journal);
    if (files.backups.length > 0) writeFileSync(join(run, 'backups.jsonl'), files.backups);
    const lines = linesOf(files.journal);
    const records = await wholeLinesAreRead(join(run, 'journal.jsonl'), RecordSchema, lines, written.records);
    const kept = linesOf(files.backups);
    await wholeLinesAreRead(join(run, 'backups.jsonl'), BackupSchema, kept, written.backups);
    const loaded = await loadRun(folder, RUN_ID).catch((error: unknown) => toProblem(error).kind);
    const [first] = records;
    if (typeof loaded === 'string') {
      equal(loaded, 'run-unknown');
      ok(first?.type !== 'begin' || first.id !== RUN_ID);
      return count('no run');
    }
    v.parse(RunSchema, loaded.state.run);
    canUndoWhatWasDone(loaded.state, records, files.backups.length > 0);
    claimsNothing(loaded.state, lines);
    await backupsAreFound(folder, kept, written.backups);
    await goesOn(folder, loaded.state);
    count(`${loaded.state.run.status}${loaded.state.run.damaged > 0 ? ', damaged' : ''}`);
  } finally {
    rmSync(run, { recursive: true });
  }
}

export const journalsTarget = target({ name: 'journals', batch: 200, input, judge });
