/** Copies, removes and writes back whole keys and single values; prints what came out as one JSON document. */
import { randomBytes } from 'node:crypto';
import type { StoredKey } from '../../../native-host/machine/machine.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { problemOf } from './problem-of.ts';
import { readCurrentUser, setRaw, withRaw } from './raw-registry.ts';

const { registry } = await createWindowsMachine();
const top = ['Software', 'Signin Rescue Test'];
const key = 'Software\\Signin Rescue Test\\tree';
const tree = [...top, 'tree'];
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

/** A name with a character of each of Unicode's 17 planes, and halves of pairs. */
const planes = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0x1234));
const oddNames = [
  '',
  ' ',
  'ä日本',
  planes.join(''),
  'high \ud83d',
  '\ude00 low',
  'n'.repeat(16_383),
  '\n\t/"%*?',
];
const odd: [number, Buffer][] = [
  [1, utf16('text\0')],
  [1, utf16('no NUL')],
  [1, utf16('one\0two\0\0')],
  [1, Buffer.alloc(0)],
  [1, Buffer.from([0x41])],
  [1, Buffer.from([0x41, 0, 0])],
  [2, utf16('%PATH%')],
  [7, utf16('a\0b')],
  [0, Buffer.alloc(0)],
  [0, Buffer.from([1, 2, 3])],
  [3, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  [3, Buffer.alloc(0)],
  [4, Buffer.from([1, 0])],
  [4, Buffer.from([0xfe, 0xff, 0xff, 0xff])],
  [5, Buffer.from([0, 0, 0, 1])],
  [6, utf16('\\Registry\\User')],
  [8, randomBytes(33)],
  [11, randomBytes(8)],
  [0x7fff_0001, randomBytes(5)],
  [0xffff_ffff, Buffer.from([0])],
  [3, randomBytes(1024)],
  [3, randomBytes(1025)],
  [1, utf16('ß'.repeat(70_000))],
  [3, randomBytes(1024 * 1024)],
];

withRaw(tree, (handle) => {
  for (const name of oddNames) setRaw(handle, name, 1, utf16(`of ${name.slice(0, 5)}\0`));
});
withRaw([...tree, 'types'], (handle) => {
  for (const [index, [type, data]] of odd.entries()) setRaw(handle, `value ${index}`, type, data);
});
withRaw([...tree, 'many'], (handle) => {
  for (let index = 0; index < 500; index += 1)
    setRaw(handle, `v${index}`, 4, Buffer.from([index & 255, 0, 0, 0]));
});
withRaw([...tree, 'empty'], () => undefined);
for (const name of [planes.join(''), 'k'.repeat(255), 'half \ud83d']) {
  withRaw([...tree, 'names', name], (handle) => setRaw(handle, name.slice(0, 100), 1, utf16('in it\0')));
}
withRaw([...tree, ...Array.from({ length: 100 }, (_, level) => `level ${level}`)], (handle) =>
  setRaw(handle, 'deep', 1, utf16('down\0')),
);
withRaw([...top, 'beside'], (handle) => setRaw(handle, 'stays', 1, utf16('here\0')));
/** Through a file, as in a backup. */
const throughFile = <T>(copy: T | undefined): T | undefined => copy && JSON.parse(JSON.stringify(copy));

const before = readCurrentUser(key);
const copy = throughFile(await registry.copyKey(key));
if (!copy) throw new Error('no copy');
const unchanged = readCurrentUser(key);
const removed = await registry.removeKey(key);
const gone = readCurrentUser(key);
const removedAgain = await registry.removeKey(key);
const copiedGone = await registry.copyKey(key);
const beside = readCurrentUser(`${top.join('\\')}\\beside`);
await registry.writeKey(key, copy);
const after = readCurrentUser(key);
await registry.writeKey(key, copy);
const twice = readCurrentUser(key);

// Half of it removed, a value changed, and something new beside: what is new stays, the rest is as it was.
await registry.removeKey(`${key}\\many`);
await registry.removeKey(`${key}\\level 0\\level 1`);
withRaw([...tree, 'types'], (handle) => setRaw(handle, 'value 0', 4, Buffer.from([9, 0, 0, 0])));
withRaw([...tree, 'types'], (handle) => setRaw(handle, 'new value', 1, utf16('new\0')));
withRaw([...tree, 'new key'], () => undefined);
await registry.writeKey(key, copy);
const mended = readCurrentUser(key);

const single = 'Software\\Signin Rescue Test\\one\\by one';
const values: Record<string, unknown> = {};
for (const [index, [type, data]] of odd.entries()) {
  const name = oddNames[index % oddNames.length] ?? '';
  withRaw([...top, 'one', 'by one'], (handle) => setRaw(handle, name, type, data));
  const raw = readCurrentUser(single);
  const value = throughFile(await registry.copyValue(single, name));
  const first = await registry.removeValue(single, name);
  const second = await registry.removeValue(single, name);
  const missing = await registry.copyValue(single, name);
  await registry.removeKey(single);
  if (value) await registry.writeValue(single, value);
  const same = JSON.stringify(readCurrentUser(single)) === JSON.stringify(raw);
  values[index] = {
    name: value?.name === name,
    type: value?.type,
    length: data.length,
    first,
    second,
    missing,
    same,
  };
  await registry.removeKey(single);
}
const noKey = {
  copy: (await registry.copyValue('Software\\no\\where', 'x')) ?? null,
  remove: await registry.removeValue('Software\\no\\where', 'x'),
};

withRaw([...top, 'nul'], (handle) => setRaw(handle, 'a\0b', 1, utf16('x\0')));
const nul = await problemOf(registry.copyKey(`${top.join('\\')}\\nul`));
const leaf = (name: string): StoredKey => ({ name, values: [], keys: [] });
const value = (name: string) => ({ name, type: 1, data: '' });
const foreign = 'Software\\Signin Rescue Test\\foreign';
const refused: Record<string, string> = {
  'a path in a key': await problemOf(registry.writeKey(foreign, { ...leaf('x'), keys: [leaf('a\\b')] })),
  'a key of no name': await problemOf(registry.writeKey(foreign, { ...leaf('x'), keys: [leaf('')] })),
  'a NUL in a key': await problemOf(registry.writeKey(foreign, { ...leaf('x'), keys: [leaf('a\0b')] })),
  'a NUL in a value': await problemOf(registry.writeKey(foreign, { ...leaf('x'), values: [value('a\0b')] })),
  'a NUL in a single value': await problemOf(registry.writeValue(foreign, value('a\0b'))),
  'deep below': await problemOf(
    registry.writeKey(foreign, {
      ...leaf('x'),
      keys: [leaf('right'), { ...leaf('y'), values: [value('\0')] }],
    }),
  ),
};
const paths: Record<string, string[]> = {};
for (const path of ['', 'Software', '\\', 'Software\\', '\\Software\\x', 'Software\\\\x', 'Software\\a\0b']) {
  paths[path] = await Promise.all([
    problemOf(registry.removeKey(path)),
    problemOf(registry.removeValue(path, 'x')),
    problemOf(registry.writeValue(path, value('x'))),
    problemOf(registry.writeKey(path, leaf('x'))),
  ]);
}
const nothingWritten = readCurrentUser(foreign);

console.log(
  JSON.stringify({
    before,
    copy: { name: copy.name, keys: copy.keys.map(({ name }) => name), values: copy.values.length },
    unchanged,
    removed,
    gone,
    removedAgain,
    copiedGone: copiedGone ?? null,
    beside,
    after,
    twice,
    mended,
    values,
    noKey,
    nul,
    refused,
    paths,
    nothingWritten,
  }),
);
