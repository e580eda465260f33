/** Links, as a symbolic link and a junction are called here, where something is to be moved aside or put back. */
import { describe, expect, it } from 'vitest';
import { changeSimulatedPc, type SimulatedPc } from '../../native-host/machine/simulated/index.ts';
import { problemOf } from '../harness/problem-of.ts';
import { PLACE } from '../native-host/remedies/remedy-on.ts';
import { LOCAL, paths, setUp, type Test } from '../native-host/remedies/remembered-accounts.ts';

const FOLDER = `${LOCAL}\\OneAuth`;
const oneAuth = (test: Test) => test.operation('\\OneAuth', 'oneauth');
const isOurs = (path: string) => path === FOLDER || path.startsWith(`${FOLDER}\\`);

/** Puts a link where the folder was, as another program may at any moment. */
const linkInstead = ({ file }: Test) =>
  changeSimulatedPc(file, (pc: SimulatedPc) => {
    const others = pc.files.filter((each) => !isOurs(typeof each === 'string' ? each : each.path));
    pc.files = [...others, { path: FOLDER, link: true }, 'C:\\Users\\ada\\Documents\\letter.docx'];
  });

describe('a link', () => {
  it('that takes the folder’s place after its copy was made is not moved, nor what it leads to', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    await test.kept(intent);
    await linkInstead(test);
    const before = paths(test.read());
    expect((await problemOf(test.act(intent))).kind).toBe('not-supported');
    expect(paths(test.read())).toEqual(before);
  });

  it('that waits where a folder is to be put back is neither followed nor replaced', async () => {
    const test = await setUp();
    const { intent } = await oneAuth(test);
    const backup = await test.kept(intent);
    await test.act(intent);
    await linkInstead(test);
    const before = paths(test.read());
    for (const replace of [false, true]) {
      expect(await test.revert(intent, backup, replace)).toEqual({ result: 'conflict' });
    }
    expect(paths(test.read())).toEqual(before);
  });
});

describe('a name of the quarantine', () => {
  const names = [
    '..',
    '.',
    '',
    '../x',
    '..\\x',
    'C:\\x',
    'a/b',
    'a\\b',
    'a:b',
    'a.b',
    'a\0b',
    'CON ',
    'x'.repeat(81),
  ];

  it.each(names)('is never a path: `%s`', async (name) => {
    const test = await setUp();
    const { files } = test.machine;
    const before = test.read();
    const calls = [
      files.setAside(FOLDER, name),
      files.isAside(name),
      files.putBack(name, FOLDER),
      files.forget(name),
    ];
    for (const call of calls) expect((await problemOf(call)).kind).toBe('internal');
    expect(test.read()).toEqual(before);
    // As the run's own names are.
    expect(await files.isAside(PLACE)).toBe(false);
  });
});
