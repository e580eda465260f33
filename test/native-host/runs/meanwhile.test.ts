/** What is not as the plan showed it when its run comes to it: left alone or not found, said, and nothing is lost. */
import { appendFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { ProblemKind } from '../../../common/problem.ts';
import type { RemedyId } from '../../../common/remedies.ts';
import type { RunStep } from '../../../common/run.ts';
import { changeSimulatedPc, type SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { live } from '../../harness/mortal/mortal-life.ts';
import { latestRun, liveHere, scenarioOf, stageFor } from '../../harness/mortal/mortal-process.ts';
import {
  belongings,
  expectAllBack,
  expectSurvivors,
  journalOf,
  linesOf,
} from '../../harness/mortal/mortal-run.ts';
import { entriesAndReset, type Scenario, storedEntries } from '../../harness/mortal/mortal-scenarios.ts';

// With limits that can be waited for.
vi.mock('../../../native-host/remedies/index.ts', () => import('../../harness/mortal/mortal-remedies.ts'));

const remembered = scenarioOf('clear-identity-cache', 'AADSTS50020');
const tools = scenarioOf('flush-dns', 'AADSTS81010');
const relink = scenarioOf('relink-onedrive');
const beforeSignIn = scenarioOf('clear-identity-cache', '0x8004de96');

type Change = (pc: SimulatedPc) => void;

/** A run of a PC that changes between plan and start. */
async function runAfter(scenario: Scenario, change: Change) {
  const stage = await stageFor(scenario);
  const run = await live(runHostOf(stage.machine), 'run', scenario, async () => {
    await changeSimulatedPc(stage.file, change);
    stage.before = stage.read();
  });
  return { stage, run };
}

const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';
const LOCAL = 'C:\\Users\\ada\\AppData\\Local\\Microsoft';
const entry = (pc: SimulatedPc) =>
  pc.credentials.find(({ target }) => target === 'OneDrive Cached Credential');
const values = (pc: SimulatedPc, key: string) => pc.registry.HKCU[key] ?? {};

describe('what changed since the plan was shown', () => {
  it.each<[string, Scenario, string, RunStep['skipped'][number]['because'], Change]>([
    [
      'an entry that was written anew',
      storedEntries,
      'OneDrive Cached Credential',
      'changed',
      (pc) => Object.assign(entry(pc) ?? {}, { secret: 'new', lastWritten: '2026-12-24T00:00:00.000Z' }),
    ],
    [
      'an entry that is gone',
      storedEntries,
      'OneDrive Cached Credential',
      'gone',
      (pc) => {
        pc.credentials = pc.credentials.filter((each) => each !== entry(pc));
      },
    ],
    [
      'a key with a value more',
      remembered,
      `HKCU\\${IDENTITY}\\Identities`,
      'changed',
      (pc) => {
        values(pc, `${IDENTITY}\\Identities\\ada_AD`).Later = { type: 'REG_DWORD', value: 1 };
      },
    ],
    [
      'a value of another type',
      remembered,
      `HKCU\\${IDENTITY}\\SignedOutADUser`,
      'changed',
      (pc) => {
        values(pc, IDENTITY).SignedOutADUser = { type: 'REG_EXPAND_SZ', value: 'ada' };
      },
    ],
    [
      'a folder in whose place is a link',
      remembered,
      `${LOCAL}\\OneAuth`,
      'changed',
      (pc) => {
        pc.files = pc.files.filter((file) => !JSON.stringify(file).includes('OneAuth'));
        pc.files.push({ path: `${LOCAL}\\OneAuth`, link: true });
      },
    ],
    [
      'a folder that is gone',
      remembered,
      `${LOCAL}\\OneAuth`,
      'gone',
      (pc) => {
        pc.files = pc.files.filter((file) => !JSON.stringify(file).includes('OneAuth'));
      },
    ],
  ])(
    '%s is left alone and said; the rest is done, and comes back',
    async (_, scenario, label, because, change) => {
      const { stage, run } = await runAfter(scenario, change);
      expect(run.steps[0]).toMatchObject({ status: 'done', skipped: [{ label, because }] });
      expect(belongings(stage.read())).not.toEqual(belongings(stage.before));
      expectSurvivors(stage);
      expect((await liveHere(stage, 'undo')).undone).toMatchObject({ conflicts: [], impossible: [] });
      expectAllBack(stage);
    },
  );
});

const exits =
  (tool: string, code: number | 'hangs'): Change =>
  ({ toolExit }) =>
    void Object.assign(toolExit, { [tool]: code });
const uninstalled: Change = ({ oneDrive }) => void Object.assign(oneDrive, { installed: null });

describe('a program', () => {
  it.each<[string, Scenario, RemedyId, ProblemKind, Change]>([
    ['OneDrive gone before its reset', entriesAndReset, 'reset-onedrive', 'onedrive-missing', uninstalled],
    ['OneDrive gone before it is linked', relink, 'relink-onedrive', 'onedrive-missing', uninstalled],
    [
      'OneDrive gone before its settings',
      beforeSignIn,
      'clear-identity-cache',
      'onedrive-missing',
      uninstalled,
    ],
    ['OneDrive gone before its restart', tools, 'restart-onedrive', 'onedrive-missing', uninstalled],
    [
      'a tool that is gone',
      tools,
      'purge-kerberos',
      'exe-failed',
      (pc) => void pc.missingTools.push('klist.exe'),
    ],
    ['a tool that fails', tools, 'flush-dns', 'exe-failed', exits('ipconfig.exe', 1)],
    [
      'a tool that fails with a large number',
      tools,
      'refresh-device-token',
      'exe-failed',
      exits('dsregcmd.exe', -1_073_741_510),
    ],
    ['a tool that never ends', tools, 'purge-kerberos', 'timed-out', exits('klist.exe', 'hangs')],
    [
      'OneDrive that does not close',
      entriesAndReset,
      'reset-onedrive',
      'timed-out',
      ({ oneDrive }) => void Object.assign(oneDrive, { shutdown: 'ignores' }),
    ],
    [
      'OneDrive that crashes when it is started',
      entriesAndReset,
      'reset-onedrive',
      'onedrive-not-back',
      ({ oneDrive }) => void Object.assign(oneDrive, { start: 'crashes' }),
    ],
    [
      'OneDrive in whose set-up nobody confirms',
      relink,
      'relink-onedrive',
      'timed-out',
      ({ oneDrive }) => void Object.assign(oneDrive, { setup: 'ignored' }),
    ],
  ])('%s is told by its step, and nothing is lost', async (_, scenario, remedy, kind, change) => {
    const { stage, run } = await runAfter(scenario, change);
    const failed = run.steps.filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject([{ remedy, problem: { kind } }]);
    // After a failure that is one step's own the next is tried, where nothing can be worse for it.
    const goesOn = scenario === tools && kind !== 'onedrive-missing';
    expect(run.status).toBe(goesOn ? 'fixed' : 'failed');
    expectSurvivors(stage);
    // As at the beginning: OneDrive is installed, and all is well with it.
    await changeSimulatedPc(stage.file, ({ oneDrive }) => {
      Object.assign(oneDrive, { installed: 'per-user', shutdown: 'exits', start: 'runs', setup: 'confirms' });
    });
    if (run.canUndo) expect((await liveHere(stage, 'undo')).status).toBe('undone');
    expectAllBack(stage);
  });
});

describe('a journal with lines that nobody can read', () => {
  it('says how many, and is finished and undone all the same', async () => {
    const stage = await stageFor(storedEntries);
    const { id } = await liveHere(stage, 'run');
    const journal = journalOf(stage).replace(/[^/\\]+(?=[/\\]journal\.jsonl$)/, id);
    expect(linesOf(journal)).toHaveLength(8);
    appendFileSync(journal, 'edited by hand\n{"type":"acted"}\n\n{"type":"undo","ti');
    expect(await latestRun(stage)).toMatchObject({ id, damaged: 2, status: 'fixed', canUndo: true });
    expect(await liveHere(stage, 'undo')).toMatchObject({ status: 'undone', damaged: 2 });
    expectAllBack(stage);
  });
});
