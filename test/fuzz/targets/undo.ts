/**
 * Undo from a damaged journal and damaged backups, on the PC that the run has left. The oracle: it ends, with a view
 * that the browser can read or with a problem that is no defect; whatever is in those files, entries that are not
 * ours stay as they were and nothing but Office's and OneDrive's own is written; as many are told as put back as are
 * back; and where the lines of an entry are whole, it is back as it was, or told as a conflict where it exists anew.
 */
import { deepStrictEqual, equal, match, ok } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { toProblem } from '../../../common/problem.ts';
import {
  createSimulatedMachine,
  readSimulatedPc,
  type SimulatedPc,
} from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { RUN_ID, TIME } from '../../harness/run-records.ts';
import { type Ground, target } from '../target.ts';
import { fileOf, linesOf } from './journal-lines.ts';

type Entry = SimulatedPc['credentials'][number];

interface Template {
  before: Entry[];
  after: SimulatedPc;
  journal: string[];
  backups: string[];
}

/** A whole run, with an id that is the same each time. */
async function carriedOut(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'signin-rescue-fuzz-'));
  try {
    const file = join(folder, 'pc.json');
    writeFileSync(file, JSON.stringify(storedEntries.pc));
    const machine = await createSimulatedMachine(file);
    const before = readSimulatedPc(file).credentials;
    const { host, ended } = runHostOf(machine);
    const failure = { code: storedEntries.code, category: 'local', time: TIME } as const;
    const made = await host.plan(failure, { only: storedEntries.only });
    const { id } = await ended(host.start(made.plan.id, everything(made)));
    const read = (name: string) =>
      linesOf(readFileSync(join(machine.stateFolder, 'runs', id, name))).map((line) =>
        line.replaceAll(id, RUN_ID),
      );
    return {
      before,
      after: readSimulatedPc(file),
      journal: read('journal.jsonl'),
      backups: read('backups.jsonl'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const template = await carriedOut();
const gone = template.before.filter(
  ({ target }) => !template.after.credentials.some((each) => each.target === target),
);

const input = fc.record({
  journal: fc.oneof(
    fc.constant(Buffer.from(`${template.journal.join('\n')}\n`)),
    fileOf(fc.constant(template.journal)),
  ),
  backups: fc.oneof(
    fc.constant(Buffer.from(`${template.backups.join('\n')}\n`)),
    fileOf(fc.constant(template.backups)),
  ),
  /** Entries that an app has written anew since. */
  anew: fc.subarray(gone.map(({ target }) => target)),
});
type Input = typeof input extends fc.Arbitrary<infer T> ? T : never;

function put({ journal, backups, anew }: Input, folder: string): string {
  const run = join(folder, 'pc.json.state', 'runs', RUN_ID);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'journal.jsonl'), journal);
  writeFileSync(join(run, 'backups.jsonl'), backups);
  const file = join(folder, 'pc.json');
  const { credentials, ...pc } = template.after;
  const news = anew.map((target) => ({ target, secret: 'anew' }));
  writeFileSync(file, JSON.stringify({ ...pc, credentials: [...credentials, ...news] }));
  return file;
}

/** Windows sets the time itself. */
const content = ({ lastWritten: _, ...entry }: Entry) => entry;

function othersAreAsTheyWere(now: readonly Entry[], anew: readonly string[]): void {
  for (const entry of template.after.credentials)
    ok(now.some((each) => JSON.stringify(each) === JSON.stringify(entry)));
  for (const { target, secret } of now) {
    if (template.after.credentials.some((each) => each.target === target)) continue;
    match(target, /^(?:OneDrive|MicrosoftOffice)/);
    if (anew.includes(target)) equal(secret, 'anew');
  }
}

const isWhole = (file: Uint8Array, written: readonly string[]) => {
  const lines = linesOf(file);
  return lines.length === written.length && lines.every((line, at) => line === written[at]);
};

/** Entries whose backup is there as it was written, and no other line that may be one. */
function keptEntries(backups: Uint8Array): Entry[] {
  const lines = linesOf(backups);
  if (!lines.every((line) => template.backups.includes(line))) return [];
  return gone.filter(({ target }) => lines.some((line) => line.includes(JSON.stringify(target))));
}

function undo(file: string) {
  return createSimulatedMachine(file).then((machine) => {
    const { host, ended } = runHostOf(machine);
    return ended(host.undo({ runId: RUN_ID })).catch((error: unknown) => toProblem(error).kind);
  });
}

async function judge(input: Input, { folder, count }: Ground): Promise<void> {
  const file = put(input, folder);
  try {
    const run = await undo(file);
    const now = readSimulatedPc(file).credentials;
    othersAreAsTheyWere(now, input.anew);
    if (typeof run === 'string') {
      ok(run === 'run-unknown' || run === 'nothing-to-undo', run);
      return count(run);
    }
    const problems = run.steps.flatMap(({ problem }) => problem?.kind ?? []);
    ok(!problems.includes('internal'), JSON.stringify(run.steps));
    const back = now.filter(
      ({ target }) => gone.some((each) => each.target === target) && !input.anew.includes(target),
    );
    equal(run.undone?.restored ?? 0, back.length);
    if (isWhole(input.journal, template.journal)) {
      for (const entry of keptEntries(input.backups)) {
        if (input.anew.includes(entry.target))
          ok(run.undone?.conflicts.some(({ label }) => label === entry.target));
        else
          deepStrictEqual(now.filter(({ target }) => target === entry.target).map(content), [content(entry)]);
      }
    }
    count(`${run.status}, ${back.length} of ${gone.length} back`);
  } finally {
    rmSync(`${file}.state`, { recursive: true });
  }
}

export const undoTarget = target({ name: 'undo', batch: 50, input, judge });
