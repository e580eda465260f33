import { describe, expect, it } from 'vitest';
import type { finding } from '../../../common/findings.ts';
import { flushDns, purgeKerberos, refreshDeviceToken } from '../../../native-host/remedies/commands.ts';
import { problemOf } from '../../harness/problem-of.ts';
import type { PcInput } from '../../harness/test-pc.ts';
import { remedyOn } from './remedy-on.ts';

const joined: PcInput['registry'] = {
  HKLM: { 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\A1B2': {} },
};
const SYSTEM = 'C:\\Windows\\System32';

const commands = [
  { remedy: refreshDeviceToken, tool: 'dsregcmd.exe', argument: '/refreshprt' },
  { remedy: purgeKerberos, tool: 'klist.exe', argument: 'purge' },
  { remedy: flushDns, tool: 'ipconfig.exe', argument: '/flushdns' },
] as const;

describe.each(commands)('$remedy.id', ({ remedy, tool, argument }) => {
  const line = `${tool} ${argument}`;
  const intent = { run: remedy.id };

  it('shows the command that it runs', async () => {
    const { operations } = await remedyOn(remedy, { registry: joined });
    expect(await operations()).toEqual([
      { item: { id: 'command', kind: 'command', label: line, optional: false, ticked: true }, intent },
    ]);
  });

  it('runs it by its full path, and says so', async () => {
    const { act, deeds, said } = await remedyOn(remedy);
    await act(intent);
    expect(deeds()).toEqual([`processes.run ${SYSTEM}\\${line}`]);
    expect(said).toEqual([{ id: 'running-command', subject: line }]);
  });

  it('takes Windows to be where it is', async () => {
    const folders = { system: 'D:\\Win\\System32' };
    const { act, deeds } = await remedyOn(remedy, { folders });
    await act(intent);
    expect(deeds()).toEqual([`processes.run D:\\Win\\System32\\${line}`]);
  });

  it('is left out where the tool is not there', async () => {
    const { preview } = await remedyOn(remedy, { registry: joined, missingTools: [tool] });
    expect(await preview()).toEqual({ state: 'tool-missing' });
  });

  it('tells the exit code of a command that fails', async () => {
    const { act } = await remedyOn(remedy, { toolExit: { [tool]: 87 } });
    expect(await problemOf(act(intent))).toEqual({
      kind: 'exe-failed',
      detail: `${line} ended with code 87`,
    });
  });

  it('is stopped when it hangs and its time is over', async () => {
    const { act } = await remedyOn(remedy, { toolExit: { [tool]: 'hangs' } });
    const overrun = new AbortController();
    const running = act(intent, { signal: overrun.signal, report: () => overrun.abort() });
    expect(await problemOf(running)).toMatchObject({ kind: 'cancelled' });
  });

  it('runs nothing for an intent that was edited', async () => {
    const { act, deeds } = await remedyOn(remedy);
    for (const edited of [{ run: '/leave' }, { ...intent, args: ['/leave'] }, 'dsregcmd.exe', null]) {
      await problemOf(act(edited));
    }
    expect(deeds()).toEqual([]);
  });

  it('has nothing to keep and nothing to undo', async () => {
    const { backup, revert } = await remedyOn(remedy);
    expect(await backup(intent)).toEqual({ keep: null });
    expect(await revert(intent, null)).toEqual({ result: 'impossible', why: 'no-undo' });
  });
});

it.each([purgeKerberos, flushDns])('$id does not need an organisation', async (remedy) => {
  expect(await (await remedyOn(remedy)).preview()).toMatchObject({ state: 'ready' });
});

describe('refreshing the device token', () => {
  it.each<[string, PcInput, Parameters<typeof finding>[0]['meaning'] | undefined, string]>([
    ['joined, by the registry', { registry: joined }, undefined, 'ready'],
    ['joined, by a finding', {}, 'joined', 'ready'],
    ['managed, by a finding', {}, 'managed', 'ready'],
    ['nobody’s', {}, 'personal', 'not-joined'],
    ['unknown', {}, undefined, 'not-joined'],
  ])('of a PC that is %s', async (_, pc, meaning, state) => {
    const { preview } = await remedyOn(refreshDeviceToken, pc);
    const found = { id: 'device', check: 'device', level: 'ok', subject: '', evidence: {}, took: 1 } as const;
    const findings = meaning === undefined ? [] : [{ ...found, meaning }];
    expect(await preview({ findings })).toMatchObject({ state });
  });
});
