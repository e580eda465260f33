import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ProtectedCredentialSchema } from '../../../../native-host/machine/credential-copy.ts';
import type { ProtectedCredential } from '../../../../native-host/machine/machine.ts';
import { changeSimulatedPc, type SimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { problem } from './calls.ts';

const oneDrive = 'OneDrive Cached Credential Business - Business1';
const pc: PcInput = {
  credentials: [
    {
      target: oneDrive,
      user: 'ada@contoso.example',
      comment: 'a comment',
      persist: 3,
      attributes: [{ keyword: 'Microsoft_OneDrive_CredentialCount', value: 'MQ==' }],
      lastWritten: '2026-03-02T08:14:31.000Z',
      secret: 'a token with ümläut',
      stale: true,
    },
    { target: 'bytes', secret: { base64: 'AAEC/w==' } },
    { target: 'files.contoso.example', type: 'domain-password', user: 'CONTOSO\\ada' },
  ],
};

async function copyOf(target: string, from = pc): Promise<ProtectedCredential> {
  const { machine } = await testPc(from);
  const copy = await machine.credentials.protect(target);
  if (!copy) throw new Error(`no entry ${target}`);
  return copy;
}

describe('list', () => {
  test('gives all entries in the order of the file, without secrets', async () => {
    const { machine } = await testPc(pc);
    const entries = await machine.credentials.list();
    expect(entries.map(({ target }) => target)).toEqual([oneDrive, 'bytes', 'files.contoso.example']);
    expect(Object.keys(entries[0] ?? {})).toEqual(['target', 'type', 'user', 'lastWritten']);
  });
});

describe('protect', () => {
  test('gives a whole copy whose secret cannot be seen in it', async () => {
    const copy = await copyOf(oneDrive);
    expect(v.parse(ProtectedCredentialSchema, copy)).toMatchObject({
      target: oneDrive,
      comment: 'a comment',
      persist: 3,
      attributes: [{ keyword: 'Microsoft_OneDrive_CredentialCount', flags: 0, value: 'MQ==' }],
    });
    expect(JSON.stringify(copy)).not.toContain('a token');
  });

  test('finds the entry in any letter case', async () => {
    expect((await copyOf(oneDrive.toUpperCase())).target).toBe(oneDrive);
  });

  test.each(['not there', 'files.contoso.example'])('gives nothing for %s', async (target) => {
    const { machine } = await testPc(pc);
    expect(await machine.credentials.protect(target)).toBeUndefined();
  });
});

describe('remove and restore', () => {
  test.each([oneDrive, 'bytes'])('bring %s back as it was, written now', async (target) => {
    const { machine, read } = await testPc(pc);
    const before = read().credentials.find((entry) => entry.target === target);
    const copy = await copyOf(target);
    expect(await machine.credentials.remove(target)).toBe(true);
    expect(read().credentials.map((entry) => entry.target)).not.toContain(target);
    const start = new Date().toISOString();
    await machine.credentials.restore(copy);
    const after = read().credentials.find((entry) => entry.target === target);
    expect(after).toEqual({ ...before, lastWritten: after?.lastWritten });
    expect((after?.lastWritten ?? '') >= start).toBe(true);
  });

  test('make sign-in work, and fail again', async () => {
    const { machine } = await testPc(pc);
    const copy = await copyOf(oneDrive);
    expect(await machine.signInWorks()).toEqual({ works: false, code: 'AADSTS50173' });
    await machine.credentials.remove(oneDrive);
    expect(await machine.signInWorks()).toEqual({ works: true, code: 'AADSTS50173' });
    await machine.credentials.restore(copy);
    expect(await machine.signInWorks()).toEqual({ works: false, code: 'AADSTS50173' });
  });

  test('overwrite the entry that has the name', async () => {
    const { machine, read } = await testPc({ credentials: [{ target: 'BYTES', secret: 'newer' }] });
    await machine.credentials.restore(await copyOf('bytes'));
    expect(read().credentials).toMatchObject([{ target: 'bytes', secret: { base64: 'AAEC/w==' } }]);
  });

  test('say false for what is not there, and for a password of the domain', async () => {
    const { machine, read } = await testPc(pc);
    expect(await machine.credentials.remove('not there')).toBe(false);
    expect(await machine.credentials.remove('files.contoso.example')).toBe(false);
    expect(read().credentials).toHaveLength(3);
  });
});

describe('same', () => {
  const again = async (change: (entry: SimulatedPc['credentials'][number]) => void = () => undefined) => {
    const { machine, file } = await testPc(pc);
    const copy = await copyOf(oneDrive);
    await machine.credentials.remove(oneDrive);
    await machine.credentials.restore(copy);
    await changeSimulatedPc(file, ({ credentials }) => credentials.forEach(change));
    return machine.credentials.same(copy);
  };

  test('is what was put back, whenever it was written', async () => {
    expect(await again()).toBe(true);
  });

  test.each<[string, Partial<SimulatedPc['credentials'][number]>]>([
    ['secret', { secret: 'a newer token' }],
    ['user', { user: 'grace@contoso.example' }],
    ['comment', { comment: 'another' }],
    ['persistence', { persist: 2 }],
    ['attributes', { attributes: [] }],
  ])('is not an entry with another %s', async (_name, change) => {
    expect(await again((entry) => void Object.assign(entry, change))).toBe(false);
  });

  test('is nothing where nothing is', async () => {
    const { machine } = await testPc({});
    expect(await machine.credentials.same(await copyOf(oneDrive))).toBe(false);
  });

  test('cannot be told of a copy that cannot be read', async () => {
    const { machine } = await testPc(pc);
    const copy = { ...(await copyOf(oneDrive)), secret: 'AAAA' };
    await expect(machine.credentials.same(copy)).rejects.toEqual(problem('backup-unreadable'));
  });
});

describe('a copy that this PC did not make', () => {
  const spoilt: [string, Partial<ProtectedCredential>][] = [
    ['from real Windows', { secret: Buffer.from([1, 0, 0, 0, 0xd0, 0x8c]).toString('base64') }],
    ['cut short', { secret: Buffer.from('simulated:{"secret":').toString('base64') }],
    ['of another shape', { secret: Buffer.from('simulated:{"secret":1}').toString('base64') }],
    ['with a persistence that Windows does not have', { persist: 9 }],
  ];

  test.each(spoilt)('%s is not put back', async (_name, change) => {
    const { machine, read } = await testPc({});
    const copy = { ...(await copyOf('bytes')), ...change };
    await expect(machine.credentials.restore(copy)).rejects.toEqual(problem('backup-unreadable'));
    expect(read().credentials).toEqual([]);
  });

  test.each(spoilt.slice(0, 3))('%s is not readable', async (_name, change) => {
    const { machine } = await testPc({});
    const copy = await copyOf('bytes');
    expect(await machine.credentials.readable(copy)).toBe(true);
    expect(await machine.credentials.readable({ ...copy, ...change })).toBe(false);
  });
});
