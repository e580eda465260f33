/** Whatever call to the machine fails, once or for a while: nothing is lost, and undo works when it is over. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ProblemKind } from '../../../common/problem.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Run, Verification } from '../../../common/run.ts';
import {
  changeSimulatedPc,
  type SimulatedPc,
  signInVerdict,
} from '../../../native-host/machine/simulated/index.ts';
import { operations } from '../../../native-host/machine/simulated/operations.ts';
import { runHostOf, verdictOf } from '../../harness/host/run-host.ts';
import { mortalMachine } from '../../harness/mortal/fate.ts';
import { type LifeWork, live } from '../../harness/mortal/mortal-life.ts';
import {
  latestRun,
  liveHere,
  type Stage,
  scenarioOf,
  stageFor,
} from '../../harness/mortal/mortal-process.ts';
import { expectAllBack, expectSurvivors } from '../../harness/mortal/mortal-run.ts';
import { entriesAndReset, type Scenario, scenarios } from '../../harness/mortal/mortal-scenarios.ts';
import { Trouble } from '../../harness/mortal/mortal-trouble.ts';

// With limits that can be waited for.
vi.mock('../../../native-host/remedies/index.ts', () => import('../../harness/mortal/mortal-remedies.ts'));

let points = 0;
afterAll(() => console.log(`Failed at ${points} points.`));

/** A life in which a call fails; sign-in is judged by the machine as it is. */
function troubled(stage: Stage, work: LifeWork, trouble: Trouble): Promise<Run> {
  const test = runHostOf(mortalMachine(stage.machine, trouble), () => verdictOf(stage.machine));
  return live(test, work, stage.scenario, () => trouble.begin());
}

async function ran(scenario: Scenario): Promise<Stage> {
  const stage = await stageFor(scenario);
  expect((await liveHere(stage, 'run')).status).toBe('fixed');
  return stage;
}

/** Each call that a healthy life makes, with all ways in which it may fail. */
async function callsOf(stage: Stage, work: LifeWork) {
  const healthy = new Trouble();
  await troubled(stage, work, healthy);
  return healthy.moments.flatMap((name, at) => {
    const kinds: ProblemKind[] = ['access-denied', 'disk-full', 'internal'];
    if (/files\.(setAside|putBack)/.test(name)) kinds.push('file-in-use');
    if (/processes\.(run|launch|open|close)/.test(name)) kinds.push('exe-failed', 'timed-out');
    return kinds.map((kind) => ({ at, name, kind, where: `${kind} at ${at}, ${name}` }));
  });
}

const failedSteps = ({ steps }: Run) => steps.filter(({ status }) => status === 'failed');

/** Undoes what there is to undo; after that all is as it was. */
async function expectUndoable(stage: Stage, where: string): Promise<void> {
  if ((await latestRun(stage))?.canUndo) {
    const { status, undone } = await liveHere(stage, 'undo');
    const impossible = undone?.impossible.filter(({ why }) => why !== 'no-undo');
    expect({ status, conflicts: undone?.conflicts, impossible }, where).toEqual({
      status: 'undone',
      conflicts: [],
      impossible: [],
    });
  }
  expectAllBack(stage);
}

const oneDriveRuns = ({ processes }: SimulatedPc) => processes.some(({ image }) => image === 'OneDrive.exe');

function expectOneDriveAsBefore({ before, read }: Stage, where: string): void {
  expect(oneDriveRuns(read()), where).toBe(oneDriveRuns(before));
}

describe.each(scenarios)('one call that fails ($name)', (scenario) => {
  it('in a run is told by its step, or goes by; nothing is lost', async () => {
    for (const { at, kind, where } of await callsOf(await stageFor(scenario), 'run')) {
      const stage = await stageFor(scenario);
      const run = await troubled(stage, 'run', new Trouble(at, kind));
      points += 1;
      const problems = failedSteps(run).map(({ problem }) => problem?.kind);
      expect([[], [kind]], where).toContainEqual(problems);
      const endings = problems.length > 0 ? ['failed', 'fixed'] : ['fixed', 'not-fixed', 'unverified'];
      expect(endings, where).toContain(run.status);
      expectSurvivors(stage);
      await expectUndoable(stage, where);
      // Else the step that was to start it again says that it could not.
      if (failedSteps(run)[0]?.remedy !== 'restart-onedrive') expectOneDriveAsBefore(stage, where);
    }
  });

  it('in an undo stops it, or keeps one thing from coming back; the next undo brings it', async () => {
    for (const { at, kind, where } of await callsOf(await ran(scenario), 'undo')) {
      const stage = await ran(scenario);
      const run = await troubled(stage, 'undo', new Trouble(at, kind));
      points += 1;
      if (run.status === 'failed') {
        expect(
          run.steps.flatMap(({ problem }) => problem?.kind ?? []),
          where,
        ).toEqual([kind]);
        expect((await runHostOf(stage.machine).host.past.current())?.status, where).toBe('interrupted');
      } else {
        expect(run.status, where).toBe('undone');
        const failed = run.undone?.impossible.filter(({ why }) => why === 'failed') ?? [];
        expect(run.canUndo, where).toBe(failed.length > 0);
      }
      expectSurvivors(stage);
      await expectUndoable(stage, where);
    }
  });
});

/** The operations that a life makes, as a simulated PC's faults name them. */
function operationsOf(moments: readonly string[]) {
  const named = moments.map((name) => name.replace('credentials.has', 'credentials.list'));
  return operations.filter((operation) => named.includes(operation));
}

const layFaults = ({ file }: Stage, faults: SimulatedPc['faults']) =>
  changeSimulatedPc(file, (pc) => void Object.assign(pc, { faults }));

/** A run with faults that come once its plan is made; whoever signs in meets none. */
function runWith(stage: Stage, faults: SimulatedPc['faults']): Promise<Run> {
  const verify = async (): Promise<Verification> => {
    const { works, code } = signInVerdict(stage.read());
    return works ? { outcome: 'works' } : { outcome: 'fails', code };
  };
  return live(runHostOf(stage.machine, verify), 'run', stage.scenario, () => layFaults(stage, faults));
}

describe.each(scenarios)('an operation that fails until it is repaired ($name)', (scenario) => {
  it.each(['access-denied', 'disk-full'] as const)('with %s loses nothing', async (problem) => {
    const healthy = new Trouble();
    await troubled(await stageFor(scenario), 'run', healthy);
    for (const operation of operationsOf(healthy.moments)) {
      const stage = await stageFor(scenario);
      const run = await runWith(stage, [{ operation, problem }]);
      points += 1;
      expect(
        stage.read().log.some(({ outcome }) => outcome === problem),
        operation,
      ).toBe(true);
      if (failedSteps(run).length > 0)
        expect(failedSteps(run)).toMatchObject([{ problem: { kind: problem } }]);
      // Tried in vain, or in part, as the fault is still there.
      if (run.canUndo) await liveHere(stage, 'undo');
      expectSurvivors(stage);
      await layFaults(stage, []);
      await expectUndoable(stage, operation);
    }
  });
});

const tools = scenarioOf('flush-dns', 'AADSTS81010');
const remembered = scenarioOf('clear-identity-cache', 'AADSTS50020');
const beforeSignIn = scenarioOf('clear-identity-cache', '0x8004de96');
const relink = scenarioOf('relink-onedrive');

describe('what never ends', () => {
  it.each<[string, Scenario, RemedyId, Partial<SimulatedPc['faults'][number]>]>([
    ['ipconfig', tools, 'flush-dns', { match: 'ipconfig' }],
    ['klist', tools, 'purge-kerberos', { match: 'klist' }],
    ['dsregcmd', tools, 'refresh-device-token', { match: 'dsregcmd' }],
    ['OneDrive told to close', tools, 'restart-onedrive', { match: '/shutdown' }],
    ['OneDrive told to close before its reset', entriesAndReset, 'reset-onedrive', { match: '/shutdown' }],
    ['OneDrive’s reset', entriesAndReset, 'reset-onedrive', { match: '/reset' }],
    ['OneDrive’s reset before linking', relink, 'relink-onedrive', { match: '/reset' }],
    ['OneDrive told to close for its settings', beforeSignIn, 'clear-identity-cache', { match: '/shutdown' }],
    ['an app asked to close', remembered, 'clear-identity-cache', { operation: 'processes.close' }],
  ])('%s is stopped at its limit, and OneDrive runs after that', async (_, scenario, remedy, fault) => {
    const stage = await stageFor(scenario);
    const run = await runWith(stage, [{ operation: 'processes.run', hangs: true, times: 1, ...fault }]);
    expect(stage.read().log.some(({ outcome }) => outcome === 'hangs')).toBe(true);
    expect(failedSteps(run)).toMatchObject([{ remedy, problem: { kind: 'timed-out' } }]);
    // What is without danger does not keep the next step from being tried.
    expect(run.status).toBe(scenario === tools ? 'fixed' : 'failed');
    expectSurvivors(stage);
    await expectUndoable(stage, remedy);
    expectOneDriveAsBefore(stage, remedy);
  });
});
