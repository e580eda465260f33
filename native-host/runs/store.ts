/** Where runs are kept: a folder a run, with journal.jsonl and backups.jsonl, below the machine's state folder. */
import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../common/problem.ts';
import { fileProblem, LineFile, readLines } from './lines.ts';
import { type Backup, BackupSchema, type Begin, type JournalRecord, RecordSchema } from './records.ts';
import { advance, firstState, type RunState } from './state.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long a backup is kept unless policy says otherwise. */
export const BACKUP_DAYS = 30;

const validId = /^\d{8}T\d{6}-[0-9a-f]{8}$/;

/** A new run's id: its start in UTC, so that names sort by time, and eight random digits. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
  return `${stamp}-${randomBytes(4).toString('hex')}`;
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
    await records.append([begin], true);
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

  async backups(): Promise<Backup[]> {
    return (await readLines(join(this.#folder, 'backups.jsonl'), BackupSchema)).values;
  }

  close(): Promise<void> {
    return this.#records.close();
  }
}

/** Reads one run. Fails with `run-unknown` when there is none of that id, or its first record is damaged. */
export async function loadRun(runs: string, id: string): Promise<{ state: RunState; length: number }> {
  if (!validId.test(id)) throw new ProblemError('run-unknown', id.slice(0, 64));
  const { values, length } = await readLines(join(runs, id, 'journal.jsonl'), RecordSchema);
  const [begin, ...rest] = values;
  if (begin?.type !== 'begin' || begin.id !== id) throw new ProblemError('run-unknown', id);
  const state = firstState(begin);
  for (const record of rest) advance(state, record);
  state.run.canUndo &&= await hasBackups(runs, id);
  return { state, length };
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

/** Deletes backups older than `days`; the journals stay as history. Gives the number deleted. */
export async function expireBackups(runs: string, now: Date, days = BACKUP_DAYS): Promise<number> {
  let deleted = 0;
  for (const id of await listRuns(runs)) {
    const path = join(runs, id, 'backups.jsonl');
    const age = await stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs,
      () => -1,
    );
    if (age < days * DAY) continue;
    await rm(path, { force: true });
    deleted += 1;
  }
  return deleted;
}
