import { describe, expect, it } from 'vitest';
import de from '../../../common/_locales/de/messages.json' with { type: 'json' };
import { CommandListSchema } from '../../../common/command-list.ts';
import { parseLink } from '../../../common/link.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { EDGE, pcWith, pcWithout } from './browser-pc.ts';

async function setUp(pc: PcInput = pcWith(EDGE)) {
  const { file, read } = await testPc(pc);
  const on = ['--machine', `simulated:${file}`];
  return { on, read, list: () => listed(...on) };
}

async function listed(...on: string[]) {
  const ended = await cli('list', '--json', ...on);
  expect(ended.code).toBe(0);
  return documentOf(ended, CommandListSchema).commands;
}

type Listed = Awaited<ReturnType<typeof listed>>;

const states = (commands: Listed) => Object.fromEntries(commands.map(({ id, state }) => [id, state]));
const ready = { is: 'ready' };
const always = ['fix', 'check', 'history', 'report', 'settings'];

describe('list', () => {
  it('has all commands with their words, each with a link that is one, and changes nothing', async () => {
    const { list, read } = await setUp();
    const before = read();
    const commands = await list();
    expect(commands.map(({ id }) => id)).toEqual(always);
    expect(commands[1]).toEqual({
      id: 'check',
      title: 'Check connection',
      subtitle: 'This only looks. Nothing is changed.',
      keywords: expect.arrayContaining(['proxy', 'vpn']),
      run: ['open', 'signin-rescue:check'],
      state: ready,
    });
    for (const { run } of commands) expect(parseLink(run[1])).not.toBeNull();
    expect(commands.every(({ state }) => state.is === 'ready')).toBe(true);
    expect(read()).toEqual(before);
  });

  it('speaks the language of the person, as launchers show its words as they are', async () => {
    const { on } = await setUp();
    const host = startHost(['list', '--json', ...on], { LC_ALL: 'de_DE.UTF-8' });
    const { language, commands } = documentOf(await host.ended, CommandListSchema);
    expect(language).toBe('de');
    expect(commands.map(({ title }) => title)).toContain(de.ui_check.message);
  });

  it('tells people the same', async () => {
    const { on } = await setUp();
    const { code, stdout } = await cli('list', ...on);
    expect(code).toBe(0);
    for (const id of always) expect(stdout).toContain(`signin-rescue open signin-rescue:${id}`);
  });

  it('has undo where there is something to undo, which leads to the history', async () => {
    const { list, on } = await setUp();
    await cli('fix', 'AADSTS50173', '--yes', ...on);
    const commands = await list();
    expect(commands.map(({ id }) => id)).toEqual(['fix', 'check', 'undo', 'history', 'report', 'settings']);
    expect(commands[2]).toMatchObject({
      run: ['open', 'signin-rescue:history'],
      state: { is: 'useful', why: '1 repair can be undone.' },
    });
    expect(states(commands)).toMatchObject({ fix: ready, history: ready });
  });

  it('says that a repair waits that was cut off', async () => {
    const { list, on } = await setUp({ ...pcWith(EDGE), paceMs: 60_000 });
    const host = startHost(['fix', 'AADSTS50173', '--yes', ...on]);
    await host.says(/Removing/);
    expect(states(await list())).toMatchObject({ fix: { is: 'useful', why: 'Repairing sign-in' } });
    host.child.kill('SIGKILL');
    await host.ended;
    expect(states(await list())).toMatchObject({ fix: { is: 'useful', why: 'A repair was cut off' } });
  });

  it('says that a guide waits', async () => {
    const { list, on } = await setUp();
    await cli('fix', 'AADSTS50173', '--only', 'check-clock', '--yes', ...on);
    expect(states(await list())).toMatchObject({ fix: { is: 'useful', why: 'It is your turn' } });
  });

  it('says of all that they cannot be opened where no browser is for them', async () => {
    const { list } = await setUp(pcWithout());
    const commands = await list();
    expect(commands.map(({ id }) => id)).toEqual(always);
    for (const { state } of commands)
      expect(state).toMatchObject({ is: 'not-here', why: expect.stringContaining('browser') });
  });

  it.each([
    ['that is not there', 'simulated:/nowhere/at/all.json', 'machine-unreadable'],
    ['of a kind that is not offered here', 'windows', 'not-supported'],
  ])('does without a PC %s', async (_, machine, kind) => {
    const commands = await listed('--machine', machine);
    expect(commands.map(({ id }) => id)).toEqual(always);
    for (const { state } of commands) expect(state).toMatchObject({ is: 'unknown', problem: { kind } });
  });

  it('does without a registry that cannot be read', async () => {
    const faults: PcInput['faults'] = [
      { operation: 'registry.read', match: 'UserChoice', problem: 'access-denied' },
    ];
    const { list } = await setUp({ ...pcWith(EDGE), faults });
    for (const { state } of await list())
      expect(state).toMatchObject({ is: 'unknown', problem: { kind: 'access-denied' } });
  });
});
