import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../native-host/checks/index.ts';
import { changeSimulatedPc } from '../../../native-host/machine/simulated/index.ts';
import { Journal } from '../../../native-host/runs/store.ts';
import { beginOf, RUN_ID } from '../../harness/run-records.ts';
import { type PcInput, SAMPLE_STALE } from '../../harness/test-pc.ts';
import {
  both,
  dword,
  type EvidencePc,
  evidencePc,
  failure,
  hostOn,
  kinds,
  pcUnder,
  repair,
} from './evidence-pc.ts';

const ofRuns = (pc: EvidencePc) => pc.lines().filter(({ event }) => event === 'run');

describe('how a run can end', () => {
  it.each([
    ['not-fixed', '201 warning', { outcome: 'fails' }],
    ['needs-user', '210 information', { outcome: 'needs-user' }],
    ['unverified', '212 information', { outcome: 'unknown' }],
  ] as const)('%s is event %s', async (outcome, event, verification) => {
    const pc = await evidencePc(pcUnder(both));
    await repair(hostOn(pc, verification));
    expect(ofRuns(pc)).toMatchObject([{ outcome }]);
    expect(kinds(pc).at(-1)).toBe(event);
  });

  it('failed is an event of its own, with the problem and not its details', async () => {
    const faults = [{ operation: 'credentials.remove', problem: 'access-denied' }] as const;
    const pc = await evidencePc(pcUnder(both, {}, { faults: [...faults] }));
    await repair(hostOn(pc));
    expect(ofRuns(pc)).toMatchObject([{ outcome: 'failed', steps: [{ problem: 'access-denied' }] }]);
    expect(kinds(pc).at(-1)).toBe('202 warning');
  });

  it('a guide that waits is told, and that the run was cancelled or given up', async () => {
    const pc = await evidencePc(pcUnder(both));
    const { host, ended } = hostOn(pc);
    const { id } = await repair({ host, ended }, ['check-clock']);
    await ended(host.cancel(id));
    await repair({ host, ended }, ['check-clock']);
    await repair({ host, ended });
    expect(ofRuns(pc).map((line) => line.event === 'run' && line.outcome)).toEqual([
      ...['your-turn', 'cancelled'],
      ...['your-turn', 'cancelled', 'fixed'],
    ]);
    expect(kinds(pc)).toEqual(expect.arrayContaining(['211 information', '220 information']));
  });

  it('an undo with something that exists anew is told as one in part', async () => {
    const pc = await evidencePc(pcUnder(both));
    const stale = pc.read().credentials.filter(({ target }) => target === SAMPLE_STALE[0]);
    const { host, ended } = hostOn(pc);
    const { id } = await repair({ host, ended });
    await changeSimulatedPc(
      pc.file,
      ({ credentials }) => void credentials.push(...stale.map((entry) => ({ ...entry, secret: 'newer' }))),
    );
    await ended(host.undo({ runId: id }));
    expect(pc.lines().at(-1)).toMatchObject({ event: 'undo', outcome: 'in-part', conflicts: 1 });
    expect(kinds(pc).at(-1)).toBe('241 warning');
  });

  it('one that was cut off is told once, by whoever finds it first', async () => {
    const pc = await evidencePc(pcUnder(both));
    await (await Journal.create(join(pc.machine.stateFolder, 'runs'), beginOf(1))).close();
    const found = await Promise.all([hostOn(pc), hostOn(pc)].map(({ host }) => host.past.current()));
    expect(found).toMatchObject([{ status: 'interrupted' }, { status: 'interrupted' }]);
    await hostOn(pc).host.past.current();
    expect(pc.lines()).toMatchObject([{ event: 'run', run: RUN_ID, outcome: 'interrupted' }]);
    expect(kinds(pc)).toEqual(['230 warning']);
  });
});

describe('a plan', () => {
  it('that was only asked for is not told of', async () => {
    const pc = await evidencePc(pcUnder(both));
    await hostOn(pc).host.plan(failure, { browser: true });
    expect([...pc.lines(), ...pc.events()]).toEqual([]);
  });

  it('out of which policy keeps a remedy is told as a refusal, too, even of one that is asked for by name', async () => {
    const pc = await evidencePc(pcUnder(both, { 'purge-credentials': { type: 'REG_SZ', value: 'off' } }));
    const { host } = hostOn(pc);
    await host.plan(failure, { only: ['purge-credentials'] });
    await host.plan(failure, { remember: true });
    const refused = { event: 'refused', code: 'AADSTS50173', remedies: ['purge-credentials'] };
    expect(pc.lines()).toMatchObject([refused, { event: 'failure' }, { event: 'plan' }, refused]);
    expect(kinds(pc)).toContain('400 information');
  });
});

describe('a look at the connection', () => {
  const broken = (log: number): PcInput => {
    const pc = pcUnder(
      { EventLog: dword(1), Log: dword(log) },
      {},
      { network: { default: 'name-not-found' } },
    );
    const site = { type: 'REG_SZ', value: 'https://contoso-my.sharepoint.com/' } as const;
    const account = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';
    Object.assign(pc.registry?.HKCU?.[account] ?? {}, { SPOResourceId: site });
    return pc;
  };

  it('that finds a fault is told of with its cause, and with hosts of Microsoft’s where details are wanted', async () => {
    const pc = await evidencePc(broken(2));
    const { findings, diagnosis } = await runChecks(pc.machine, { only: ['endpoints'] });
    const faults = findings.filter(({ level }) => level === 'fault').length;
    const [line] = pc.lines();
    expect(line).toMatchObject({
      ...{ event: 'check', faults, who: diagnosis.who },
      cause: { check: 'endpoints', meaning: 'name-not-found' },
      findings: expect.arrayContaining([
        {
          ...{ check: 'endpoints', meaning: 'name-not-found', level: 'fault' },
          host: 'login.microsoftonline.com',
        },
      ]),
    });
    // Seen on this PC, and named after the organisation.
    expect(findings.map(({ subject }) => subject).join()).toContain('contoso');
    expect(JSON.stringify(line)).not.toContain('contoso');
    expect(kinds(pc)).toEqual(['300 warning']);
  });

  it('that finds none, or is called off, is not', async () => {
    const fine = await evidencePc(pcUnder(both));
    await runChecks(fine.machine, { only: ['clock'] });
    const off = await evidencePc(broken(1));
    await runChecks(off.machine, { only: ['endpoints'], signal: AbortSignal.abort() });
    expect([...fine.lines(), ...fine.events(), ...off.lines(), ...off.events()]).toEqual([]);
  });
});
