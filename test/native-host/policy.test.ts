import { afterEach, describe, expect, it } from 'vitest';
import { describeFailure, meaningWords, setExtension } from '../../common/failures/index.ts';
import { fill } from '../../common/text.ts';
import type { RegistryValue } from '../../native-host/machine/machine.ts';
import { samplePc } from '../../native-host/machine/simulated/index.ts';
import { applyCataloguePolicy, backupDays, forbiddenRemedies, helpDesk } from '../../native-host/policy.ts';
import { everything } from '../../native-host/runs/choice.ts';
import { makePlan } from '../../native-host/runs/plan.ts';
import { runHostOf } from '../harness/run-host.ts';
import { testPc } from '../harness/test-pc.ts';

const entry = {
  code: 'AADSTS53003',
  category: 'policy',
  title: 'Contoso needs its VPN.',
  todo: 'Connect it, then try again.',
};
const own = (code: string) => meaningWords(describeFailure(code), (key) => fill(key, [], 'en')).title;

async function policy(value: string) {
  const registry = {
    HKLM: { 'SOFTWARE\\Policies\\Signin Rescue': { Catalogue: { type: 'REG_SZ' as const, value } } },
  };
  const { machine } = await testPc({ registry });
  return { machine, refused: await applyCataloguePolicy(machine) };
}

// The entries are one for the whole process.
afterEach(() => setExtension(new Map()));

describe('the catalogue by policy', () => {
  it('says the words of the organisation, and leaves out what is bad', async () => {
    const { refused } = await policy(
      JSON.stringify([entry, { code: 'AADSTS1' }, { ...entry, code: 'no code' }]),
    );
    expect(own('AADSTS53003')).toBe(entry.title);
    expect(refused.map(({ index }) => index)).toEqual([1, 2]);
  });

  it('can name no repair for what is beyond this PC, under whatever category', async () => {
    const remedies = ['purge-credentials'];
    const { machine, refused } = await policy(JSON.stringify([{ ...entry, category: 'local', remedies }]));
    expect(refused).toHaveLength(1);
    const time = new Date().toISOString();
    const { plan } = await makePlan(machine, { code: 'AADSTS53003', category: 'policy', time });
    expect(plan.steps).toEqual([]);
  });

  it.each(['{', 'null', '7', '"x"', '{"entries":7}'])(
    'leaves everything as it was when it reads %s',
    async (value) => {
      const { refused } = await policy(value);
      expect(refused).toHaveLength(1);
      expect(own('AADSTS53003')).toBe('failure_blocked_by_policy');
    },
  );

  it('ends with the policy', async () => {
    await policy(JSON.stringify([entry]));
    const { machine } = await testPc({});
    await applyCataloguePolicy(machine);
    expect(own('AADSTS53003')).not.toBe(entry.title);
  });
});

describe('what the organisation decides', () => {
  const decided = async (name: string, value: RegistryValue) => {
    const { machine } = await testPc({
      registry: { HKLM: { 'SOFTWARE\\Policies\\Signin Rescue': { [name]: value } } },
    });
    return machine;
  };

  it.each<[string, string[]]>([
    ['reset-onedrive, relink-onedrive', ['reset-onedrive', 'relink-onedrive']],
    ['format-disk,reset-onedrive,', ['reset-onedrive']],
    ['', []],
  ])('which remedies are not allowed: `%s`', async (value, forbidden) => {
    const machine = await decided('DisabledRemedies', { type: 'REG_SZ', value });
    expect([...(await forbiddenRemedies(machine))]).toEqual(forbidden);
  });

  it.each([
    [7, 7],
    [0, 0],
    [365, 365],
    [366, undefined],
  ])('how long backups are kept: %s days', async (value, days) => {
    expect(await backupDays(await decided('BackupDays', { type: 'REG_DWORD', value }))).toBe(days);
  });

  it.each([
    ['help.desk@contoso.example', 'help.desk@contoso.example'],
    [' it@contoso.example ', 'it@contoso.example'],
    ['', undefined],
    ['555 0100', undefined],
    ['it@contoso.example,all@contoso.example', undefined],
    ['it@contoso.example?cc=all@contoso.example', undefined],
    ['mailto:it@contoso.example', undefined],
    ['it@contoso.example\r\nbcc: all@contoso.example', undefined],
    [`${'a'.repeat(250)}@contoso.example`, undefined],
  ])('where the help desk is: `%s`', async (value, address) => {
    expect(await helpDesk(await decided('HelpDesk', { type: 'REG_SZ', value }))).toBe(address);
  });

  it('nothing where a value is of another type', async () => {
    expect(await helpDesk(await decided('HelpDesk', { type: 'REG_DWORD', value: 1 }))).toBeUndefined();
  });

  it('holds in a plan and when a run begins', async () => {
    const machine = await decided('DisabledRemedies', { type: 'REG_SZ', value: 'purge-credentials' });
    const { host } = runHostOf(machine);
    const failure = { code: 'AADSTS50173', category: 'local', time: new Date().toISOString() } as const;
    const { plan } = await host.plan(failure, { only: ['purge-credentials'] });
    expect(plan).toMatchObject({
      steps: [],
      leftOut: [{ remedy: 'purge-credentials', because: 'forbidden' }],
    });
  });

  it('keeps no backup where it says so', async () => {
    const pc = samplePc();
    pc.registry.HKLM['SOFTWARE\\Policies\\Signin Rescue'] = { BackupDays: { type: 'REG_DWORD', value: 0 } };
    const { machine } = await testPc(pc);
    const { host, ended } = runHostOf(machine);
    const failure = { code: 'AADSTS50173', category: 'local', time: new Date().toISOString() } as const;
    const repair = async () => {
      const made = await host.plan(failure, { only: ['purge-credentials'] });
      return ended(host.start(made.plan.id, everything(made)));
    };
    const first = await repair();
    await ended(host.undo({ runId: first.id }));
    const second = await repair();
    const { runs } = await host.past.history();
    expect(runs.map(({ id, canUndo }) => [id === second.id, canUndo])).toContainEqual([false, false]);
  });
});
