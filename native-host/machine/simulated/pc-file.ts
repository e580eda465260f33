/** The simulated PC's file: read afresh each time, changed in place and whole. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import * as v from 'valibot';
import { ProblemError } from '../../../common/problem.ts';
import { withLock } from './lock.ts';
import { type SimulatedPc, type SimulatedPcInput, SimulatedPcSchema } from './schema.ts';

function unreadable(file: string, what: string): ProblemError {
  return new ProblemError('machine-unreadable', `The simulated PC's file ${file} ${what}.`);
}

function readingFailed(file: string, error: unknown): ProblemError {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Record<string, string> = {
    ENOENT: 'is not there',
    EISDIR: 'is a folder',
    EACCES: 'may not be read by this user',
    EPERM: 'may not be read by this user',
    ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
  };
  return unreadable(file, words[code ?? ''] ?? `cannot be read: ${message}`);
}

function writingFailed(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  // Not the file system's: a ProblemError, or a defect that must keep its face.
  if (typeof code !== 'string') return error;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new ProblemError('disk-full', message);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new ProblemError('access-denied', message);
  }
  return new ProblemError('machine-unreadable', message);
}

function readText(file: string): string {
  try {
    // Refuses what is not UTF-8, and drops the byte order mark that some editors put first.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw readingFailed(file, error);
  }
}

/** What a value lacks to be a simulated PC, in one sentence that names the field. */
function judge(file: string, value: unknown): SimulatedPc {
  // To a schema a list is an object, too: an empty one would be a PC.
  if (Array.isArray(value)) throw unreadable(file, 'is wrong at its top: a list');
  const parsed = v.safeParse(SimulatedPcSchema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue);
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  if (unknown) throw unreadable(file, `has an unknown field \`${field}\``);
  throw unreadable(file, `is wrong at ${field ? `\`${field}\`` : 'its top'}: ${issue.message}`);
}

function parse(path: string, text: string): SimulatedPc {
  if (text.trim() === '') throw unreadable(path, 'is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(path, `is not JSON: ${(error as Error).message}`);
  }
  return judge(path, value);
}

/** Reads a simulated PC; fails with `machine-unreadable` and a sentence that says what is wrong. */
export function readSimulatedPc(file: string): SimulatedPc {
  const path = resolve(file);
  return parse(path, readText(path));
}

// A thousand entries take 15 ms to parse and check, and a purge looks a thousand times.
let latest: { path: string; text: string; pc: SimulatedPc } | undefined;

/** Like `readSimulatedPc`, but the same text is not parsed twice: what it gives must not be altered. */
export function peekAtPc(path: string): SimulatedPc {
  const text = readText(path);
  if (latest?.path === path && latest.text === text) return latest.pc;
  const pc = parse(path, text);
  latest = { path, text, pc };
  return pc;
}

/** Puts a file in place whole: whoever reads it, and whenever this process is killed, old or new is there. */
function put(path: string, text: string): void {
  // One name for all: only the holder of the lock writes, so a killed writer's remains are written over.
  const fresh = `${path}.new`;
  try {
    const handle = openSync(fresh, 'w', 0o600);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw writingFailed(error);
  }
}

function write(path: string, pc: SimulatedPc): string {
  const text = `${JSON.stringify(pc, null, 2)}\n`;
  put(path, text);
  return text;
}

async function locked<T>(path: string, work: () => T): Promise<T> {
  try {
    return await withLock(`${path}.lock`, work);
  } catch (error) {
    throw writingFailed(error);
  }
}

/** Like `changeSimulatedPc`, for changes that are known to leave a valid PC. */
export function alterPc<T>(path: string, change: (pc: SimulatedPc) => T): Promise<T> {
  return locked(path, () => {
    const pc = peekAtPc(path);
    // Not to be shown to anybody half changed.
    latest = undefined;
    const result = change(pc);
    const text = write(path, pc);
    latest = { path, text, pc };
    return result;
  });
}

/**
 * Changes a simulated PC: `change` gets it as it stands now, alters it, and may give something back. Nothing is
 * written when it throws. Safe between processes that all use this function.
 */
export function changeSimulatedPc<T>(file: string, change: (pc: SimulatedPc) => T): Promise<T> {
  const path = resolve(file);
  return locked(path, () => {
    const pc = readSimulatedPc(path);
    const result = change(pc);
    write(path, judge(path, pc));
    return result;
  });
}

/** Writes a new simulated PC unless the file is there; says whether it was written. */
export async function createSimulatedPc(file: string, pc: SimulatedPcInput): Promise<boolean> {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writingFailed(error);
  }
  return locked(path, () => {
    if (existsSync(path)) return false;
    write(path, judge(path, pc));
    return true;
  });
}
