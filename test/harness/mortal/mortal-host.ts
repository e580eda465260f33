/**
 * A host as a process of its own that dies at a chosen moment, by its own SIGKILL:
 * `node mortal-host.ts '{"file":"pc.json","work":"run","scenario":"stored entries","fatal":7}'`.
 * One that lives to the end prints the run as it ended, and the moments that it lived through.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { createSimulatedMachine } from '../../../native-host/machine/simulated/index.ts';
import { Journal } from '../../../native-host/runs/store.ts';
import { runHostOf } from '../host/run-host.ts';
import { Fate, mortalJournal, mortalMachine } from './fate.ts';
import { live, lives } from './mortal-life.ts';
import { scenarios } from './mortal-scenarios.ts';

const OrdersSchema = v.strictObject({
  file: v.string(),
  work: v.picklist(lives),
  scenario: v.string(),
  /** The moment of its death, counted from the run's beginning; left out, it lives. */
  fatal: v.optional(v.number()),
  /** The last write reaches the disk by half. */
  torn: v.optional(v.boolean(), false),
  /** It does not die but stops for ever, and says so. */
  halts: v.optional(v.boolean(), false),
});
export type Orders = v.InferInput<typeof OrdersSchema>;

/** A fate that waits until it is told to begin: what only looks beforehand has no moments. */
class LaterFate extends Fate {
  #begun = false;

  begin(): void {
    this.#begun = true;
  }

  override async moment(...parameters: Parameters<Fate['moment']>): Promise<void> {
    if (this.#begun) await super.moment(...parameters);
  }
}

/** Every journal that is made or opened from now on dies with this fate; so may the making of one. */
function makeJournalsMortal(fate: Fate, torn: boolean): void {
  const [create, reopen] = [Journal.create.bind(Journal), Journal.reopen.bind(Journal)];
  Journal.create = async (runs, begin) => {
    const folder = join(runs, begin.id);
    await fate.moment('journal begin', async () => {
      if (!torn) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'journal.jsonl'), JSON.stringify(begin).slice(0, 100));
    });
    return mortalJournal(await create(runs, begin), folder, fate, torn);
  };
  Journal.reopen = async (runs, id) => mortalJournal(await reopen(runs, id), join(runs, id), fate, torn);
}

const orders = v.parse(OrdersSchema, JSON.parse(process.argv[2] ?? 'null'));
const scenario = scenarios.find(({ name }) => name === orders.scenario);
if (!scenario) throw new Error(`there is no scenario "${orders.scenario}"`);
const fate = new LaterFate(orders.fatal);
void fate.death.promise.then(() => {
  if (!orders.halts) process.kill(process.pid, 'SIGKILL');
  process.stdout.write('halted\n');
  // Something to live for, as a socket that nobody waits for is not.
  setInterval(() => undefined, 60_000);
});
makeJournalsMortal(fate, orders.torn);
const test = runHostOf(mortalMachine(await createSimulatedMachine(orders.file), fate));
const run = await live(test, orders.work, scenario, () => fate.begin());
process.stdout.write(`${JSON.stringify({ run, moments: fate.moments })}\n`);
