import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BACKUP_DAYS } from '../../../common/policy.ts';
import { expireBackups, Journal, listRuns, loadRun, newRunId } from '../../../native-host/runs/store.ts';
import { runHostOf, undoOn } from '../../harness/host/run-host.ts';
import { Fate } from '../../harness/mortal/fate.ts';
import {
  backupsOf,
  expectAllBack,
  expectAllRemoved,
  expectSurvivors,
  journalOf,
  linesOf,
  liveRun,
  writeLines,
} from '../../harness/mortal/mortal-run.ts';
import { storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { beginOf, RUN_ID } from '../../harness/run-records.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

describe('backups', () => {
  it('that are missing cannot be undone, and are not promised', async () => {
    const life = await liveRun(storedEntries);
    rmSync(backupsOf(life));
    expect((await loadRun(life.runs, RUN_ID)).state.run.canUndo).toBe(false);
    expect((await problemOf(undoOn(life))).kind).toBe('nothing-to-undo');
  });

  it('that are missing or damaged are made anew before a run that was cut off goes on', async () => {
    for (const spoil of [(path: string) => rmSync(path), (path: string) => writeFileSync(path, '{}\n')]) {
      // Killed where all was backed up and nothing removed yet.
      const { moments } = (await liveRun(storedEntries)).fate;
      const life = await liveRun(storedEntries, new Fate(moments.indexOf('credentials.remove')));
      expectAllBack(life);
      spoil(backupsOf(life));
      const { host, ended } = runHostOf(life.machine);
      expect((await ended(host.finish(RUN_ID))).status).toBe('fixed');
      expectAllRemoved(life);
      expect((await undoOn(life)).undone).toMatchObject({ restored: 2, impossible: [] });
      expectAllBack(life);
    }
  });

  it.each<[string, (line: string) => string, why?: 'backup-missing' | 'backup-unreadable']>([
    [
      'another entry’s name',
      (line) => line.replaceAll('OneDrive Cached Credential', 'git:https://git.contoso.example'),
    ],
    [
      'another secret',
      (line) => line.replace(/"secret":"[^"]*"/, `"secret":"${Buffer.from('evil').toString('base64')}"`),
    ],
    ['no secret', (line) => line.replace(/,"secret":"[^"]*"/, '')],
    ['a field more', (line) => line.replace('"target":', '"command":"x","target":')],
    ['a text', () => '{"step":0,"operation":0,"backup":"x"}'],
    ['nothing', () => '', 'backup-missing'],
  ])(
    'that were tampered with (%s) come back as impossible, and the others as they were',
    async (_, tamper, why = 'backup-unreadable') => {
      const life = await liveRun(storedEntries);
      const [first = '', ...others] = linesOf(backupsOf(life));
      expect(tamper(first)).not.toBe(first);
      writeLines(backupsOf(life), [tamper(first), ...others]);
      expect((await undoOn(life)).undone).toEqual({
        restored: 1,
        already: 0,
        conflicts: [],
        impossible: [{ label: 'OneDrive Cached Credential', why }],
      });
      expectSurvivors(life);
      expect(life.read().credentials).toHaveLength(life.before.credentials.length - 1);
    },
  );

  it('expire after thirty days, and the history stays', async () => {
    const life = await liveRun(storedEntries);
    const written = Date.UTC(2026, 0, 1);
    utimesSync(backupsOf(life), written / 1000, written / 1000);
    const day = 86_400_000;
    expect(await expireBackups(life.machine, life.runs, new Date(written + BACKUP_DAYS * day - 1))).toBe(0);
    expect(existsSync(backupsOf(life))).toBe(true);
    expect(await expireBackups(life.machine, life.runs, new Date(written + BACKUP_DAYS * day))).toBe(1);
    expect(existsSync(backupsOf(life))).toBe(false);
    expect((await runHostOf(life.machine).host.past.history()).runs).toMatchObject([
      { id: RUN_ID, status: 'fixed', canUndo: false },
    ]);
    expect(await expireBackups(life.machine, life.runs, new Date(written + 99 * day))).toBe(0);
  });

  it('expire when the next run begins', async () => {
    const life = await liveRun(storedEntries);
    utimesSync(backupsOf(life), 0, 0);
    const { host, ended } = runHostOf(life.machine);
    // A later entry, so that there is something to do.
    const copy = await life.machine.credentials.protect('git:https://git.contoso.example');
    if (copy) await life.machine.credentials.restore({ ...copy, target: 'MicrosoftOffice15_Data:later' });
    const { plan } = await host.plan({
      code: 'AADSTS50173',
      category: 'local',
      time: new Date().toISOString(),
    });
    const chosen = plan.steps.map(({ remedy, items }) => ({ remedy, items: items.map(({ id }) => id) }));
    const run = await ended(host.start(plan.id, chosen));
    expect(existsSync(backupsOf(life))).toBe(false);
    expect((await host.past.history()).runs.map(({ id, canUndo }) => [id, canUndo])).toEqual(
      [
        [RUN_ID, false],
        [run.id, true],
      ]
        .sort()
        .reverse(),
    );
  });
});

describe('the files of a run', () => {
  it('are for their user’s eyes only', async () => {
    const life = await liveRun(storedEntries);
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect([life.machine.stateFolder, life.runs, join(life.runs, RUN_ID)].map(mode)).toEqual([
      '700',
      '700',
      '700',
    ]);
    expect(readdirSync(join(life.runs, RUN_ID)).sort()).toEqual(['backups.jsonl', 'journal.jsonl']);
    expect([journalOf(life), backupsOf(life)].map(mode)).toEqual(['600', '600']);
  });
});

describe('run ids', () => {
  it('sort by time and are found, newest first; nothing else in the folder is', async () => {
    const runs = join(temporaryFolder(), 'runs');
    expect(await listRuns(runs)).toEqual([]);
    const times = ['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:06.000Z', '2026-11-30T23:59:59.999Z'];
    const ids = times.map((time) => newRunId(new Date(time)));
    for (const id of ids) await (await Journal.create(runs, { ...beginOf(1), id })).close();
    for (const name of ['x', '..data', `${RUN_ID}.bak`]) mkdirSync(join(runs, name));
    expect(await listRuns(runs)).toEqual([...ids].reverse());
  });
});
