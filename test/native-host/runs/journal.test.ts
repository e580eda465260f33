import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { RunSchema } from '../../../common/run.ts';
import { RecordSchema } from '../../../native-host/runs/records.ts';
import { advance, firstState } from '../../../native-host/runs/state.ts';
import { Journal, loadRun } from '../../../native-host/runs/store.ts';
import { runHostOf, undoOn } from '../../harness/host/run-host.ts';
import {
  expectAllBack,
  expectAllRemoved,
  expectSurvivors,
  journalOf,
  linesOf,
  liveRun,
  writeLines,
} from '../../harness/mortal/mortal-run.ts';
import { entriesAndReset, storedEntries } from '../../harness/mortal/mortal-scenarios.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { RUN_ID } from '../../harness/run-records.ts';

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
    const life = await liveRun(entriesAndReset);
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
    const life = await liveRun(storedEntries);
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
    const life = await liveRun(storedEntries);
    const { host } = runHostOf(life.machine);
    const later = join(life.runs, '20271122T120000-0a1b2c3d');
    mkdirSync(later);
    writeFileSync(join(later, 'journal.jsonl'), '{"type":"begin","for');
    expect((await host.past.history()).runs.map(({ id }) => id)).toEqual([RUN_ID]);
    // The run before it, cut off by hand, is the one to be decided on.
    writeLines(journalOf(life), linesOf(journalOf(life)).slice(0, -1));
    expect(await host.past.current()).toMatchObject({ id: RUN_ID, status: 'interrupted' });
  });
});

describe('a journal with any one line damaged', () => {
  it('still shows a run, or none, and its undo brings everything back', async () => {
    const count = linesOf(journalOf(await liveRun(storedEntries))).length;
    for (let at = 0; at < count; at++) {
      for (const damage of ['', '{', '{"type":"acted","step":-1}', '{"type":"invented"}', '\u0000\u0000']) {
        const life = await liveRun(storedEntries);
        writeLines(
          journalOf(life),
          linesOf(journalOf(life)).map((line, index) => (index === at ? damage || ' ' : line)),
        );
        if (at === 0) {
          expect((await problemOf(undoOn(life))).kind).toBe('run-unknown');
          expectSurvivors(life);
          continue;
        }
        v.parse(RunSchema, (await loadRun(life.runs, RUN_ID)).state.run);
        expect((await undoOn(life)).status, `line ${at} damaged`).toBe('undone');
        expectAllBack(life);
      }
    }
  });

  it('can be finished and then undone all the same where it shows as interrupted', async () => {
    const count = linesOf(journalOf(await liveRun(storedEntries))).length;
    let interrupted = 0;
    for (let at = 1; at < count; at++) {
      const life = await liveRun(storedEntries);
      // Killed before its end, and one line of what was written damaged.
      writeLines(
        journalOf(life),
        linesOf(journalOf(life))
          .slice(0, -1)
          .filter((_, index) => index !== at),
      );
      const { host, ended } = runHostOf(life.machine);
      expect(await host.past.current()).toMatchObject({ status: 'interrupted' });
      expect((await ended(host.finish(RUN_ID))).status).toBe('fixed');
      expectAllRemoved(life);
      expect((await undoOn(life)).status).toBe('undone');
      expectAllBack(life);
      interrupted += 1;
    }
    expect(interrupted).toBeGreaterThan(5);
  });
});

describe('a journal edited by hand', () => {
  it('cannot widen the allow-list: neither finish nor undo touches another entry', async () => {
    const life = await liveRun(storedEntries);
    const [begin = '', ...rest] = linesOf(journalOf(life));
    const evil = begin.replaceAll('OneDrive Cached Credential', 'git:https://git.contoso.example');
    expect(evil).not.toBe(begin);
    writeLines(journalOf(life), [evil]);
    const { host, ended } = runHostOf(life.machine);
    expect((await ended(host.finish(RUN_ID))).status).toBe('failed');
    expectSurvivors(life);
    writeLines(journalOf(life), [evil, ...rest]);
    expect((await undoOn(life)).undone).toMatchObject({
      impossible: [{ label: 'git:https://git.contoso.example' }],
      restored: 1,
    });
    expectSurvivors(life);
  });

  it('is no run of another id', async () => {
    const life = await liveRun(storedEntries);
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
    const life = await liveRun(storedEntries);
    const { host } = runHostOf(life.machine);
    // Even where somebody has put a journal that calls itself so.
    const planted = join(life.runs, id, 'journal.jsonl');
    mkdirSync(join(life.runs, id), { recursive: true });
    const quoted = JSON.stringify(id).slice(1, -1);
    writeFileSync(
      planted,
      readFileSync(journalOf(life), 'utf8').replaceAll(RUN_ID, () => quoted),
    );
    for (const attempt of [loadRun(life.runs, id), host.undo({ runId: id }), host.finish(id)]) {
      expect((await problemOf(attempt)).kind).toBe('run-unknown');
    }
  });
});
