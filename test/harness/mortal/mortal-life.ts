/** What a host does in one life: carry a scenario's run out, finish what another left, or undo it. */
import { everything } from '../../../native-host/runs/choice.ts';
import type { TestRunHost } from '../host/run-host.ts';
import { TIME } from '../run-records.ts';
import type { Scenario } from './mortal-scenarios.ts';

export const lives = ['run', 'finish', 'undo'] as const;
export type LifeWork = (typeof lives)[number];

/** Called after all that only looks. */
type Begins = () => void | Promise<void>;

/** Begins the scenario's run, all of it. */
async function start({ host }: TestRunHost, { code, only, alsoTicked }: Scenario, begins: Begins) {
  const made = await host.plan({ code, category: 'local', time: TIME }, { only });
  await begins();
  return host.start(made.plan.id, everything(made, { unticked: alsoTicked ?? false }));
}

async function begin(test: TestRunHost, work: LifeWork, scenario: Scenario, begins: Begins) {
  if (work === 'run') return start(test, scenario, begins);
  const { host } = test;
  const [latest] = (await host.past.history()).runs;
  if (!latest) throw new Error('there is no run');
  await begins();
  if (work === 'undo') return host.undo({ runId: latest.id });
  return latest.status === 'your-turn' ? host.continue(latest.id, 'done') : host.finish(latest.id);
}

/** Does it to its end; who is asked to do something has done it. */
export async function live(
  test: TestRunHost,
  work: LifeWork,
  scenario: Scenario,
  begins: Begins = () => undefined,
) {
  let run = await test.ended(begin(test, work, scenario, begins));
  while (run.status === 'your-turn') run = await test.ended(test.host.continue(run.id, 'done'));
  return run;
}
