import { describe, expect, it } from 'vitest';
import { changeSimulatedPc, type SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { PLACE } from './remedy-on.ts';
import { LOCAL, paths, setUp, type Test } from './remembered-accounts.ts';

describe('a folder', () => {
  const oneAuth = (test: Test) => test.operation('\\OneAuth', 'oneauth');
  const inFolder = (test: Test) =>
    paths(test.read()).filter((path) => path.startsWith(`${LOCAL}\\OneAuth\\`));
  const make = ({ file }: Test, ...made: SimulatedPc['files']) =>
    changeSimulatedPc(file, ({ files }) => void files.push(...made));

  it('in use stays whole, and the trouble is told', async () => {
    const test = await setUp(({ files }) => {
      files.push({ path: `${LOCAL}\\OneAuth\\open.db`, inUse: true });
    });
    const { intent } = await oneAuth(test);
    const before = inFolder(test);
    await test.kept(intent);
    expect(await problemOf(test.act(intent))).toMatchObject({ kind: 'file-in-use' });
    expect(inFolder(test)).toEqual(before);
  });

  it('that is gone since the plan is gone; what is a link now is changed', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    await changeSimulatedPc(test.file, (pc) => {
      pc.files = [];
    });
    expect(await test.backup(intent)).toBe('gone');
    await make(test, { path: `${LOCAL}\\OneAuth`, link: true });
    expect(await test.backup(intent)).toBe('changed');
  });

  it('set aside before the run was cut off is not set aside twice, though an app made it anew', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    const earlier = await test.kept(intent);
    await test.act(intent);
    expect(await test.backup(intent, { earlier })).toEqual({ keep: earlier });
    await make(test, `${LOCAL}\\OneAuth\\new.db`);
    expect(await test.backup(intent, { earlier })).toEqual({ keep: earlier });
    await test.act(intent);
    expect(inFolder(test)).toEqual([`${LOCAL}\\OneAuth\\new.db`]);
    expect(await test.revert(intent, earlier)).toEqual({ result: 'conflict' });
    expect(inFolder(test)).toEqual([`${LOCAL}\\OneAuth\\new.db`]);
  });

  it('made anew gives way when it may be replaced, and lies in the quarantine then; as often as wanted', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    const before = inFolder(test);
    for (const newer of [[`${PLACE}-newer`], [`${PLACE}-newer`, `${PLACE}-newer-2`]]) {
      const backup = await test.kept(intent);
      await test.act(intent);
      await make(test, `${LOCAL}\\OneAuth\\new.db`);
      expect(await test.revert(intent, backup, true)).toEqual({ result: 'restored' });
      expect(inFolder(test).sort()).toEqual(before.sort());
      expect(Object.keys(test.read().quarantine)).toEqual(newer);
    }
  });

  it('is not put back over a link, whatever may be replaced', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    const backup = await test.kept(intent);
    await test.act(intent);
    await make(test, { path: `${LOCAL}\\OneAuth`, link: true });
    expect(await test.revert(intent, backup, true)).toEqual({ result: 'conflict' });
    expect(test.read().quarantine).toHaveProperty(PLACE);
  });

  it('whose copy was thrown away cannot come back', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    const backup = await test.kept(intent);
    await test.act(intent);
    await test.machine.files.forget(PLACE);
    expect(await test.revert(intent, backup)).toEqual({ result: 'impossible', why: 'backup-missing' });
  });

  it.each<[string, Json]>([
    ['a path', { place: '..\\..\\Documents' }],
    ['nothing', null],
  ])('whose backup names %s is not put back', async (_, backup) => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    expect(await test.revert(intent, backup, true)).toEqual({
      result: 'impossible',
      why: 'backup-unreadable',
    });
  });
});
