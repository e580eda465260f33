/** What a PC may hold and hardly ever does: it goes and comes back to the last bit, like all else. */
import { describe, expect, it } from 'vitest';
import type { RemedyId } from '../../../common/remedies.ts';
import type { StoredKey } from '../../../native-host/machine/machine.ts';
import type { SimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { everything } from '../../../native-host/runs/choice.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { TIME } from '../../harness/run-records.ts';
import { type PcInput, type TestPc, targets, testPc } from '../../harness/test-pc.ts';

/** Runs one remedy with all it has, on a PC where sign-in works after that. */
async function repair(pc: PcInput, remedy: RemedyId, code: string) {
  const test = await testPc({ ...pc, signIn: { cause: 'none', code } });
  const { host, ended } = runHostOf(test.machine);
  const before = test.read();
  const made = await host.plan({ code, category: 'local', time: TIME }, { only: [remedy] });
  const run = await ended(host.start(made.plan.id, everything(made)));
  expect(run.status).toBe('fixed');
  expect(run.steps[0]?.skipped).toEqual([]);
  return { ...test, before, run };
}

/** Undoes by a host that knows no more than what is on disk. */
async function undo({ machine }: TestPc, runId: string) {
  const { host, ended } = runHostOf(machine);
  return (await ended(host.undo({ runId }))).undone;
}

/** By name, as no order of a language tells all of them apart; without the time that Windows sets itself. */
const entriesOf = ({ credentials }: SimulatedPc) =>
  Object.fromEntries(credentials.map(({ lastWritten, ...entry }) => [entry.target, entry]));

const clean = { already: 0, conflicts: [], impossible: [] };

const strange = [
  // One of each plane, its last usable character, and what is no character at all.
  ...Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x1_0000 + 0x41)),
  ...Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x1_0000 + 0xfffd)),
  ...['\ufffe', '\uffff', '\ufdd0', '\u{10ffff}'],
  // Halves of pairs, which Windows lets pass.
  ...['\ud83d', '\ude00', '\ude00\ud83d', 'x\udc00y'],
  // The same to the eye, and not the same.
  ...['\u00e9', 'e\u0301', '\u212b', '\u0130', 'i\u0307\u0307', 'ß', 'ſ'],
  // What ends a line, or turns it round.
  ...['a\nb', 'a\rb', 'a\r\nb', '\u0085', '\u2028', '\u2029', '\u000b', '\u202eabc', '\u200f', '\u0001'],
  ...['"', '\\', '\\u0041', '{"a":1}', '%s', '$&', "'", '👩‍👩‍👧‍👦', 'constructor', 'toString'],
  // Cut after 500 characters, in the middle of a pair.
  `${'x'.repeat(499 - 'MicrosoftOffice16_Data:'.length)}😀 and more`,
];

describe('entries with names of every plane', () => {
  it('are removed and come back, name, user, comment and secret', async () => {
    const credentials = strange.map((name, index) => ({
      target: `MicrosoftOffice16_Data:${name}`,
      user: name,
      comment: name.slice(0, 200),
      targetAlias: name.slice(0, 200),
      persist: (index % 3) + 1,
      flags: index,
      attributes: [
        { keyword: name.slice(0, 200), flags: index, value: Buffer.from(name).toString('base64') },
      ],
      secret: { base64: Buffer.from(name, 'utf16le').toString('base64') },
    }));
    const pc = await repair({ credentials }, 'purge-credentials', 'AADSTS50173');
    expect(pc.read().credentials).toEqual([]);
    expect(await undo(pc, pc.run.id)).toEqual({ ...clean, restored: strange.length });
    expect(entriesOf(pc.read())).toEqual(entriesOf(pc.before));
  });
});

describe('a thousand entries', () => {
  it('of which five hundred may go: these go and come back, and no other is touched', async () => {
    const credentials = Array.from({ length: 1_000 }, (_, index) => ({
      target: index % 2 === 0 ? `MicrosoftOffice16_Data:ADAL:${index}` : `git:https://${index}.example`,
      user: `user ${index}`,
      secret: `secret ${index}`,
    }));
    const pc = await repair({ credentials }, 'purge-credentials', 'AADSTS50173');
    expect(pc.run.steps[0]).toMatchObject({ done: 500, total: 500 });
    expect(targets(pc.read())).toEqual(targets(pc.before).filter((target) => target.startsWith('git:')));
    expect(pc.read().credentials).toEqual(
      pc.before.credentials.filter(({ target }) => target.startsWith('git:')),
    );
    expect(await undo(pc, pc.run.id)).toEqual({ ...clean, restored: 500 });
    expect(entriesOf(pc.read())).toEqual(entriesOf(pc.before));
  });
});

const IDENTITY = 'Software\\Microsoft\\Office\\16.0\\Common\\Identity';

const types = [...Array.from({ length: 14 }, (_, type) => type), 0x7fff_0001, 0xffff_ffff];
const contents: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from([7]),
  'three bytes': Buffer.from([1, 2, 3]),
  'four bytes': Buffer.from([1, 2, 3, 4]),
  'eight bytes': Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]),
  'a text without its end': Buffer.from('abc', 'utf16le'),
  'a text with more after its end': Buffer.from('abc\0def\0', 'utf16le'),
  'half a pair': Buffer.from('\ud83d\0', 'utf16le'),
  'an empty list': Buffer.from('\0', 'utf16le'),
  'a list without its end': Buffer.from('a\0b\0', 'utf16le'),
  'a list with nothing in it': Buffer.from('a\0\0b\0\0', 'utf16le'),
  much: Buffer.alloc(65_536, 0xa5),
};

const sorted = (key: StoredKey | undefined): unknown =>
  key && {
    ...key,
    values: key.values.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    keys: key.keys.map(sorted).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };

/** A registry key goes and comes back, however it is made. */
async function expectBack(HKCU: NonNullable<NonNullable<PcInput['registry']>['HKCU']>): Promise<void> {
  const pc = await testPc({ registry: { HKCU } });
  const before = await pc.machine.registry.copyKey(IDENTITY);
  const run = await repair({ registry: { HKCU } }, 'clear-identity-cache', 'AADSTS50020');
  expect(await run.machine.registry.copyKey(IDENTITY)).toEqual({ name: 'Identity', values: [], keys: [] });
  const undone = await undo(run, run.run.id);
  expect(undone).toMatchObject(clean);
  expect(undone?.restored).toBe((before?.values.length ?? 0) + (before?.keys.length ?? 0));
  expect(sorted(await run.machine.registry.copyKey(IDENTITY))).toEqual(sorted(before));
}

describe('registry values', () => {
  it('of every type, known or not, with contents that do not fit it, go and come back', async () => {
    const values = Object.fromEntries(
      types.flatMap((type) =>
        Object.entries(contents).map(([name, bytes]) => [
          `${type} ${name}`,
          { type, data: bytes.toString('base64') },
        ]),
      ),
    );
    await expectBack({ [IDENTITY]: values, [`${IDENTITY}\\Identities\\ada_AD`]: values });
  });

  it('and keys with names of every plane go and come back', async () => {
    const value = { type: 'REG_SZ', value: '' } as const;
    const names = strange.filter((name) => !name.includes('\\'));
    await expectBack({
      [IDENTITY]: { '': value, 'a\\b': value, ['n'.repeat(16_000)]: value },
      ...Object.fromEntries(names.map((name) => [`${IDENTITY}\\${name.slice(0, 255)}`, { [name]: value }])),
    });
  });

  it('below a hundred keys, each in the one before, go and come back', async () => {
    const path = Array.from({ length: 100 }, (_, depth) => `k${depth}`).join('\\');
    await expectBack({ [`${IDENTITY}\\${path}`]: { deep: { type: 'REG_DWORD', value: 0xffff_ffff } } });
  });
});
