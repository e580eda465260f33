/** Everything done to real credentials in one start of Wine; prints what came out as one JSON document. */
import { readFileSync } from 'node:fs';
import type { ProtectedCredential } from '../../../native-host/machine/machine.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { problemOf } from './problem-of.ts';
import { type RawCredential, readRaw, writeRaw } from './raw-credentials.ts';

const { credentials } = await createWindowsMachine();
const entries: RawCredential[] = JSON.parse(readFileSync('entries.json', 'utf8'));
const targets = entries.filter(({ type = 1 }) => type === 1).map(({ target }) => target);

const listedEmpty = await credentials.list();
for (const entry of entries) writeRaw(entry);
const listed = await credentials.list();
const before = targets.map((target) => readRaw(target));

const copies: ProtectedCredential[] = [];
for (const target of targets) {
  const copy = await credentials.protect(target);
  // Through a file, as in a backup.
  if (copy) copies.push(JSON.parse(JSON.stringify(copy)));
}
const readable = await Promise.all(copies.map((copy) => credentials.readable(copy)));
const unchanged = targets.map((target) => readRaw(target));

const allSame = () => Promise.all(copies.map((copy) => credentials.same(copy)));
const same = {
  untouched: await allSame(),
  rewritten: [] as boolean[],
  changed: {} as Record<string, boolean>,
};
// The time of writing is all that differs then.
for (const entry of entries) writeRaw(entry);
same.rewritten = await allSame();
const [original = { target: '' }] = entries;
const changes: Record<string, Partial<RawCredential>> = {
  'another secret': {
    blob: Buffer.from(original.blob ?? '', 'base64')
      .reverse()
      .toString('base64'),
  },
  'a longer secret': { blob: Buffer.from(`${original.blob}x`).toString('base64') },
  'no secret': { blob: '' },
  'another user': { user: 'someone' },
  'another comment': { comment: 'other' },
  'another persistence': { persist: 3 },
  'nothing else': {},
};
for (const [name, change] of Object.entries(changes)) {
  writeRaw({ ...original, ...change });
  same.changed[name] = (await allSame())[0] ?? false;
}

const removed: boolean[] = [];
for (const target of targets) removed.push(await credentials.remove(target));
const removedAgain = await credentials.remove(targets[0] ?? '');
const sameGone = await allSame();
const protectedGone = await credentials.protect(targets[0] ?? '');
const listedRemoved = await credentials.list();

const [first, second] = copies;
if (!first || !second) throw new Error('no copies');
const flipped = Buffer.from(first.secret, 'base64');
flipped[flipped.length - 5] = (flipped[flipped.length - 5] ?? 0) ^ 1;
const damaged: Record<string, unknown> = {
  'a bit of the secret': { ...first, secret: flipped.toString('base64') },
  'half of the secret': { ...first, secret: flipped.subarray(0, 60).toString('base64') },
  'no secret at all': { ...first, secret: '' },
  'the secret of another': { ...first, secret: second.secret },
  'another target': { ...first, target: 'git:https://example.com' },
  'another user': { ...first, user: 'someone@example.com' },
  'an attribute more': { ...first, attributes: [{ keyword: 'k', flags: 0, value: first.secret }] },
  'an unknown field': { ...first, path: 'C:\\' },
  'a field missing': { ...first, comment: undefined },
  'a NUL in the target': { ...first, target: 'a\0b' },
  'an empty target': { ...first, target: '' },
  'a persistence that is none': { ...first, persist: 4 },
  'another type': { ...first, type: 'domain-password' },
  'flags beyond 32 bits': { ...first, flags: 2 ** 32 },
  'a secret that is no Base64': { ...first, secret: '%%%' },
  'no object': null,
};
const refused: Record<string, { readable: boolean; restore: string; same: string }> = {};
for (const [name, copy] of Object.entries(damaged)) {
  // A backup file can hold anything; the types cannot help there.
  const foreign = copy as ProtectedCredential;
  refused[name] = {
    readable: await credentials.readable(foreign),
    restore: await problemOf(credentials.restore(foreign)),
    same: await problemOf(credentials.same(foreign)),
  };
}
const listedDamaged = await credentials.list();

for (const copy of copies) await credentials.restore(copy);
const after = targets.map((target) => readRaw(target));
const listedRestored = await credentials.list();
const domain = readRaw('server.example.com', 2);

console.log(
  JSON.stringify({
    listedEmpty,
    listed,
    before,
    copies,
    readable,
    unchanged,
    same,
    sameGone,
    removed,
    removedAgain,
    protectedGone: protectedGone ?? null,
    listedRemoved,
    refused,
    listedDamaged,
    after,
    listedRestored,
    domain,
  }),
);
