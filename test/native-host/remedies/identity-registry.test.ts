import { describe, expect, it } from 'vitest';
import { changeSimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { dword, IDENTITY, ONEDRIVE, setUp, type Test } from './remembered-accounts.ts';

describe('a registry key', () => {
  const identities = (test: Test) => test.operation('\\Identities', 'identity-key');

  it.each<[string, (test: Test) => Promise<unknown>, string]>([
    [
      'gone',
      ({ file }) => changeSimulatedPc(file, (pc) => void Object.assign(pc.registry, { HKCU: {} })),
      'gone',
    ],
    ['changed', ({ write }) => write(`${IDENTITY}\\Identities\\new`, { a: dword(1) }), 'changed'],
  ])('that is %s since the plan is told so', async (_, meanwhile, expected) => {
    const test = await setUp();
    const { intent } = await identities(test);
    await meanwhile(test);
    expect(await test.backup(intent)).toBe(expected);
  });

  it('is copied as it is when it is to give way', async () => {
    const test = await setUp();
    const { intent } = await identities(test);
    await test.write(`${IDENTITY}\\Identities\\new`, { a: dword(1) });
    expect(JSON.stringify(await test.kept(intent, { asItIs: true }))).toContain('"new"');
  });

  it('whose removal was cut off keeps its first copy, and is put back from a part', async () => {
    const test = await setUp();
    const { intent } = await identities(test);
    const before = test.identity();
    const earlier = await test.kept(intent);
    await changeSimulatedPc(test.file, ({ registry }) => {
      for (const [key, values] of Object.entries(registry.HKCU)) {
        if (key.includes('\\Identities\\')) delete values.FriendlyName;
      }
    });
    expect(await test.backup(intent, { earlier })).toBe('kept');
    expect(await test.revert(intent, earlier)).toEqual({ result: 'restored' });
    expect(test.identity()).toEqual(before);
    await test.act(intent);
    expect(await test.backup(intent, { earlier })).toBe('kept');
  });

  it('whose removal was cut off and to which an app has added keeps both', async () => {
    const test = await setUp();
    const { intent } = await identities(test);
    const earlier = await test.kept(intent);
    await test.act(intent);
    await test.write(`${IDENTITY}\\Identities\\new`, { a: dword(1) });
    const both = JSON.stringify(await test.kept(intent, { earlier }));
    expect(both).toContain('"new"');
    expect(both).toContain('"FriendlyName"');
  });

  it('that came since is a conflict, and gives way when it may be replaced', async () => {
    const test = await setUp();
    const { intent } = await identities(test);
    const before = test.identity();
    const copy = await test.kept(intent);
    await test.act(intent);
    await test.write(`${IDENTITY}\\Identities\\new`, { a: dword(1) });
    expect(await test.revert(intent, copy)).toEqual({ result: 'conflict' });
    expect(test.identity()).toHaveProperty([`${IDENTITY}\\Identities\\new`]);
    expect(await test.revert(intent, copy, true)).toEqual({ result: 'restored' });
    expect(test.identity()).toEqual(before);
  });

  it.each<[string, Json]>([
    ['nothing', null],
    ['another key', { name: 'Profiles', values: [], keys: [] }],
    ['a value cut short', { name: 'Identities', values: [{ name: 'a', type: 1 }], keys: [] }],
  ])('whose backup holds %s is not put back', async (_, backup) => {
    const test = await setUp();
    const { intent } = await identities(test);
    await test.act(intent);
    const before = test.read().registry;
    expect(await test.revert(intent, backup, true)).toEqual({
      result: 'impossible',
      why: 'backup-unreadable',
    });
    expect(test.read().registry).toEqual(before);
  });
});

describe('a registry value', () => {
  it.each([
    ['\\Version', 'identity-key', IDENTITY, 'Version'],
    ['Timestamp', 'unrecoverable-mark', ONEDRIVE, 'OneAuthUnrecoverableTimestamp'],
  ] as const)(
    '%s is gone, changed, kept, in conflict and replaced as a key is',
    async (end, part, key, name) => {
      const test = await setUp();
      const { intent } = await test.operation(end, part);
      const value = () => test.read().registry.HKCU[key]?.[name];
      const before = value();
      const copy = await test.kept(intent);
      expect(await test.backup(intent, { earlier: copy })).toBe('kept');
      expect(await test.revert(intent, copy)).toEqual({ result: 'already' });
      await test.act(intent);
      expect(await test.backup(intent)).toBe('gone');
      expect(await test.backup(intent, { earlier: copy })).toBe('kept');
      await test.write(key, { [name]: { type: 'REG_SZ', value: 'new' } });
      expect(await test.backup(intent)).toBe('changed');
      expect(await test.kept(intent, { earlier: copy })).not.toEqual(copy);
      expect(await test.kept(intent, { asItIs: true })).not.toEqual(copy);
      expect(await test.revert(intent, copy)).toEqual({ result: 'conflict' });
      expect(await test.revert(intent, { ...(copy as object), name: 'NoDomainUser' }, true)).toEqual({
        result: 'impossible',
        why: 'backup-unreadable',
      });
      expect(await test.revert(intent, copy, true)).toEqual({ result: 'restored' });
      expect(value()).toEqual(before);
    },
  );
});
