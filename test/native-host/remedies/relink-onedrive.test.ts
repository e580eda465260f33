import { describe, expect, it } from 'vitest';
import {
  changeSimulatedPc,
  type SimulatedPc,
  samplePc,
} from '../../../native-host/machine/simulated/index.ts';
import { relinkOneDriveWithin } from '../../../native-host/remedies/relink-onedrive.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { aboutFiles, remedyOn } from './remedy-on.ts';

const limits = { close: 40, reset: 40, return: 20, start: 20, confirm: 30_000, look: 5 };
const ACCOUNTS = 'Software\\Microsoft\\OneDrive\\Accounts';
const text = (value: string) => ({ type: 'REG_SZ', value }) as const;

async function setUp(oneDrive: Partial<SimulatedPc['oneDrive']> = {}, confirm = limits.confirm) {
  const sample = samplePc();
  const test = await remedyOn(relinkOneDriveWithin({ ...limits, confirm }), {
    ...sample,
    oneDrive: { ...sample.oneDrive, ...oneDrive },
  });
  return {
    ...test,
    links: () => test.deeds().filter((deed) => deed.startsWith('processes.open')),
    resets: () => test.deeds().filter((deed) => deed.endsWith('/reset')).length,
    accounts: () => Object.keys(test.read().registry.HKCU).filter((key) => key.startsWith(`${ACCOUNTS}\\`)),
  };
}

/** Adds a personal account to the sample's. */
function addPersonal({ file }: { file: string }): Promise<void> {
  return changeSimulatedPc(file, ({ registry }) => {
    registry.HKCU[`${ACCOUNTS}\\Personal`] = {
      UserEmail: text('ada@home.example'),
      UserFolder: text('C:\\Users\\ada\\OneDrive'),
    };
  });
}

describe('preview', () => {
  it('shows each account with its folder, to be left out if wanted, and remembers its organisation', async () => {
    const test = await setUp();
    await addPersonal(test);
    const [reset, ...accounts] = await test.operations();
    expect(reset?.item).toMatchObject({ kind: 'onedrive-process', optional: false });
    expect(accounts).toMatchObject([
      {
        item: {
          label: 'Business1 — ada@contoso.example',
          detail: 'C:\\Users\\ada\\OneDrive - Contoso · 7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11',
        },
        intent: { account: { tenant: '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11' } },
      },
      {
        item: { label: 'Personal — ada@home.example', detail: 'C:\\Users\\ada\\OneDrive' },
        intent: { account: { tenant: '' } },
      },
    ]);
    for (const { item } of accounts) expect(item).toMatchObject({ optional: true, ticked: true });
  });

  it('is as careful as a reset is', async () => {
    const { preview } = await setUp();
    const finding = aboutFiles('offline', 'fault');
    expect(await preview({ findings: [finding] })).toEqual({ state: 'unsafe-now', finding });
    const missing = await setUp({ installed: null });
    expect(await missing.preview()).toEqual({ state: 'onedrive-missing' });
  });
});

describe('linking anew', () => {
  it('resets, then opens the set-up of one account after the other, and waits until each is linked', async () => {
    const test = await setUp();
    await addPersonal(test);
    const files = test.read().files;
    for (const { intent } of await test.operations()) await test.act(intent);
    expect(test.links()).toEqual([
      'processes.open odopen://sync?useremail=ada%40contoso.example',
      'processes.open odopen://launch',
    ]);
    expect(test.said.slice(-4)).toEqual([
      { id: 'opening-setup', subject: 'ada@contoso.example' },
      { id: 'waiting-for-you', subject: 'ada@contoso.example' },
      { id: 'opening-setup', subject: 'ada@home.example' },
      { id: 'waiting-for-you', subject: 'ada@home.example' },
    ]);
    expect(test.accounts()).toHaveLength(2);
    expect(test.read().files).toEqual(files);
  });

  it('goes on as soon as the person has confirmed', async () => {
    const test = await setUp({ setup: 'ignored' });
    const [reset, account] = await test.operations();
    const before = test.read().registry.HKCU;
    await test.act(reset?.intent ?? null);
    const report = ({ id }: { id: string }) => {
      if (id !== 'waiting-for-you') return;
      void changeSimulatedPc(test.file, ({ registry }) => Object.assign(registry.HKCU, before));
    };
    await test.act(account?.intent ?? null, { report });
    expect(test.accounts()).toHaveLength(1);
  });

  it('ends at once when the person cancels', async () => {
    const test = await setUp({ setup: 'ignored' });
    const [reset, account] = await test.operations();
    await test.act(reset?.intent ?? null);
    const person = new AbortController();
    const report = ({ id }: { id: string }) => id === 'waiting-for-you' && person.abort();
    const waiting = test.act(account?.intent ?? null, { signal: person.signal, report });
    expect(await problemOf(waiting)).toEqual({ kind: 'cancelled' });
  });

  it('tells what was waited for when nobody confirms', async () => {
    const test = await setUp({ setup: 'ignored' }, 20);
    const [reset, account] = await test.operations();
    await test.act(reset?.intent ?? null);
    expect(await problemOf(test.act(account?.intent ?? null))).toEqual({
      kind: 'timed-out',
      detail: 'confirm the account in the set-up window of OneDrive',
    });
  });

  it('says so when Windows cannot open the set-up', async () => {
    const test = await setUp();
    const [reset, account] = await test.operations();
    await test.act(reset?.intent ?? null);
    await changeSimulatedPc(test.file, (pc) => {
      pc.oneDrive.installed = null;
    });
    expect(await problemOf(test.act(account?.intent ?? null))).toMatchObject({ kind: 'exe-failed' });
  });

  it('leaves an account alone that is linked', async () => {
    const test = await setUp();
    const [, account] = await test.operations();
    await test.act(account?.intent ?? null);
    expect(test.deeds()).toEqual([]);
    expect(test.said).toEqual([]);
  });

  it('does not reset again in a run that is finished after an account was linked', async () => {
    const test = await setUp();
    const [reset, account] = await test.operations();
    await test.act(reset?.intent ?? null);
    await test.act(account?.intent ?? null);
    expect(await test.backup(reset?.intent ?? null, { earlier: null })).toBe('changed');
    expect(test.resets()).toBe(1);
  });
});

describe('undo', () => {
  it('opens the set-up of what is not linked, and tells that the reset stays', async () => {
    const test = await setUp();
    const [reset, account] = await test.operations();
    expect(await test.revert(account?.intent ?? null, null)).toEqual({ result: 'already' });
    await test.act(reset?.intent ?? null);
    expect(await test.revert(account?.intent ?? null, null)).toEqual({ result: 'restored' });
    expect(await test.revert(reset?.intent ?? null, null)).toEqual({
      result: 'impossible',
      why: 'no-undo',
    });
    expect(test.links()).toEqual(['processes.open odopen://sync?useremail=ada%40contoso.example']);
  });
});
