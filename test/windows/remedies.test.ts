/** The remedies of the host as it ships that command OneDrive and Windows’ tools, on Wine's own processes and registry. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HistorySchema } from '../../common/history.ts';
import { waitFor } from '../harness/wait-for.ts';
import {
  EMAILS,
  emailsOf,
  type LinkedPc,
  openLinkedPc,
  SETUPS,
  STARTED,
} from '../harness/wine/wine-linked.ts';
import { treeAt } from '../harness/wine/wine-tree.ts';

let pc: LinkedPc;
beforeAll(async () => {
  pc = await openLinkedPc();
});
afterAll(() => pc[Symbol.asyncDispose]());

const only = (remedy: string) => ['--only', remedy, '--yes'];
const works = [
  { proof: 'sign-in', outcome: 'unknown' },
  { proof: 'onedrive', outcome: 'works' },
  { proof: 'onedrive-file', outcome: 'works', subject: 'Budget.xlsx' },
];
const sinceOf = (keys: Awaited<ReturnType<LinkedPc['accounts']>>) =>
  Object.values(keys).map(({ values }) => values.ClientFirstSignInTimestamp?.data);
const RUNNING = [expect.stringMatching(STARTED)];

describe('Windows’ own tools', () => {
  const toldFile = () => join(pc.wine.folder, 'told.txt');

  test.each([
    ['flush-dns', 'ipconfig.exe /flushdns'],
    ['purge-kerberos', 'klist.exe purge'],
    ['refresh-device-token', 'dsregcmd.exe /refreshprt'],
  ])('%s runs %s', async (remedy, line) => {
    await rm(toldFile(), { force: true });
    const { code, run } = await pc.run('fix', 'AADSTS50173', ...only(remedy));
    expect({ code, status: run.status, steps: run.steps }).toMatchObject({
      code: 3,
      status: 'unverified',
      steps: [{ remedy, status: 'done', done: 1, canUndo: false }],
    });
    expect(await readFile(toldFile(), 'utf8')).toBe(`${line}\n`);
    const undone = await pc.document('undo', run.id, '--yes');
    expect(undone).toMatchObject({ code: 0, document: { problem: { kind: 'nothing-to-undo' } } });
  });

  test('one that fails is told with its code', async () => {
    await writeFile(join(pc.wine.folder, 'codes.json'), JSON.stringify({ klist: 3_221_225_473 }));
    const { code, run } = await pc.run('fix', 'AADSTS50173', ...only('purge-kerberos'));
    await rm(join(pc.wine.folder, 'codes.json'));
    expect({ code, status: run.status, steps: run.steps }).toMatchObject({
      code: 1,
      status: 'failed',
      steps: [
        {
          status: 'failed',
          problem: { kind: 'exe-failed', detail: 'klist.exe purge ended with code 3221225473' },
        },
      ],
    });
  });

  test('one that is not there is left out', async () => {
    await rm(join(pc.wine.prefix, 'drive_c', 'windows', 'system32', 'klist.exe'));
    const { document } = await pc.document('plan', 'AADSTS50173', '--only', 'purge-kerberos');
    expect(document.leftOut).toEqual([{ remedy: 'purge-kerberos', because: 'tool-missing' }]);
  });
});

describe('OneDrive', () => {
  beforeEach(() => pc.linkAndStart());

  test('is restarted: told to close, seen gone, started', async () => {
    const [before] = await pc.programs('OneDrive.exe');
    await pc.behave({ shutdown: 'slow' });
    const { code, run } = await pc.run('fix', '0x8004deb4', ...only('restart-onedrive'));
    expect({ code, status: run.status, steps: run.steps }).toMatchObject({
      code: 3,
      status: 'unverified',
      steps: [{ status: 'done', verification: { proofs: works } }],
    });
    expect(before).toBeDefined();
    expect(await pc.oneDriveTold(2)).toEqual(['/shutdown', '/background']);
    expect(await pc.programs('OneDrive.exe')).toEqual(RUNNING);
    expect(emailsOf(await pc.accounts())).toEqual(EMAILS);
  });

  test('is reset, runs, and its accounts are linked anew by an undo', async () => {
    const { code, run } = await pc.run('fix', '0x8004de85', ...only('reset-onedrive'));
    // Nobody has signed in to OneDrive yet.
    expect({ code, status: run.status, steps: run.steps }).toMatchObject({
      code: 3,
      status: 'needs-user',
      steps: [{ status: 'done', done: 3, total: 3, undo: 'partial', canUndo: true }],
    });
    expect(await pc.oneDriveTold(3)).toEqual(['/shutdown', '/reset', '/background']);
    expect(await pc.programs('OneDrive.exe')).toEqual(RUNNING);
    expect(await pc.accounts()).toEqual({});

    const undone = await pc.run('undo', run.id, '--yes');
    expect({ code: undone.code, undone: undone.run.undone }).toEqual({
      code: 1,
      undone: {
        restored: 2,
        already: 0,
        conflicts: [],
        impossible: [{ label: 'OneDrive', why: 'no-undo' }],
      },
    });
    expect((await pc.oneDriveTold(2)).sort()).toEqual(SETUPS);
    await waitFor(async () => emailsOf(await pc.accounts()).length === 2, 'both accounts to be linked');
    expect(emailsOf(await pc.accounts())).toEqual(EMAILS);
  });

  test('is linked anew: reset, and its set-up opened for each account', async () => {
    const before = await pc.accounts();
    const { code, run } = await pc.run('fix', '0x8004de80', ...only('relink-onedrive'));
    expect({ code, status: run.status, steps: run.steps }).toMatchObject({
      code: 3,
      status: 'unverified',
      steps: [{ status: 'done', done: 3, verification: { proofs: works } }],
    });
    const told = await pc.oneDriveTold(5);
    expect(told.slice(0, 2)).toEqual(['/shutdown', '/reset']);
    expect(told.slice(2).sort()).toEqual(['/background', ...SETUPS]);
    const after = await pc.accounts();
    expect(emailsOf(after)).toEqual(EMAILS);
    expect(sinceOf(after)).not.toEqual(sinceOf(before));
    expect(await treeAt(pc.userFolder)).toEqual({
      'Budget.xlsx': Buffer.from('numbers').toString('base64'),
    });

    const undone = await pc.run('undo', run.id, '--yes');
    expect(undone).toMatchObject({ code: 1, run: { undone: { restored: 0, already: 2 } } });
    expect(await pc.oneDriveTold(0)).toEqual([]);
    expect(await pc.accounts()).toEqual(after);
  });

  test('waits for the person, and meanwhile another host is told that a run is going on', async () => {
    await pc.behave({ setup: 'nobody' });
    await pc.arrange({ credentials: [{ target: 'OneDrive Cached Credential', blob: 'AAEC' }] });
    const first = await pc.begin('fix', '0x8004de80', ...only('relink-onedrive'), '--json');
    await pc.oneDriveTold(4);
    const second = await pc.document('fix', 'AADSTS50173', ...only('purge-credentials'));
    expect(second).toMatchObject({ code: 4, document: { problem: { kind: 'run-busy' } } });
    expect(await pc.document('undo', '--yes')).toMatchObject({
      code: 4,
      document: { problem: { kind: 'run-busy' } },
    });
    const status = await pc.document('status');
    expect(status).toMatchObject({ code: 0, document: { run: { status: 'running' } } });
    expect((await pc.arrange({})).credentials).toHaveLength(1);

    await writeFile(join(pc.oneDrive, 'confirmed'), '');
    const { code, stdout } = await first.finished;
    await rm(join(pc.oneDrive, 'confirmed'));
    expect({ code, run: JSON.parse(stdout) }).toMatchObject({
      code: 3,
      run: { id: status.document.run.id, status: 'unverified' },
    });
    const third = await pc.run('fix', 'AADSTS50173', ...only('purge-credentials'));
    expect(third.run.steps).toMatchObject([{ status: 'done', done: 1 }]);
  });
});

describe('history', () => {
  test('has every run with its steps and ends, newest first, and is deleted with all backups', async () => {
    const { document } = await pc.document('history');
    const past = v.parse(HistorySchema, document);
    const times = past.runs.map(({ startedAt }) => startedAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(past.runs.flatMap(({ steps }) => steps.map(({ remedy }) => remedy)))).toEqual(
      new Set([
        'flush-dns',
        'purge-kerberos',
        'refresh-device-token',
        'restart-onedrive',
        'purge-credentials',
        'reset-onedrive',
        'relink-onedrive',
      ]),
    );
    const cleared = await pc.document('history', '--clear', '--yes');
    expect(cleared).toEqual({ code: 0, document: { runs: [], incidents: [], recurrences: [] } });
    expect(await readdir(join(pc.localAppData, 'Signin Rescue', 'runs'))).toEqual([]);
  });
});
