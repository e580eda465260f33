/** What the repair engine costs: a purge against the bare calls, a plan against its previews, a step against its act. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFailure } from '../../common/failures/index.ts';
import { isGuide } from '../../common/remedies.ts';
import { gatherEvidence } from '../../native-host/checks/evidence.ts';
import type { Machine } from '../../native-host/machine/machine.ts';
import { createSimulatedMachine, samplePc } from '../../native-host/machine/simulated/index.ts';
import { repairOf } from '../../native-host/remedies/index.ts';
import { makePlan } from '../../native-host/runs/plan.ts';
import { findProgram } from '../harness/system-packages.ts';
import { openWine } from '../harness/wine/wine.ts';
import { timed } from './figures.ts';
import { inFolder, repeated } from './in-folder.ts';
import { memoryPc } from './memory-pc.ts';
import type { PurgeTimes } from './purge-inside.ts';
import { failure, purgeTime, removable } from './purge-time.ts';
import { type Effort, type Part, type Row, row } from './row.ts';

/** The design's: 1,000 entries, 500 of them to go, at most three times the bare calls. */
const ENTRIES = 1_000;
const goal = { of: 'ratio', atMost: 3 } as const;
/** Under Wine, and how many rounds are as sure as one another. */
const SIZES = [
  { entries: 10, rounds: 15 },
  { entries: 100, rounds: 15 },
  { entries: ENTRIES, rounds: 7 },
] as const;

/** A simulated PC of which every second entry may be removed. */
async function simulatedPc(folder: string, name: string): Promise<Machine> {
  const secret = 's'.repeat(400);
  const credentials = removable(ENTRIES / 2).flatMap((target) => [
    { target: `git:${target}`, secret },
    { target, secret },
  ]);
  const file = join(folder, name);
  await writeFile(file, JSON.stringify({ credentials }));
  return createSimulatedMachine(file);
}

function purgeRow(entries: number, where: string, { bare, ours }: PurgeTimes): Row {
  return row({
    name: `purge of ${entries / 2} of ${entries} entries, ${where}`,
    ours,
    against: { name: 'the bare calls', figures: bare },
    // The design's is of the real Credential Manager, with that many.
    ...(entries === ENTRIES && where === 'Wine' && { goal }),
  });
}

async function simulatedPurge(rounds: number): Promise<Row> {
  const both = await repeated(rounds, async (folder) => {
    const { credentials } = await simulatedPc(folder, 'bare.json');
    const bare = await timed(async () => {
      await credentials.list();
      for (const target of removable(ENTRIES / 2)) await credentials.remove(target);
    });
    return { bare, ours: await purgeTime(await simulatedPc(folder, 'ours.json'), ENTRIES / 2) };
  });
  const times = { bare: both.map(({ bare }) => bare), ours: both.map(({ ours }) => ours) };
  return purgeRow(ENTRIES, 'simulated', times);
}

/** The Credential Manager of Wine, with more and more entries; none where there is no Wine. */
async function winePurge(wanted: number | undefined): Promise<Row[]> {
  if (!findProgram('wine')) return [];
  const wine = await openWine();
  try {
    const script = await wine.bundle('test/bench/purge-inside.ts');
    const env = { SIGNIN_RESCUE_STATE: wine.windowsPath(join(wine.folder, 'state')) };
    const found: Row[] = [];
    for (const { entries, rounds } of SIZES) {
      const args = [entries, wanted ?? rounds].map(String);
      const { code, stdout, stderr } = await wine.runNode(script, args, { env, timeout: 300_000 });
      if (code !== 0) throw new Error(stderr);
      found.push(purgeRow(entries, 'Wine', JSON.parse(stdout)));
    }
    return found;
  } finally {
    await wine[Symbol.asyncDispose]();
  }
}

/** A run of one step with one operation, and that operation alone. */
async function stepCost(rounds: number): Promise<Row> {
  const [target = ''] = removable(1);
  const context = {
    signal: new AbortController().signal,
    place: 'bench',
    report: () => undefined,
    clearSession: async () => undefined,
  };
  const both = await repeated(rounds, async (folder) => {
    const run = await purgeTime(await memoryPc(folder, 1), 1);
    const machine = await memoryPc(folder, 1);
    const intent = { target, lastWritten: '' };
    return { run, act: await timed(() => repairOf('purge-credentials').act(machine, intent, context)) };
  });
  return row({
    name: 'a run of one step, journal and backup on disk',
    ours: both.map(({ run }) => run),
    against: { name: 'its act alone', figures: both.map(({ act }) => act) },
  });
}

/** A plan for the sample PC, and the previews of its remedies alone. */
async function planCost(rounds: number): Promise<Row> {
  return inFolder(async (folder) => {
    const file = join(folder, 'pc.json');
    await writeFile(file, JSON.stringify(samplePc()));
    const machine = await createSimulatedMachine(file);
    const seen = failure();
    const meaning = describeFailure(seen.code);
    const findings = await gatherEvidence(machine, seen, meaning);
    const context = { failure: seen, meaning, findings, browser: true };
    const repairs = meaning.remedies.filter((id) => !isGuide(id)).map(repairOf);
    const [previews, plan]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      previews.push(await timed(() => Promise.all(repairs.map((each) => each.preview(machine, context)))));
      plan.push(await timed(() => makePlan(machine, seen, { browser: true })));
    }
    return row({
      name: 'a plan, what it looks at included',
      ours: plan,
      against: { name: 'its previews alone', figures: previews },
    });
  });
}

export async function repairCost({ rounds }: Effort): Promise<Part> {
  const wine = await winePurge(rounds);
  return {
    title: 'Repair: a purge by engine, journal and backups, and what else it takes',
    rows: [
      ...wine,
      await simulatedPurge(rounds ?? 5),
      await planCost(rounds ?? 40),
      await stepCost(rounds ?? 40),
    ],
    notes:
      wine.length > 0 ? [] : ['Not measured: the purge of a real Credential Manager, as there is no Wine.'],
  };
}
