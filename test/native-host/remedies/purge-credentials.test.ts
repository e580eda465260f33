import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../common/contract.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { purgeCredentials } from '../../../native-host/remedies/purge-credentials.ts';
import type { Json } from '../../../native-host/remedies/remedy.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { type PcInput, SAMPLE_STALE, targets, testPc } from '../../harness/test-pc.ts';

const [A = ''] = SAMPLE_STALE;

async function setUp(pc?: PcInput) {
  const test = await testPc(pc);
  const said: Activity[] = [];
  const context = {
    signal: new AbortController().signal,
    report: (activity: Activity) => void said.push(activity),
  };
  const { machine } = test;
  return {
    ...test,
    said,
    preview: () => purgeCredentials.preview(machine),
    backup: (intent: Json) => purgeCredentials.backup(machine, intent),
    act: (intent: Json) => purgeCredentials.act(machine, intent, context),
    revert: (intent: Json, backup: Json) => purgeCredentials.revert(machine, intent, backup),
  };
}

describe('preview', () => {
  it('shows names and users, never secrets', async () => {
    const preview = await (await setUp()).preview();
    if (preview.state !== 'ready') throw new Error(preview.state);
    expect(preview.operations.map(({ item }) => item.label)).toEqual(SAMPLE_STALE);
    expect(preview.operations[0]?.item).toMatchObject({
      kind: 'credential',
      detail: 'ada@contoso.example',
      optional: true,
    });
    expect(JSON.stringify(preview)).not.toMatch(/stale|token|password/i);
  });

  it('has nothing to change where nothing is on the list', async () => {
    const { preview } = await setUp({ credentials: samplePc().credentials.filter(({ stale }) => !stale) });
    expect(await preview()).toEqual({ state: 'nothing-to-change' });
  });
});

describe('one entry', () => {
  it('is copied, removed and put back, secret and all; doing it twice changes nothing', async () => {
    const { backup, act, revert, read, said } = await setUp();
    const before = read().credentials.find(({ target }) => target === A);
    const copy = await backup({ target: A });
    if (copy === 'gone') throw new Error('gone');
    await act({ target: A });
    await act({ target: A });
    expect(targets(read())).not.toContain(A);
    expect(said[0]).toEqual({ id: 'removing', subject: A });
    expect(await revert({ target: A }, copy)).toBe('restored');
    const after = read().credentials.find(({ target }) => target === A);
    expect({ ...after, lastWritten: '' }).toEqual({ ...before, lastWritten: '' });
    expect(await revert({ target: A }, copy)).toBe('conflict');
  });

  it('that is gone has no copy', async () => {
    expect(await (await setUp()).backup({ target: 'MicrosoftOffice16_Data:nobody' })).toBe('gone');
  });

  it('is told from a domain password of the same name, which stays', async () => {
    const target = 'MicrosoftOffice16_Data:both';
    const credentials = [
      { target, secret: 'a' },
      { target, type: 'domain-password' },
    ] as const;
    const { act, backup, revert, read } = await setUp({ credentials: [...credentials] });
    const copy = await backup({ target });
    await act({ target });
    expect(read().credentials).toMatchObject([{ target, type: 'domain-password' }]);
    expect(copy).not.toBe('gone');
    expect(await revert({ target }, copy as Json)).toBe('restored');
    expect(read().credentials).toHaveLength(2);
  });

  it('in another letter case counts as the same when it exists anew', async () => {
    const { backup, act, revert, read, machine } = await setUp();
    const copy = await backup({ target: A });
    await act({ target: A });
    const other = await machine.credentials.protect('git:https://git.contoso.example');
    if (other) await machine.credentials.restore({ ...other, target: A.toUpperCase() });
    expect(await revert({ target: A }, copy as Json)).toBe('conflict');
    expect(targets(read())).toContain(A.toUpperCase());
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
    const copy = (await machine.credentials.protect(target)) as unknown as Json;
    for (const attempt of [backup({ target }), act({ target }), revert({ target }, copy)]) {
      expect((await problemOf(attempt)).kind).toBe('item-unknown');
    }
    expect(read()).toEqual(before);
  });

  it.each<[string, Json]>([
    ['no object', 'x'],
    ['no name', {}],
    ['a field more', { target: A, force: true }],
    ['a list', { target: [A] }],
  ])('in an intent that is %s does nothing', async (_, intent) => {
    const { act, read } = await setUp();
    await problemOf(act(intent));
    expect(targets(read())).toEqual(targets(samplePc()));
  });

  it('in a copy of another name is not put back', async () => {
    const { backup, revert, read } = await setUp();
    const copy = await backup({ target: A });
    expect(await revert({ target: SAMPLE_STALE[1] ?? '' }, copy as Json)).toBe('impossible');
    expect(targets(read())).toEqual(targets(samplePc()));
  });
});
