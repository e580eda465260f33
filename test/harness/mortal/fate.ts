/**
 * Sudden death at a chosen moment. A moment is one call to the machine, or one write to a journal; at the fatal
 * one nothing more happens, for ever, as when the process is killed. What was begun is left as it lies.
 */
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../../native-host/machine/machine.ts';
import type { Journal } from '../../../native-host/runs/store.ts';

export class Fate {
  /** The moments lived through, by name. */
  readonly moments: string[] = [];
  readonly death = Promise.withResolvers<void>();
  readonly #fatal: number;

  /** Dies at this moment, counted from 0; never when left out. */
  constructor(fatal = Number.POSITIVE_INFINITY) {
    this.#fatal = fatal;
  }

  get isDead(): boolean {
    return this.moments.length > this.#fatal;
  }

  /** Lives through a moment. At the fatal one `last` is done, and then nothing more. */
  async moment(name: string, last: () => Promise<void> = async () => undefined): Promise<void> {
    if (this.isDead) return this.#never();
    this.moments.push(name);
    if (!this.isDead) return;
    await last();
    this.death.resolve();
    return this.#never();
  }

  #never(): Promise<never> {
    return new Promise<never>(() => undefined);
  }
}

function mortal<T extends object>(object: T, name: string, fate: Fate): T {
  return new Proxy(object, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        await fate.moment(`${name}.${String(key)}`);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

/** The machine, every call of which is a moment. */
export function mortalMachine(machine: Machine, fate: Fate): Machine {
  const parts = {
    credentials: mortal(machine.credentials, 'credentials', fate),
    registry: mortal(machine.registry, 'registry', fate),
    processes: mortal(machine.processes, 'processes', fate),
    files: mortal(machine.files, 'files', fate),
  };
  return { ...mortal(machine, 'machine', fate), ...parts };
}

/** Cuts what a file grew by in the middle. */
function tear(path: string, before: number): void {
  truncateSync(path, before + Math.ceil((sizeOf(path) - before) / 2));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The journal, every write to which is a moment. With `torn` a fatal write reaches the disk by half. */
export function mortalJournal(journal: Journal, folder: string, fate: Fate, torn: boolean): Journal {
  const half = (file: string, write: () => Promise<void>) => async () => {
    if (!torn) return;
    const path = join(folder, file);
    const before = sizeOf(path);
    await write();
    tear(path, before);
  };
  const [add, keep] = [journal.add.bind(journal), journal.keep.bind(journal)];
  journal.add = async (record, flush) => {
    await fate.moment(
      `journal ${record.type}`,
      half('journal.jsonl', () => add(record, flush)),
    );
    return add(record, flush);
  };
  journal.keep = async (backups) => {
    await fate.moment(
      'journal backups',
      half('backups.jsonl', () => keep(backups)),
    );
    return keep(backups);
  };
  return journal;
}
