/** What the repair engine costs: a purge against the bare calls, a plan against its previews, a step's journal. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '../../common/failures/index.ts';
import { isGuide } from '../../common/remedies.ts';
import { gatherEvidence } from '../../native-host/checks/evidence.ts';
import type { Machine } from '../../native-host/machine/machine.ts';
import { createSimulatedMachine, samplePc } from '../../native-host/machine/simulated/index.ts';
import { repairOf } from '../../native-host/remedies/index.ts';
import { makePlan } from '../../native-host/runs/plan.ts';
import { findProgram } from '../harness/system-packages.ts';
import { openWine } from '../harness/wine.ts';
import { ratios, type Summary, summary, timed, told } from './figures.ts';
import { memoryPc } from './memory-pc.ts';
import type { PurgeTimes } from './purge-inside.ts';
import { failure, purgeTime, removable } from './purge-time.ts';

/** The design's: 1,000 entries, 500 of them to go, at most three times the bare calls. */
const ENTRIES = 1_000;
const GOAL = 3;
const SIZES = [10, 100, 1_000];

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A round again and again, each in a folder of its own. */
async function rounds<T>(count: number, round: (folder: string) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) results.push(await inFolder(round));
  return results;
}

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

interface PurgeCost {
  entries: number;
  bare: Summary;
  ours: Summary;
  ratio: Summary;
}

const costOf = (entries: number, { bare, ours }: PurgeTimes): PurgeCost => ({
  entries,
  bare: summary(bare),
  ours: summary(ours),
  ratio: ratios(ours, bare),
});

async function simulatedPurge(): Promise<PurgeCost> {
  const both = await rounds(5, async (folder) => {
    const { credentials } = await simulatedPc(folder, 'bare.json');
    const bare = await timed(async () => {
      await credentials.list();
      for (const target of removable(ENTRIES / 2)) await credentials.remove(target);
    });
    return { bare, ours: await purgeTime(await simulatedPc(folder, 'ours.json'), ENTRIES / 2) };
  });
  return costOf(ENTRIES, { bare: both.map(({ bare }) => bare), ours: both.map(({ ours }) => ours) });
}

/** The Credential Manager of Wine, with more and more entries; null where there is no Wine. */
async function winePurge(): Promise<PurgeCost[] | null> {
  if (!findProgram('wine')) return null;
  const wine = await openWine();
  try {
    const script = await wine.bundle('test/bench/purge-inside.ts');
    const env = { SIGNIN_RESCUE_STATE: wine.windowsPath(join(wine.folder, 'state')) };
    const costs: PurgeCost[] = [];
    for (const entries of SIZES) {
      const args = [String(entries), entries < ENTRIES ? '15' : '7'];
      const { code, stdout, stderr } = await wine.runNode(script, args, { env, timeout: 300_000 });
      if (code !== 0) throw new Error(stderr);
      costs.push(costOf(entries, JSON.parse(stdout)));
    }
    return costs;
  } finally {
    await wine[Symbol.asyncDispose]();
  }
}

/** What the host itself takes for each entry that is removed, where the PC takes no time. */
async function ownCost(): Promise<{ entries: number; each: Summary }[]> {
  const costs: { entries: number; each: Summary }[] = [];
  for (const entries of SIZES) {
    const count = entries / 2;
    const times = await rounds(15, async (folder) => purgeTime(await memoryPc(folder, count), count));
    costs.push({ entries, each: summary(times.map((time) => time / count)) });
  }
  return costs;
}

/** A run of one step with one operation, and that operation alone. */
async function stepCost(): Promise<{ run: Summary; act: Summary }> {
  const [target = ''] = removable(1);
  const context = {
    signal: new AbortController().signal,
    place: 'bench',
    report: () => undefined,
    clearSession: async () => undefined,
  };
  const both = await rounds(40, async (folder) => {
    const run = await purgeTime(await memoryPc(folder, 1), 1);
    const machine = await memoryPc(folder, 1);
    const intent = { target, lastWritten: '' };
    return { run, act: await timed(() => repairOf('purge-credentials').act(machine, intent, context)) };
  });
  return { run: summary(both.map(({ run }) => run)), act: summary(both.map(({ act }) => act)) };
}

/** A plan for the sample PC, and the previews of its remedies alone. */
async function planCost(): Promise<{ plan: Summary; previews: Summary; ratio: Summary }> {
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
    for (let round = 0; round < 40; round++) {
      previews.push(await timed(() => Promise.all(repairs.map((each) => each.preview(machine, context)))));
      plan.push(await timed(() => makePlan(machine, seen, { browser: true })));
    }
    return { plan: summary(plan), previews: summary(previews), ratio: ratios(plan, previews) };
  });
}

/** All of it; milliseconds, and ratios of what was measured side by side. */
export async function repairCost() {
  return {
    goal: GOAL,
    simulated: await simulatedPurge(),
    wine: await winePurge(),
    own: await ownCost(),
    plan: await planCost(),
    step: await stepCost(),
  };
}

const line = (label: string, text: string) => `  ${label.padEnd(34)} ${text}`;

const purgeLines = ({ entries, bare, ours, ratio }: PurgeCost): string[] => [
  line(`${entries / 2} of ${entries} entries, bare calls`, told(bare)),
  line('  by engine and journal', `${told(ours)}, ratio ${told(ratio)}`),
];

/** The same for a person to read. */
export function tellRepair(cost: Awaited<ReturnType<typeof repairCost>>): string[] {
  const { goal, simulated, wine, own, plan, step } = cost;
  return [
    'Purge on the simulated PC, milliseconds: bare is list and remove',
    ...purgeLines(simulated),
    `Purge under Wine: bare is CredEnumerate, CredRead and CredDelete; goal of ${ENTRIES} entries ${goal}`,
    ...(wine?.flatMap(purgeLines) ?? [line('not measured', 'there is no Wine here')]),
    'What the host itself takes, milliseconds for each entry removed',
    ...own.map(({ entries, each }) => line(`${entries / 2} of ${entries} entries`, told(each))),
    'A plan for the sample PC, milliseconds',
    line('previews alone', told(plan.previews)),
    line('plan, what it looks at included', `${told(plan.plan)}, ratio ${told(plan.ratio)}`),
    'A run of one step with one operation, milliseconds',
    line('the act alone', told(step.act)),
    line('run with journal and backup', told(step.run)),
  ];
}
