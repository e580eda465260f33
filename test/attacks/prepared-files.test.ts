/** Journals, backups and other files of the state folder that somebody else has written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAX_TO_BROWSER } from '../../common/contract.ts';
import type { RepairId } from '../../common/remedies.ts';
import { readCache } from '../../native-host/checks/endpoints/endpoint-cache.ts';
import { readIncidents } from '../../native-host/runs/history.ts';
import { connect } from '../harness/host/connection.ts';
import { runHostOf } from '../harness/host/run-host.ts';
import { failure, RUN_ID, TIME } from '../harness/run-records.ts';
import { type TestPc, testPc } from '../harness/test-pc.ts';

const write = (path: string, lines: readonly (string | object)[]) =>
  writeFileSync(
    path,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );

interface Planted {
  remedy: RepairId;
  /** Intents, as JSON or as the text of it. */
  intents: readonly (string | object)[];
  records?: readonly (string | object)[];
  backups?: readonly (string | object)[];
  label?: string;
}

/** A PC on which somebody has put a run that was cut off. */
async function planted({
  remedy,
  intents,
  records = [],
  backups = [],
  label = 'x',
}: Planted): Promise<TestPc> {
  const test = await testPc();
  const folder = join(test.machine.stateFolder, 'runs', RUN_ID);
  mkdirSync(folder, { recursive: true });
  const operations = intents.map((intent) => `{"label":"${label}","intent":${asText(intent)}}`).join(',');
  const steps = `[{"remedy":"${remedy}","undo":"full","operations":[${operations}]}]`;
  const begin = JSON.stringify({ type: 'begin', format: 1, id: RUN_ID, failure, steps: [], time: TIME });
  write(join(folder, 'journal.jsonl'), [begin.replace('"steps":[]', `"steps":${steps}`), ...records]);
  write(join(folder, 'backups.jsonl'), backups);
  return test;
}

const asText = (thing: string | object) => (typeof thing === 'string' ? thing : JSON.stringify(thing));
const print = '0'.repeat(64);
const acted = [
  { type: 'step', step: 0, time: TIME },
  { type: 'backed-up', step: 0, gone: [] },
  { type: 'acted', step: 0, operation: 0 },
];

const nothingKept = { step: 0, operation: 0, backup: null };

describe('a prepared run', () => {
  it.each<[string, RepairId, string | object]>([
    ['an entry of another program', 'purge-credentials', { target: 'git:https://x', lastWritten: TIME }],
    ['a device’s entry', 'purge-credentials', { target: 'virtualapp/didlogical', lastWritten: TIME }],
    ['a folder by its path', 'clear-identity-cache', { do: 'set-aside', what: 'C:\\Users\\ada\\Documents' }],
    ['a folder beside ours', 'clear-identity-cache', { do: 'set-aside', what: '../../Documents' }],
    ['a key elsewhere', 'clear-identity-cache', { do: 'remove-key', office: '16.0', name: 'a\\b', print }],
    ['a key above', 'clear-identity-cache', { do: 'remove-key', office: '..\\..', name: 'Run', print }],
    [
      'an organisation’s value',
      'clear-identity-cache',
      { do: 'remove-value', office: '16.0', name: 'EnableADAL', print },
    ],
    ['a program to close', 'clear-identity-cache', { do: 'close-app', image: 'explorer.exe' }],
    ['a program to start', 'restart-onedrive', { do: 'restart', place: 'C:\\evil' }],
    ['a command', 'flush-dns', { run: 'format C:' }],
    ['a server', 'reset-onedrive', { do: 'reset', place: 'per-user', server: 'evil.example', accounts: [] }],
    ['a field too many', 'flush-dns', { run: 'flush-dns', exe: 'C:\\evil.exe' }],
    ['a prototype', 'flush-dns', '{"__proto__":{"run":"flush-dns"}}'],
    ['a prototype beside it', 'restart-onedrive', '{"do":"restart","__proto__":{"place":"per-user"}}'],
  ])('that names %s changes nothing, finished or undone', async (_, remedy, intent) => {
    const cutOff = await planted({ remedy, intents: [intent], records: acted.slice(0, 1) });
    const whole = await planted({ remedy, intents: [intent], records: acted, backups: [nothingKept] });
    const before = [cutOff.read(), whole.read()];
    const [first, second] = [runHostOf(cutOff.machine), runHostOf(whole.machine)];
    const { steps } = await first.ended(first.host.finish(RUN_ID));
    expect(steps).toMatchObject([{ status: 'failed' }]);
    const { undone } = await second.ended(second.host.undo({ runId: RUN_ID }));
    expect(undone).toMatchObject({ restored: 0, impossible: [{ label: 'x' }] });
    expect([cutOff.read(), whole.read()]).toEqual(before);
  });
});

describe('a prepared backup', () => {
  const oneAuth = { do: 'set-aside', what: 'oneauth' };
  const identity = { do: 'remove-key', office: '16.0', name: 'Identities', print };
  const entry = { target: 'OneDrive Cached Credential', lastWritten: TIME };
  const deep = `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`;
  const elsewhere = { name: '..\\..\\..\\Run', values: [], keys: [] };

  it.each<[string, RepairId, object, string | object]>([
    ['a path', 'clear-identity-cache', oneAuth, { place: '../../Documents' }],
    ['a path of Windows', 'clear-identity-cache', oneAuth, { place: 'C:\\Windows' }],
    ['a place that is not there', 'clear-identity-cache', oneAuth, { place: 'x' }],
    ['another key', 'clear-identity-cache', identity, { name: 'Run', values: [], keys: [] }],
    ['a key that leads elsewhere', 'clear-identity-cache', identity, elsewhere],
    [
      'a value that is none',
      'clear-identity-cache',
      identity,
      { name: 'Identities', values: [{}], keys: [] },
    ],
    ['another entry', 'purge-credentials', entry, { target: 'git:https://x', secret: '', type: 'generic' }],
    ['nothing but a prototype', 'purge-credentials', entry, '{"__proto__":{"target":"x"}}'],
    ['what is nested without end', 'clear-identity-cache', identity, deep],
  ])('that holds %s is not put back', async (_, remedy, intent, backup) => {
    const backups = [`{"step":0,"operation":0,"backup":${asText(backup)}}`];
    const { machine, read } = await planted({ remedy, intents: [intent], records: acted, backups });
    const before = read();
    const { host, ended } = runHostOf(machine);
    const { undone } = await ended(host.undo({ runId: RUN_ID }));
    expect(undone).toMatchObject({ restored: 0, conflicts: [] });
    expect(read()).toEqual(before);
  });
});

describe('what is prepared', () => {
  it('changes no prototype, wherever it lies', async () => {
    const evil = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
    const { machine } = await planted({
      ...{ remedy: 'flush-dns', intents: [evil], records: [evil] },
      backups: [evil, `{"step":0,"operation":0,"backup":${evil}}`],
    });
    for (const name of ['incidents.jsonl', 'endpoints.json']) write(join(machine.stateFolder, name), [evil]);
    const { host } = runHostOf(machine);
    expect((await host.past.history()).runs).toHaveLength(1);
    expect([await readIncidents(machine), (await readCache(machine.stateFolder)).lists]).toEqual([[], {}]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('may be nested without end: the history is still read', async () => {
    const deep = '['.repeat(200_000);
    const { machine } = await planted({
      remedy: 'flush-dns',
      intents: [{ run: 'flush-dns' }],
      records: [deep],
    });
    write(join(machine.stateFolder, 'incidents.jsonl'), [deep + ']'.repeat(200_000)]);
    expect((await runHostOf(machine).host.past.history()).runs).toMatchObject([{ id: RUN_ID, damaged: 1 }]);
  });

  it('may have names without end: a browser is told what it can take', async () => {
    const records = [{ type: 'backed-up', step: 0, gone: [0] }];
    const label = 'x'.repeat(MAX_TO_BROWSER);
    const { machine } = await planted({
      remedy: 'flush-dns',
      intents: [{ run: 'flush-dns' }],
      records,
      label,
    });
    const { run } = await connect(machine).client.hello();
    expect(run?.steps[0]?.skipped).toEqual([{ label: 'x'.repeat(500), because: 'gone' }]);
  });
});
