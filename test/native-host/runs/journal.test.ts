import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { RunSchema } from '../../../common/contract.ts';
import { RecordSchema } from '../../../native-host/runs/records.ts';
import { advance, firstState } from '../../../native-host/runs/state.ts';
import {
  BACKUP_DAYS,
  expireBackups,
  Journal,
  listRuns,
  loadRun,
  newRunId,
} from '../../../native-host/runs/store.ts';
import {
  expectAllBack,
  expectAllRemoved,
  expectSurvivors,
  type Life,
  liveRun,
} from '../../harness/mortal-run.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { runHostOf } from '../../harness/run-host.ts';
import { beginOf, RUN_ID } from '../../harness/run-records.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const journalOf = ({ runs }: Pick<Life, 'runs'>) => join(runs, RUN_ID, 'journal.jsonl');
const backupsOf = ({ runs }: Pick<Life, 'runs'>) => join(runs, RUN_ID, 'backups.jsonl');
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const writeLines = (path: string, lines: readonly string[]) =>
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));

async function undo({ machine }: Pick<Life, 'machine'>) {
  const { host, ended } = runHostOf(machine);
  return ended(host.undo(RUN_ID));
}

/** The run that whole lines add up to. */
function foldOf(bytes: Buffer) {
  const lines = bytes.toString().split('\n').filter(Boolean);
  const [begin, ...rest] = lines.map((line) => v.parse(RecordSchema, JSON.parse(line)));
  if (begin?.type !== 'begin') throw new Error('no begin');
  const state = firstState(begin);
  for (const record of rest) advance(state, record);
  return state.run;
}

describe('a journal cut off at any byte', () => {
  it('reads as if the line that was not finished had never been begun', async () => {
    const life = await liveRun(true);
    const bytes = readFileSync(journalOf(life));
    const begun = bytes.indexOf(0x0a) + 1;
    let tried = 0;
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(journalOf(life), bytes.subarray(0, length));
      const whole = bytes.lastIndexOf(0x0a, length - 1) + 1;
      if (length < begun) {
        expect((await problemOf(loadRun(life.runs, RUN_ID))).kind, `${length} bytes`).toBe('run-unknown');
        continue;
      }
      const loaded = await loadRun(life.runs, RUN_ID);
      expect(loaded.length, `${length} bytes`).toBe(whole);
      expect(loaded.state.run, `${length} bytes`).toEqual(foldOf(bytes.subarray(0, whole)));
      tried += 1;
    }
    expect(tried).toBe(bytes.length - begun + 1);
  });

  it('goes on with a whole line after the last whole one', async () => {
    const life = await liveRun(false);
    const path = journalOf(life);
    const lines = linesOf(path);
    truncateSync(path, statSync(path).size - 5);
    const journal = await Journal.reopen(life.runs, RUN_ID);
    await journal.add({ type: 'undo', time: '2026-11-22T12:00:00.000Z' });
    await journal.close();
    expect(linesOf(path)).toEqual([
      ...lines.slice(0, -1),
      '{"type":"undo","time":"2026-11-22T12:00:00.000Z"}',
    ]);
  });

  it('in its first line is no run: not in the history, and in nobody’s way', async () => {
    const life = await liveRun(false);
    const { host } = runHostOf(life.machine);
    const later = join(life.runs, '20271122T120000-0a1b2c3d');
    mkdirSync(later);
    writeFileSync(join(later, 'journal.jsonl'), '{"type":"begin","for');
    expect((await host.history()).map(({ id }) => id)).toEqual([RUN_ID]);
    // The run before it, cut off by hand, is the one to be decided on.
    writeLines(journalOf(life), linesOf(journalOf(life)).slice(0, -1));
    expect(await host.current()).toMatchObject({ id: RUN_ID, status: 'interrupted' });
  });
});

describe('a journal with any one line damaged', () => {
  it('still shows a run, or none, and its undo brings everything back', async () => {
    const count = linesOf(journalOf(await liveRun(false))).length;
    for (let at = 0; at < count; at++) {
      for (const damage of ['', '{', '{"type":"acted","step":-1}', '{"type":"invented"}', '\u0000\u0000']) {
        const life = await liveRun(false);
        writeLines(
          journalOf(life),
          linesOf(journalOf(life)).map((line, index) => (index === at ? damage || ' ' : line)),
        );
        if (at === 0) {
          expect((await problemOf(undo(life))).kind).toBe('run-unknown');
          expectSurvivors(life);
          continue;
        }
        v.parse(RunSchema, (await loadRun(life.runs, RUN_ID)).state.run);
        expect((await undo(life)).status, `line ${at} damaged`).toBe('undone');
        expectAllBack(life);
      }
    }
  });

  it('can be finished and then undone all the same where it shows as interrupted', async () => {
    const count = linesOf(journalOf(await liveRun(false))).length;
    let interrupted = 0;
    for (let at = 1; at < count; at++) {
      const life = await liveRun(false);
      // Killed before its end, and one line of what was written damaged.
      writeLines(
        journalOf(life),
        linesOf(journalOf(life))
          .slice(0, -1)
          .filter((_, index) => index !== at),
      );
      const { host, ended } = runHostOf(life.machine);
      expect(await host.current()).toMatchObject({ status: 'interrupted' });
      expect((await ended(host.finish(RUN_ID))).status).toBe('fixed');
      expectAllRemoved(life);
      expect((await undo(life)).status).toBe('undone');
      expectAllBack(life);
      interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(5);
  });
});

describe('a journal edited by hand', () => {
  it('cannot widen the allow-list: neither finish nor undo touches another entry', async () => {
    const life = await liveRun(false);
    const [begin = '', ...rest] = linesOf(journalOf(life));
    const evil = begin.replaceAll('OneDrive Cached Credential', 'git:https://git.contoso.example');
    expect(evil).not.toBe(begin);
    writeLines(journalOf(life), [evil]);
    const { host, ended } = runHostOf(life.machine);
    expect((await ended(host.finish(RUN_ID))).status).toBe('failed');
    expectSurvivors(life);
    writeLines(journalOf(life), [evil, ...rest]);
    expect((await undo(life)).undone).toMatchObject({
      impossible: ['git:https://git.contoso.example'],
      restored: 1,
    });
    expectSurvivors(life);
  });

  it('is no run of another id', async () => {
    const life = await liveRun(false);
    const other = '20261122T120000-ffffffff';
    mkdirSync(join(life.runs, other));
    writeFileSync(join(life.runs, other, 'journal.jsonl'), readFileSync(journalOf(life)));
    expect((await problemOf(loadRun(life.runs, other))).kind).toBe('run-unknown');
  });

  it.each([
    '../x',
    '..',
    '.',
    '',
    'x',
    '/etc',
    'C:\\x',
    `${RUN_ID}/../x`,
    `${RUN_ID}\n`,
    RUN_ID.toUpperCase(),
    `${RUN_ID}x`,
  ])('is not looked for under the id `%s`', async (id) => {
    const life = await liveRun(false);
    const { host } = runHostOf(life.machine);
    for (const attempt of [loadRun(life.runs, id), host.undo(id), host.finish(id)]) {
      expect((await problemOf(attempt)).kind).toBe('run-unknown');
    }
  });
});

describe('backups', () => {
  it('that are missing cannot be undone, and are not promised', async () => {
    const life = await liveRun(false);
    rmSync(backupsOf(life));
    expect((await loadRun(life.runs, RUN_ID)).state.run.canUndo).toBe(false);
    expect((await problemOf(undo(life))).kind).toBe('nothing-to-undo');
  });

  it('that are missing or damaged are made anew before a run that was cut off goes on', async () => {
    for (const spoil of [(path: string) => rmSync(path), (path: string) => writeFileSync(path, '{}\n')]) {
      const life = await liveRun(false);
      // Back to where all was backed up and nothing done yet.
      const upTo = linesOf(journalOf(life)).findIndex((line) => line.includes('backed-up'));
      writeLines(journalOf(life), linesOf(journalOf(life)).slice(0, upTo + 1));
      const restored = runHostOf(life.machine);
      await restored.ended(restored.host.undo(RUN_ID));
      expectAllBack(life);
      writeLines(journalOf(life), linesOf(journalOf(life)).slice(0, upTo + 1));
      spoil(backupsOf(life));
      const { host, ended } = runHostOf(life.machine);
      expect((await ended(host.finish(RUN_ID))).status).toBe('fixed');
      expectAllRemoved(life);
      expect((await undo(life)).undone).toMatchObject({ restored: 2, impossible: [] });
      expectAllBack(life);
    }
  });

  it.each<[string, (line: string) => string]>([
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
    ['nothing', () => ''],
  ])(
    'that were tampered with (%s) come back as impossible, and the others as they were',
    async (_, tamper) => {
      const life = await liveRun(false);
      const [first = '', ...others] = linesOf(backupsOf(life));
      expect(tamper(first)).not.toBe(first);
      writeLines(backupsOf(life), [tamper(first), ...others]);
      expect((await undo(life)).undone).toEqual({
        restored: 1,
        already: 0,
        conflicts: [],
        impossible: ['OneDrive Cached Credential'],
      });
      expectSurvivors(life);
      expect(life.read().credentials).toHaveLength(life.before.credentials.length - 1);
    },
  );

  it('expire after thirty days, and the history stays', async () => {
    const life = await liveRun(false);
    const written = Date.UTC(2026, 0, 1);
    utimesSync(backupsOf(life), written / 1000, written / 1000);
    const day = 86_400_000;
    expect(await expireBackups(life.runs, new Date(written + BACKUP_DAYS * day - 1))).toBe(0);
    expect(existsSync(backupsOf(life))).toBe(true);
    expect(await expireBackups(life.runs, new Date(written + BACKUP_DAYS * day))).toBe(1);
    expect(existsSync(backupsOf(life))).toBe(false);
    expect(await runHostOf(life.machine).host.history()).toMatchObject([
      { id: RUN_ID, status: 'fixed', canUndo: false },
    ]);
    expect(await expireBackups(life.runs, new Date(written + 99 * day))).toBe(0);
  });

  it('expire when the next run begins', async () => {
    const life = await liveRun(false);
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
    expect((await host.history()).map(({ id, canUndo }) => [id, canUndo])).toEqual(
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
    const life = await liveRun(false);
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
