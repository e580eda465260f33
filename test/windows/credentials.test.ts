import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import type { RawCredential } from './inside/raw-credentials.ts';

const inside = 'test/windows/inside';
const id = '6f1c9a52-0d0f-4c7b-9a53-3d5f7a2f8c11';
const base64 = (text: string) => Buffer.from(text, 'utf16le').toString('base64');

/** The patterns of the Credential Manager of a PC with Office, and what is hard to store. */
const entries: RawCredential[] = [
  {
    target: 'OneDrive Cached Credential Business - Business1',
    user: id,
    comment: 'business',
    blob: base64('{"token":"t1"}'),
  },
  { target: 'OneDrive Cached Credential', user: 'ann@outlook.com', persist: 3, blob: base64('t2') },
  { target: `MicrosoftOffice16_Data:ADAL:${id}`, user: '', blob: base64('t3') },
  { target: `MicrosoftOffice16_Data:ADAL:${id}@@@1.000000`, blob: base64('t4') },
  { target: 'MicrosoftOffice15_Data:SSPI:ann@contoso.com', user: 'ann@contoso.com', blob: base64('t5') },
  { target: `LegacyGeneric:target=MicrosoftOffice16_Data:live:cid=${id}`, user: 'live', blob: base64('t6') },
  { target: 'SSO_POP_Device', user: '02abcdef', persist: 1, blob: base64('t7') },
  { target: 'MicrosoftAccount:target=SSO_POP_User', user: '02abcdef', blob: base64('t8') },
  { target: 'virtualapp/didlogical', user: '02abcdef', blob: base64('t9') },
  { target: 'git:https://github.com', user: 'ann', blob: base64('t10') },
  {
    target: 'OneDrive Cached Credential ñ 日本 \u{1F600}\u{10000}\u{2A6D6}\u{E0041}\u{10FFFD}',
    user: 'Ж\u{1F511}',
    comment: '\u{1D11E} ж',
    blob: base64('\u{1F512}'),
  },
  { target: 'an empty secret', user: 'nobody' },
  {
    target: 'every byte',
    blob: Buffer.from(Array.from({ length: 256 }, (_, index) => index)).toString('base64'),
  },
  { target: 'the largest secret', blob: randomBytes(2560).toString('base64') },
  { target: 'x'.repeat(200), user: 'u'.repeat(513), comment: 'c'.repeat(256), blob: base64('t11') },
  { target: 'server.example.com', type: 2, user: 'CONTOSO\\ann', blob: base64('password') },
];
const generic = entries.filter(({ type = 1 }) => type === 1);
const asStored = generic.map(({ target, user = '', comment = '', persist = 2, blob = '' }) => ({
  target,
  type: 1,
  user,
  comment,
  persist,
  blob,
}));
const named = (list: { target: string }[]) => list.map(({ target }) => target).sort();

let wine: Wine;
beforeAll(async () => {
  wine = await openWine();
});
afterAll(() => wine[Symbol.asyncDispose]());

async function result(script: string, files: Record<string, string> = {}) {
  const bundle = await wine.bundle(`${inside}/${script}`);
  const { code, stdout, stderr } = await wine.runNode(bundle, [], { files });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { stdout, document: JSON.parse(stdout) };
}

describe('the Credential Manager of Windows', () => {
  let out: Awaited<ReturnType<typeof result>>['document'];
  beforeAll(async () => {
    ({ document: out } = await result('credentials.ts', { 'entries.json': JSON.stringify(entries) }));
  });

  test('an empty store is an empty list', () => {
    expect(out.listedEmpty).toEqual([]);
  });

  test('lists every entry with type, user and time, and no secret', () => {
    expect(named(out.listed)).toEqual(named(entries));
    for (const entry of out.listed) {
      const source = entries.find(({ target }) => target === entry.target);
      expect(entry).toEqual({
        target: source?.target,
        type: source?.type === 2 ? 'domain-password' : 'generic',
        user: source?.user ?? '',
        lastWritten: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
      expect(Math.abs(Date.now() - Date.parse(entry.lastWritten))).toBeLessThan(10 * 60_000);
    }
  });

  test('a copy holds everything, and the secret nowhere in the clear', () => {
    expect(named(out.copies)).toEqual(named(generic));
    for (const [index, copy] of out.copies.entries()) {
      const { target, user, comment, persist, blob } = asStored[index] ?? {};
      expect(copy).toMatchObject({
        target,
        user,
        comment,
        persist,
        type: 'generic',
        flags: 0,
        attributes: [],
      });
      const secret = Buffer.from(copy.secret, 'base64');
      if (blob) expect(secret.includes(Buffer.from(blob, 'base64'))).toBe(false);
      if (blob) expect(JSON.stringify(copy)).not.toContain(blob);
    }
  });

  test('every copy can be read back, and copying changes nothing', () => {
    expect(out.readable).toEqual(generic.map(() => true));
    expect(out.before).toEqual(asStored);
    expect(out.unchanged).toEqual(asStored);
  });

  test('an entry is the same as its copy until anything but its time changes', () => {
    expect(out.same.untouched).toEqual(generic.map(() => true));
    expect(out.same.rewritten).toEqual(generic.map(() => true));
    expect(out.same.changed).toEqual({
      'another secret': false,
      'a longer secret': false,
      'no secret': false,
      'another user': false,
      'another comment': false,
      'another persistence': false,
      'nothing else': true,
    });
    expect(out.sameGone).toEqual(generic.map(() => false));
  });

  test('removes what it is told and nothing else', () => {
    expect(out.removed).toEqual(generic.map(() => true));
    expect(out.removedAgain).toBe(false);
    expect(out.protectedGone).toBeNull();
    expect(named(out.listedRemoved)).toEqual(['server.example.com']);
  });

  test('restores each entry to the last byte', () => {
    expect(out.after).toEqual(asStored);
    expect(named(out.listedRestored)).toEqual(named(entries));
    expect(out.domain).toMatchObject({ type: 2, user: 'CONTOSO\\ann' });
  });

  test('a damaged or foreign copy is unreadable, refused, and changes nothing', () => {
    expect(Object.keys(out.refused)).toHaveLength(16);
    for (const [name, outcome] of Object.entries(out.refused)) {
      expect({ name, outcome }).toEqual({
        name,
        outcome: { readable: false, restore: 'backup-unreadable', same: 'backup-unreadable' },
      });
    }
    expect(out.listedDamaged).toEqual(out.listedRemoved);
  });
});

test('attributes come back as they were, and are sealed like the secret', async () => {
  const { document, stdout } = await result('attributes.ts');
  const { before, copy, after, wiped, same } = document;
  expect(
    before.attributes.map(({ value }: { value: string }) => Buffer.from(value, 'base64').length),
  ).toEqual([13, 0, 256]);
  expect(after).toEqual(before);
  expect(copy.attributes).toHaveLength(3);
  for (const [index, attribute] of copy.attributes.entries()) {
    expect(attribute).toMatchObject({ keyword: `Microsoft_SyncClient_ADALContext${index}`, flags: index });
    expect(Buffer.from(attribute.value, 'base64').includes('token context')).toBe(false);
  }
  expect(stdout.includes('token context')).toBe(false);
  expect(same).toEqual({
    itself: true,
    flags: false,
    keyword: false,
    fewer: false,
    value: false,
    alias: false,
  });
  expect(Buffer.from(wiped.blob, 'base64')).toEqual(Buffer.alloc(6));
  expect(Buffer.from(wiped.attributes[0].value, 'base64')).toEqual(Buffer.alloc(13));
});
