import { describe, expect, it } from 'vitest';
import { changeSimulatedPc, samplePc } from '../../../native-host/machine/simulated/index.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { targets } from '../../harness/test-pc.ts';
import { A, B, INTENT, setUp, WRITTEN } from './stale-sign-ins.ts';

type Test = Awaited<ReturnType<typeof setUp>>;

const entry = ({ read }: Test, name = A) => read().credentials.find(({ target }) => target === name);

/** An app writes the entry anew. */
function renew({ file }: Test, name = A): Promise<void> {
  return changeSimulatedPc(file, ({ credentials }) => {
    const lastWritten = '2026-06-01T00:00:00.000Z';
    const renewed = { target: name, lastWritten, secret: 'renewed', stale: false };
    const there = credentials.find(({ target }) => target === name);
    const [like] = credentials;
    if (there) Object.assign(there, renewed);
    else if (like) credentials.push({ ...like, ...renewed });
  });
}

describe('one entry', () => {
  it('is copied, removed and put back, secret and all; doing it twice changes nothing', async () => {
    const test = await setUp();
    const { kept, act, revert, read, said } = test;
    const before = entry(test);
    const copy = await kept(INTENT);
    await act(INTENT);
    await act(INTENT);
    expect(targets(read())).not.toContain(A);
    expect(said[0]).toEqual({ id: 'removing', subject: A });
    expect(await revert(INTENT, copy)).toEqual({ result: 'restored' });
    expect({ ...entry(test), lastWritten: '' }).toEqual({ ...before, lastWritten: '' });
    expect(await revert(INTENT, copy)).toEqual({ result: 'already' });
  });

  it('that is gone has no copy', async () => {
    expect(await (await setUp()).backup({ target: 'MicrosoftOffice16_Data:nobody', lastWritten: '' })).toBe(
      'gone',
    );
  });

  it('that an app has written since the plan is changed, and is left to it', async () => {
    const test = await setUp();
    await renew(test);
    expect(await test.backup(INTENT)).toBe('changed');
    expect(await test.kept(INTENT, { asItIs: true })).toMatchObject({ target: A });
  });

  it('that came since is a conflict, and gives way when it may be replaced', async () => {
    const test = await setUp();
    const copy = await test.kept(INTENT);
    await test.act(INTENT);
    await renew(test);
    expect(await test.revert(INTENT, copy)).toEqual({ result: 'conflict' });
    expect(entry(test)).toMatchObject({ secret: 'renewed' });
    expect(await test.revert(INTENT, copy, true)).toEqual({ result: 'restored' });
    expect(entry(test)).toMatchObject({ stale: true });
  });

  it.each<[string, (test: Test) => Promise<unknown>, 'kept' | 'anew']>([
    ['untouched', async () => undefined, 'kept'],
    ['removed', ({ act }) => act(INTENT), 'kept'],
    ['written anew', renew, 'anew'],
  ])('that is %s when a run is finished after its copy was made', async (_, meanwhile, expected) => {
    const test = await setUp();
    const earlier = await test.kept(INTENT);
    await meanwhile(test);
    const made = await test.backup(INTENT, { earlier });
    if (expected === 'kept') expect(made).toBe('kept');
    else expect(made).toMatchObject({ keep: { target: A, lastWritten: '2026-06-01T00:00:00.000Z' } });
  });

  it('is copied anew where the earlier copy is of another entry, or none', async () => {
    const { backup, kept } = await setUp();
    const { lastWritten } = samplePc().credentials.find(({ target }) => target === B) ?? { lastWritten: '' };
    const other = await kept({ target: B, lastWritten });
    for (const earlier of [other, null, { target: A }]) {
      expect(await backup(INTENT, { earlier })).toMatchObject({ keep: { target: A } });
    }
  });

  it('without a readable copy is not to be removed', async () => {
    const faults = [{ operation: 'credentials.readable', problem: 'backup-unreadable' }] as const;
    const { backup } = await setUp({ ...samplePc(), faults: [...faults] });
    expect(await problemOf(backup(INTENT))).toMatchObject({ kind: 'backup-unreadable' });
  });

  it('is told from a domain password of the same name, which stays', async () => {
    const target = 'MicrosoftOffice16_Data:both';
    const credentials = [
      { target, secret: 'a' },
      { target, type: 'domain-password' },
    ] as const;
    const { operations, act, kept, revert, read } = await setUp({ credentials: [...credentials] });
    const [{ intent = null } = {}, ...more] = await operations();
    expect(more).toEqual([]);
    const copy = await kept(intent);
    await act(intent);
    expect(read().credentials).toMatchObject([{ target, type: 'domain-password' }]);
    expect(await revert(intent, copy)).toEqual({ result: 'restored' });
    expect(read().credentials).toHaveLength(2);
  });

  it('in another letter case counts as the same when it exists anew', async () => {
    const test = await setUp();
    const copy = await test.kept(INTENT);
    await test.act(INTENT);
    await renew(test, A.toUpperCase());
    expect(await test.revert(INTENT, copy)).toEqual({ result: 'conflict' });
    expect(targets(test.read())).toContain(A.toUpperCase());
  });

  it.each(['\u{10348}', '\u{1F511} \u{20BB7}', '\u{F0000}', '\u{E0101}', 'ß\u0301Ω', '\u200F\u202E'])(
    'with `%s` in its name is removed and put back',
    async (name) => {
      const target = `MicrosoftOffice16_Data:${name}`;
      const { operations, kept, act, revert, read } = await setUp({
        credentials: [{ target, secret: name }],
      });
      const [{ intent = null } = {}] = await operations();
      const copy = await kept(intent);
      await act(intent);
      expect(read().credentials).toEqual([]);
      await revert(intent, copy);
      expect(read().credentials).toMatchObject([{ target, secret: name }]);
    },
  );

  it('costs one call to copy, one to prove the copy, one to remove', async () => {
    const { machine, backup, act } = await setUp();
    const calls: string[] = [];
    const spied = Object.entries(machine.credentials).map(([name, call]) => [
      name,
      (...args: unknown[]) => {
        calls.push(name);
        return Reflect.apply(call, machine.credentials, args);
      },
    ]);
    Object.assign(machine, { credentials: Object.fromEntries(spied) });
    await backup(INTENT);
    await act(INTENT);
    expect(calls).toEqual(['protect', 'readable', 'remove']);
  });
});

describe('what is not on the list', () => {
  it.each([
    'MicrosoftAccount:target=SSO_POP_Device',
    'git:https://git.contoso.example',
    'WindowsLive:target=virtualapp/didlogical',
  ])('is neither copied, removed nor written: %s', async (target) => {
    const { backup, act, revert, read, machine } = await setUp();
    const before = read();
    const intent = { target, lastWritten: WRITTEN };
    const copy = { ...(await machine.credentials.protect(target)) } as Json;
    for (const attempt of [backup(intent), act(intent), revert(intent, copy), revert(intent, copy, true)]) {
      expect((await problemOf(attempt)).kind).toBe('item-unknown');
    }
    expect(read()).toEqual(before);
  });

  it.each<[string, Json]>([
    ['no object', 'x'],
    ['no name', {}],
    ['no time', { target: A }],
    ['a field more', { ...INTENT, force: true }],
    ['a list', { ...INTENT, target: [A] }],
  ])('in an intent that is %s does nothing', async (_, intent) => {
    const { act, read } = await setUp();
    await problemOf(act(intent));
    expect(targets(read())).toEqual(targets(samplePc()));
  });

  it.each<[string, (copy: Json) => Json]>([
    ['of another entry', (copy) => ({ ...(copy as object), target: B })],
    ['with a secret of another PC', (copy) => ({ ...(copy as object), secret: 'AQIDBA==' })],
    ['cut short', () => ({ target: A })],
    ['none at all', () => null],
  ])('in a copy that is %s is not put back', async (_, edit) => {
    const { kept, act, revert, deeds } = await setUp();
    const copy = await kept(INTENT);
    await act(INTENT);
    expect(await revert(INTENT, edit(copy), true)).toEqual({
      result: 'impossible',
      why: 'backup-unreadable',
    });
    expect(deeds()).toEqual([`credentials.remove ${A}`]);
  });
});
