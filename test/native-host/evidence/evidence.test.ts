import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../native-host/checks/index.ts';
import { addIncidents, readIncidents } from '../../../native-host/runs/history.ts';
import { VERSION } from '../../../native-host/version.ts';
import { RUN_ID } from '../../harness/run-records.ts';
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

const vpn = [{ name: 'Contoso VPN', vpn: true }];
const { tenant, requestId, correlationId } = failure;

describe('without a policy that asks for it', () => {
  it.each([
    ['no policy', {}],
    ['a policy that says no', { EventLog: dword(0), Log: dword(0) }],
    ['numbers that mean nothing', { EventLog: dword(2), Log: dword(3) }],
    ['texts', { EventLog: { type: 'REG_SZ', value: '1' }, Log: { type: 'REG_SZ', value: '2' } } as const],
  ])('(%s) nothing is written at all', async (_, policy) => {
    const pc = await evidencePc(pcUnder(policy));
    const { host, ended } = hostOn(pc);
    const { id } = await repair({ host, ended });
    await ended(host.undo({ runId: id }));
    await runChecks(pc.machine, { only: ['clock'] });
    expect(pc.events()).toEqual([]);
    expect(await readdir(pc.machine.stateFolder)).not.toContain('log');
  });
});

describe('a failure that is repaired', () => {
  it('is told of when it is seen, planned for, repaired and undone, in both logs alike', async () => {
    const pc = await evidencePc(pcUnder(both));
    const { host, ended } = hostOn(pc);
    const { id } = await repair({ host, ended });
    await ended(host.undo({ runId: id }));
    const which = { code: 'AADSTS50173', category: 'local' };
    const stamp = { format: 1, time: expect.stringMatching(/Z$/), version: VERSION };
    const step = { remedy: 'purge-credentials', status: 'done', done: 3, total: 3, verification: 'works' };
    const expected = [
      { ...stamp, event: 'failure', ...which, seen: failure.time },
      { ...stamp, event: 'plan', ...which, steps: ['purge-credentials'], leftOut: [], recurrence: null },
      {
        ...{ ...stamp, event: 'run', run: id, ...which, outcome: 'fixed' },
        ...{ steps: [{ ...step, ms: expect.any(Number) }], ms: expect.any(Number) },
      },
      {
        ...{ ...stamp, event: 'undo', run: id, ...which, outcome: 'whole' },
        ...{ restored: 3, already: 0, conflicts: 0, impossible: 0 },
      },
    ];
    expect(pc.lines()).toEqual(expected);
    expect(pc.events().map(({ line }) => line)).toEqual(expected);
    expect(kinds(pc)).toEqual(['100 information', '110 information', '200 information', '240 information']);
  });

  it('is told of with findings and the correlation id where details are wanted, and only in the log', async () => {
    const pc = await evidencePc(pcUnder({ EventLog: dword(1), Log: dword(2) }, {}, { adapters: vpn }));
    await repair(hostOn(pc));
    expect(pc.lines()).toEqual([
      expect.objectContaining({ event: 'failure', correlationId }),
      expect.objectContaining({
        ...{ event: 'plan', correlationId },
        findings: [
          { check: 'vpn', meaning: 'connected', level: 'warning' },
          { check: 'onedrive-files', meaning: 'online-only', level: 'warning', amount: 2 },
        ],
      }),
      expect.objectContaining({ event: 'run', correlationId }),
    ]);
    for (const { line } of pc.events()) {
      expect(line).not.toHaveProperty('correlationId');
      expect(line).not.toHaveProperty('findings');
    }
  });

  it.each([dword(1), dword(2)])('names nobody and nothing of theirs (Log %o)', async (level) => {
    const pc = await evidencePc(pcUnder({ ...both, Log: level }, {}, { adapters: vpn }));
    const { host, ended } = hostOn(pc);
    const { id } = await repair({ host, ended }, ['purge-credentials', 'relink-onedrive']);
    await ended(host.undo({ runId: id }));
    const secrets = [tenant, requestId, 'ada', 'contoso', 'MicrosoftOffice', 'Cached', 'Users', '@'];
    const all = `${await readFile(pc.log, 'utf8')} ${JSON.stringify(pc.events())}`.toLowerCase();
    expect(all).toContain('aadsts50173');
    for (const secret of secrets) expect(all).not.toContain(String(secret).toLowerCase());
  });

  it('has no word in it that a page or a caller made up', async () => {
    const pc = await evidencePc(pcUnder(both));
    await addIncidents(pc.machine, [{ ...failure, code: 'ada.lovelace' }]);
    expect(pc.lines()).toMatchObject([{ event: 'failure', code: 'other' }]);
  });
});

describe('evidence that cannot be written', () => {
  const full: ((pc: EvidencePc) => void)[] = [
    // A device that is always full.
    ({ log }) => {
      mkdirSync(dirname(log), { recursive: true });
      symlinkSync('/dev/full', log);
    },
    ({ log }) => writeFileSync(dirname(log), 'a file where the folder should be'),
  ];

  it.each(full)('keeps no repair from being carried out, and the other log goes on (%#)', async (spoil) => {
    const pc = await evidencePc(pcUnder(both));
    spoil(pc);
    expect(await repair(hostOn(pc))).toMatchObject({ status: 'fixed' });
    expect(kinds(pc)).toHaveLength(3);
  });

  it('nor does an event log that refuses', async () => {
    const faults = [{ operation: 'reportEvent', problem: 'access-denied' }] as const;
    const pc = await evidencePc(pcUnder(both, {}, { faults: [...faults] }));
    expect(await repair(hostOn(pc))).toMatchObject({ status: 'fixed' });
    expect(pc.events()).toEqual([]);
    expect(pc.lines()).toHaveLength(3);
  });

  it('is not waited for, where something never answers', async () => {
    const faults = [{ operation: 'reportEvent', hangs: true }] as const;
    const pc = await evidencePc(pcUnder(both, {}, { faults: [...faults] }));
    await addIncidents(pc.machine, [failure]);
    expect((await readIncidents(pc.machine)).map(({ failure: { code } }) => code)).toEqual(['AADSTS50173']);
    expect(pc.lines()).toEqual([]);
  });

  it('stays, when the history is deleted: it is the administrator’s', async () => {
    const pc = await evidencePc(pcUnder(both));
    const test = hostOn(pc);
    await repair(test);
    await test.host.past.clear();
    expect(pc.lines()).toHaveLength(3);
    expect(existsSync(join(pc.machine.stateFolder, 'runs', RUN_ID))).toBe(false);
  });
});
