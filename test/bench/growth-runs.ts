/** Purge, journal and history, with more and more of what they hold. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Incident } from '../../common/history.ts';
import { createSimulatedMachine } from '../../native-host/machine/simulated/index.ts';
import { addIncidents } from '../../native-host/runs/history.ts';
import { asLines } from '../../native-host/runs/lines.ts';
import { Past } from '../../native-host/runs/past.ts';
import type { Begin, JournalRecord } from '../../native-host/runs/records.ts';
import { Journal, loadRun, newRunId } from '../../native-host/runs/store.ts';
import type { Subject } from './growth-of.ts';
import { memoryPc } from './memory-pc.ts';
import { failure, purgeTime, removable } from './purge-time.ts';

const HOUR = 60 * 60 * 1_000;
/** Of so many hours ago. */
const earlier = (hours: number) => new Date(Date.now() - hours * HOUR);

function beginOf(operations: number, at: Date): Begin {
  return {
    type: 'begin',
    format: 1,
    id: newRunId(at),
    failure: failure(),
    steps: [
      {
        remedy: 'purge-credentials',
        undo: 'full',
        operations: removable(operations).map((label) => ({ label, intent: { target: label } })),
      },
    ],
    time: at.toISOString(),
  };
}

/** As the engine writes them: unflushed, each after its operation. */
const acted = (operations: number): JournalRecord[] =>
  Array.from({ length: operations }, (_, operation) => ({ type: 'acted', step: 0, operation }));

function write(begin: Begin, operations: number, folder: string) {
  return async () => {
    const journal = await Journal.create(folder, begin);
    for (const record of acted(operations)) await journal.add(record, false);
    await journal.close();
  };
}

async function emptyMachine(folder: string) {
  const file = join(folder, 'pc.json');
  await writeFile(file, '{}');
  const machine = await createSimulatedMachine(file);
  await mkdir(machine.stateFolder, { recursive: true });
  return machine;
}

async function withIncidents(count: number, folder: string) {
  const machine = await emptyMachine(folder);
  const incidents = Array.from(
    { length: count },
    (_, index): Incident => ({
      failure: { ...failure(), time: earlier(count + 1 - index).toISOString() },
      after: [],
    }),
  );
  await writeFile(join(machine.stateFolder, 'incidents.jsonl'), asLines(incidents));
  return { machine, past: new Past(machine, join(machine.stateFolder, 'runs'), () => undefined) };
}

async function withRuns(count: number, folder: string): Promise<Past> {
  const runs = join((await emptyMachine(folder)).stateFolder, 'runs');
  for (let index = 0; index < count; index++) {
    const begin = beginOf(5, earlier(index + 1));
    const end: JournalRecord = { type: 'end', status: 'not-fixed', time: begin.time };
    await mkdir(join(runs, begin.id), { recursive: true });
    await writeFile(join(runs, begin.id, 'journal.jsonl'), asLines([begin, ...acted(5), end]));
  }
  return new Past(await createSimulatedMachine(join(folder, 'pc.json')), runs, () => undefined);
}

export const runSubjects: readonly Subject[] = [
  {
    name: 'purge, its own time',
    of: 'entries removed',
    first: 5,
    ready: async (size, folder) => {
      const machine = await memoryPc(folder, size);
      return () => purgeTime(machine, size);
    },
  },
  {
    name: 'journal, written',
    of: 'operations',
    first: 50,
    ready: (size, folder) => write(beginOf(size, new Date()), size, folder),
  },
  {
    name: 'journal, read back',
    of: 'operations',
    first: 50,
    ready: async (size, folder) => {
      const begin = beginOf(size, new Date());
      await write(begin, size, folder)();
      return () => loadRun(folder, begin.id);
    },
  },
  {
    name: 'history, read',
    of: 'failures',
    first: 5,
    ready: async (size, folder) => {
      const { past } = await withIncidents(size, folder);
      return () => past.history();
    },
  },
  {
    name: 'history, one failure more',
    of: 'failures before',
    first: 4,
    ready: async (size, folder) => {
      const { machine } = await withIncidents(size, folder);
      return () => addIncidents(machine, [{ ...failure(), time: earlier(0.5).toISOString() }]);
    },
  },
  {
    name: 'history, read',
    of: 'runs',
    first: 2,
    ready: async (size, folder) => {
      const past = await withRuns(size, folder);
      return () => past.history();
    },
  },
];
