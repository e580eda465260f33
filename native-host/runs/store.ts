/** Where runs are kept: a folder a run, with journal.jsonl and backups.jsonl, below the machine's state folder. */
import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BACKUP_DAYS } from '../../common/policy.ts';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import type { Json } from '../remedies/remedy.ts';
import { fileProblem, LineFile, readLines } from './lines.ts';
import { type Backup, BackupSchema, type Begin, type JournalRecord, RecordSchema } from './records.ts';
import { advance, firstState, isOpen, operationId, type RunState } from './state.ts';

const DAY = 24 * 60 * 60 * 1000;

const validId = /^\d{8}T\d{6}-[0-9a-f]{8}$/;

/** A new run's id: its start in UTC, so that names sort by time, and eight random digits. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
  return `${stamp}-${randomBytes(4).toString('hex')}`;
}

/** Under which name the quarantine keeps what one operation moves there. */
export function placeOf({ begin }: RunState, step: number, operation: number): string {
  return `${begin.id}-${operationId(step, operation)}`;
}

/** One run's journal and backups, open for writing. The state grows with each record. */
export class Journal {
  readonly state: RunState;
  readonly #records: LineFile;
  readonly #folder: string;

  private constructor(state: RunState, records: LineFile, folder: string) {
    this.state = state;
    this.#records = records;
    this.#folder = folder;
  }

  static async create(runs: string, begin: Begin): Promise<Journal> {
    const folder = join(runs, begin.id);
    const records = await LineFile.open(join(folder, 'journal.jsonl'));
    try {
      await records.append([begin], true);
    } catch (error) {
      await records.close();
      throw error;
    }
    return new Journal(firstState(begin), records, folder);
  }

  static async reopen(runs: string, id: string): Promise<Journal> {
    const { state, length } = await loadRun(runs, id);
    const folder = join(runs, id);
    return new Journal(state, await LineFile.open(join(folder, 'journal.jsonl'), length), folder);
  }

  /** Writes a record, then takes it in. `flush` where the next act must not come before the record. */
  async add(record: JournalRecord, flush = true): Promise<void> {
    await this.#records.append([record], flush);
    advance(this.state, record);
  }

  /** Puts a step's backups on disk and reads them back; fails with `backup-unreadable` if they differ. */
  async keep(backups: readonly Backup[]): Promise<void> {
    const path = join(this.#folder, 'backups.jsonl');
    const before = await readLines(path, BackupSchema);
    const file = await LineFile.open(path, before.length);
    try {
      await file.append(backups, true);
    } finally {
      await file.close();
    }
    const written = (await readLines(path, BackupSchema)).values.slice(before.values.length);
    if (JSON.stringify(written) !== JSON.stringify(backups)) {
      throw new ProblemError('backup-unreadable', 'the backup on disk differs from what was written');
    }
  }

  /** A step's backups by operation; of several of one thing the last. */
  async backupsOf(step: number): Promise<Map<number, Json>> {
    const { values } = await readLines(join(this.#folder, 'backups.jsonl'), BackupSchema);
    const own = values.filter((each) => each.step === step && !each.displaced);
    return new Map(own.map(({ operation, backup }) => [operation, backup]));
  }

  /** A step as it was planned. */
  plannedStep(step: number): Begin['steps'][number] {
    const found = this.state.begin.steps[step];
    if (!found) throw new ProblemError('internal', `the run has no step ${step}`);
    return found;
  }

  close(): Promise<void> {
    return this.#records.close();
  }
}

/** Reads one run. Fails with `run-unknown` when there is none of that id, or its first record is damaged. */
export async function loadRun(runs: string, id: string): Promise<{ state: RunState; length: number }> {
  if (!validId.test(id)) throw new ProblemError('run-unknown', id.slice(0, 64));
  const { values, length, damaged } = await readLines(join(runs, id, 'journal.jsonl'), RecordSchema);
  const [begin, ...rest] = values;
  if (begin?.type !== 'begin' || begin.id !== id) throw new ProblemError('run-unknown', id);
  const state = firstState(begin);
  for (const record of rest) advance(state, record);
  state.run.damaged = damaged;
  if (state.run.canUndo && !(await hasBackups(runs, id))) forgetUndo(state);
  return { state, length };
}

/** Nothing can be put back without backups. */
function forgetUndo({ run }: RunState): void {
  run.canUndo = false;
  for (const step of run.steps) step.canUndo = false;
}

async function hasBackups(runs: string, id: string): Promise<boolean> {
  return stat(join(runs, id, 'backups.jsonl')).then(
    () => true,
    () => false,
  );
}

/** All run ids, newest first. */
export async function listRuns(runs: string): Promise<string[]> {
  const names = await readdir(runs).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw fileProblem(error);
  });
  return names
    .filter((name) => validId.test(name))
    .sort()
    .reverse();
}

/** Deletes a run's backups, those in the quarantine too; its journal stays as history. False when there were none. */
async function forgetBackups(machine: Machine, runs: string, id: string): Promise<boolean> {
  if (!(await hasBackups(runs, id))) return false;
  // The list of what lies in the quarantine goes last: cut off in between, the next time finishes it.
  await machine.files.forget(`${id}-`);
  await rm(join(runs, id, 'backups.jsonl'), { force: true });
  return true;
}

/** Deletes backups older than `days`; the journals stay as history. Gives the number deleted. */
export async function expireBackups(
  machine: Machine,
  runs: string,
  now: Date,
  days = BACKUP_DAYS,
): Promise<number> {
  let deleted = 0;
  for (const id of await listRuns(runs)) {
    const path = join(runs, id, 'backups.jsonl');
    const age = await stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs,
      () => -1,
    );
    if (age >= days * DAY && (await forgetBackups(machine, runs, id))) deleted += 1;
  }
  return deleted;
}

/** Deletes a run for good: backups first, then its journal. */
export async function deleteRun(machine: Machine, runs: string, id: string): Promise<void> {
  await forgetBackups(machine, runs, id);
  await rm(join(runs, id), { recursive: true, force: true });
}

/** How many runs are kept, and for how many days; a run that is not over, or can still be undone, always is. */
const RUNS_KEPT = 200;
const DAYS_KEPT = 365;

/** Deletes old runs, so that the history does not grow without end. */
export async function pruneRuns(machine: Machine, runs: string, now: Date): Promise<void> {
  const oldest = newRunId(new Date(now.getTime() - DAYS_KEPT * DAY));
  const surplus = (await listRuns(runs)).filter((id, index) => index >= RUNS_KEPT || id < oldest);
  for (const id of surplus) {
    const run = await loadRun(runs, id).then(
      ({ state }) => state.run,
      () => undefined,
    );
    if (run && !isOpen(run) && !run.canUndo) await deleteRun(machine, runs, id);
  }
}
