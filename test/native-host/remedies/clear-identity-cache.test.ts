import { describe, expect, it } from 'vitest';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import type { Json, Operation } from '../../../native-host/remedies/remedy.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { PLACE } from './remedy-on.ts';
import {
  dword,
  FILE,
  IDENTITY,
  LOCAL,
  ONEDRIVE,
  type Parts,
  paths,
  setUp,
  type Test,
} from './remembered-accounts.ts';

/** What an engine does: all backups, then all acts. */
async function carryOut(test: Test, operations: readonly Operation[]): Promise<Json[]> {
  const backups: Json[] = [];
  for (const [index, { intent }] of operations.entries()) {
    backups.push(await test.kept(intent, { place: `${PLACE}${index}` }));
  }
  for (const [index, { intent }] of operations.entries()) {
    await test.act(intent, { place: `${PLACE}${index}` });
  }
  return backups;
}

/** Undoes them, the last first; gives the results in that order. */
async function undo(test: Test, operations: readonly Operation[], backups: readonly Json[]) {
  const results: string[] = [];
  for (const [index, { intent }] of [...operations.entries()].reverse()) {
    results.push((await test.revert(intent, backups[index] ?? null)).result);
  }
  return results;
}

describe('all of it', () => {
  const everything: Parts = ['identity-key', 'oneauth', 'pre-sign-in', 'unrecoverable-mark'];

  it('is taken away and comes back as it was; what is done twice changes nothing', async () => {
    const test = await setUp((pc) => {
      // Whatever a key can hold: no type, texts without an end, numbers of a wrong length, a type of nobody's.
      pc.registry.HKCU[`${IDENTITY}\\Identities\\odd \u{1F511}/\u{20BB7}`] = {
        '': { type: 1, data: 'YQ==' },
        none: { type: 0, data: 'AQI=' },
        half: { type: 4, data: 'AQ==' },
        nobody: { type: 0xffff_0012, data: 'AAEC' },
        many: { type: 'REG_MULTI_SZ', value: ['a', '', 'b'] },
        great: { type: 'REG_QWORD', value: '18446744073709551615' },
        'back\\slash': { type: 'REG_EXPAND_SZ', value: '%A%\u0000b' },
      };
    });
    const before = test.read();
    const operations = await test.operations({ identity: everything });
    const backups = await carryOut(test, operations);
    const after = test.read();
    expect(test.identity()).toEqual({ [IDENTITY]: { EnableADAL: dword(1) } });
    expect(after.registry.HKCU[ONEDRIVE]).not.toHaveProperty('OneAuthUnrecoverableTimestamp');
    expect(paths(after).filter((path) => /OneAuth|IdentityCache|PreSignIn/.test(path))).toEqual([]);
    expect(test.runs()).toBe(true);

    for (const [index, { intent }] of operations.entries()) {
      await test.act(intent, { place: `${PLACE}${index}` });
    }
    expect(test.read().registry).toEqual(after.registry);

    const results = await undo(test, operations, backups);
    expect(results.filter((result) => result === 'restored')).toHaveLength(operations.length - 2);
    const undone = test.read();
    expect(undone.registry).toEqual(before.registry);
    expect(paths(undone).sort()).toEqual(expect.arrayContaining(paths(before).sort()));
    expect(undone.quarantine).toEqual({});
    expect(test.runs()).toBe(true);
    expect(new Set(await undo(test, operations, backups))).toEqual(new Set(['already']));
  });
});

describe('an open app', () => {
  const open = (onClose: 'exits' | 'asks') => (pc: SimulatedPc) => {
    pc.processes.push({ pid: 1, image: 'OUTLOOK.EXE', onClose });
  };

  it('is asked to close, and stays closed at the undo', async () => {
    const test = await setUp(open('exits'));
    const { intent } = await test.operation('Outlook', 'oneauth');
    const backup = await test.kept(intent);
    await test.act(intent);
    await test.act(intent);
    expect(test.deeds()).toEqual(['processes.close OUTLOOK.EXE']);
    expect(test.said).toEqual([{ id: 'closing-app', subject: 'Outlook' }]);
    expect(await test.revert(intent, backup)).toEqual({ result: 'already' });
    expect(test.deeds()).toHaveLength(1);
  });

  it('that asks whether to save is named, and not ended', async () => {
    const test = await setUp(open('asks'));
    const { intent } = await test.operation('Outlook', 'identity-key');
    expect(await problemOf(test.act(intent))).toEqual({ kind: 'app-open', detail: 'Outlook' });
    expect(test.read().processes).toContainEqual({ pid: 1, image: 'OUTLOOK.EXE', onClose: 'asks' });
  });
});

describe('what OneDrive keeps', () => {
  it('is set aside while OneDrive is closed, and put back while it is closed', async () => {
    const test = await setUp();
    const operations = await test.operations({ identity: ['pre-sign-in'] });
    const backups = await carryOut(test, operations);
    await undo(test, operations, backups);
    const exe = `${LOCAL}\\OneDrive\\OneDrive.exe`;
    expect(test.deeds()).toEqual([
      `processes.run ${exe} /shutdown`,
      `files.setAside ${FILE}`,
      `processes.launch ${exe} /background`,
      `processes.run ${exe} /shutdown`,
      `files.putBack ${FILE}`,
      `processes.launch ${exe} /background`,
    ]);
  });

  it.each<[string, SimulatedPc['faults'][number], Parts]>([
    ['the file', { operation: 'files.setAside', problem: 'file-in-use' }, ['pre-sign-in']],
    ['the mark', { operation: 'registry.removeValue', problem: 'access-denied' }, ['unrecoverable-mark']],
  ])('is left with OneDrive running when %s cannot be taken away', async (_, fault, identity) => {
    const test = await setUp((pc) => {
      pc.faults = [fault];
    });
    const operations = await test.operations({ identity });
    expect(await problemOf(carryOut(test, operations))).toMatchObject({ kind: fault.problem });
    expect(test.runs()).toBe(true);
  });

  it('is not touched when OneDrive does not close', async () => {
    const test = await setUp((pc) => {
      pc.oneDrive.shutdown = 'ignores';
    });
    const operations = await test.operations({ identity: ['pre-sign-in'] });
    expect(await problemOf(carryOut(test, operations))).toMatchObject({ kind: 'timed-out' });
    expect(paths(test.read())).toContain(FILE);
  });
});

describe('an intent that was edited', () => {
  const print = 'a'.repeat(64);

  it.each<[string, Json]>([
    ['a key elsewhere', { do: 'remove-key', office: '16.0', name: '..\\..\\Word', print }],
    ['a key below a key', { do: 'remove-key', office: '16.0', name: 'Identities\\a', print }],
    ['the whole key', { do: 'remove-key', office: '16.0', name: '', print }],
    ['a name that ends early', { do: 'remove-key', office: '16.0', name: 'Identities\0a', print }],
    ['another Office', { do: 'remove-key', office: '16.0\\Word', name: 'Identities', print }],
    ['a setting', { do: 'remove-value', office: '16.0', name: 'enableadal', print }],
    ['another value of OneDrive', { do: 'remove-mark', name: 'Version', print }],
    ['another folder', { do: 'set-aside', what: 'Documents' }],
    ['a path', { do: 'set-aside', what: 'oneauth', path: 'C:\\Users\\ada\\Documents' }],
    ['another app', { do: 'close-app', image: 'explorer.exe' }],
    ['another program', { do: 'start-onedrive', place: 'C:\\evil.exe' }],
    ['another deed', { do: 'delete', office: '16.0', name: 'Identities', print }],
  ])('to name %s changes nothing', async (_, intent) => {
    const { act, backup, revert, read } = await setUp();
    const before = read();
    const copy = { name: 'x', values: [], keys: [] };
    for (const attempt of [backup(intent), act(intent), revert(intent, copy, true)]) {
      expect((await problemOf(attempt)).kind).toBe('internal');
    }
    expect(read()).toEqual(before);
  });
});
