import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MAX_TO_BROWSER } from '../../../common/contract.ts';
import { findingWords } from '../../../common/findings.ts';
import { PlanSchema } from '../../../common/plan.ts';
import { guideIds, remedyIds, repairIds } from '../../../common/remedies.ts';
import { say } from '../../../native-host/cli/words.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { makePlan, type PlanOptions } from '../../../native-host/runs/plan.ts';
import { failure } from '../../harness/run-records.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

async function planFor(code: string, pc?: PcInput, options?: PlanOptions) {
  const { machine } = await testPc(pc);
  const made = await makePlan(machine, { ...failure, code }, options);
  return { ...made, plan: v.parse(PlanSchema, made.plan) };
}

describe('makePlan', () => {
  it('has operations behind every item, and ids that are each their own', async () => {
    for (const code of [
      'AADSTS50173',
      'AADSTS16000',
      'AADSTS50020',
      '0x8007016a',
      '0xcaa20003',
      '0x8004de40',
    ]) {
      const { plan, operations } = await planFor(code, undefined, { browser: true });
      expect(plan.steps.length, code).toBeGreaterThan(0);
      for (const { remedy, items } of plan.steps) {
        expect(operations.get(remedy)?.map(({ item }) => item)).toEqual(items);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      }
    }
  });

  it.each([
    'AADSTS53003',
    '0x8004deef',
    'AADSTS50105',
    'AADSTS50058',
    'AADSTS9999999',
    '0x8004de00',
    'nonsense',
  ])('offers nothing for %s, which nothing on this PC can repair or nobody knows', async (code) => {
    expect((await planFor(code)).plan).toMatchObject({ steps: [], leftOut: [] });
  });

  it('says of each step what is expected of it, where it is written, and why it stands there', async () => {
    const adapters = [{ name: 'Contoso VPN', vpn: true }];
    const { plan } = await planFor('0x8004de40', { ...samplePc(), adapters });
    const [first] = plan.steps;
    expect(first).toMatchObject({ remedy: 'disconnect-vpn', reason: 'found', undo: 'none', items: [] });
    const found = plan.findings.find(({ id }) => id === first?.finding);
    expect(found && findingWords(found, say)).toBe('A VPN is connected: Contoso VPN.');
    const reset = plan.steps.find(({ remedy }) => remedy === 'reset-onedrive');
    expect(reset).toMatchObject({ reason: 'points-here', documented: true, risk: 'medium', undo: 'partial' });
  });

  it('warns before a reset of what is only in the cloud', async () => {
    const { plan } = await planFor('0x8004de85');
    const { warnings = [] } = plan.steps.find(({ remedy }) => remedy === 'reset-onedrive') ?? {};
    const meanings = plan.findings.filter(({ id }) => warnings.includes(id)).map(({ meaning }) => meaning);
    expect(meanings).toContain('online-only');
  });

  it('does not reset OneDrive while Microsoft cannot be reached and files are only in the cloud', async () => {
    const network = { default: 'connection-failed' } as const;
    const { plan } = await planFor('0x8004de85', { ...samplePc(), network });
    const reset = plan.leftOut.find(({ remedy }) => remedy === 'reset-onedrive');
    expect(reset).toMatchObject({ because: 'unsafe-now' });
    expect(plan.findings.find(({ id }) => id === reset?.finding)).toMatchObject({ meaning: 'offline' });
  });

  it('leaves out what has nothing to change, and says why', async () => {
    const { plan, operations } = await planFor('AADSTS50173', { ...samplePc(), credentials: [] });
    expect(plan.leftOut).toContainEqual({ remedy: 'purge-credentials', because: 'nothing-to-change' });
    expect(operations.has('purge-credentials')).toBe(false);
  });

  it('leaves out the reset where OneDrive is not installed', async () => {
    const { plan } = await planFor('0x8004de85', { ...samplePc(), oneDrive: { installed: null } });
    expect(plan.leftOut).toContainEqual({ remedy: 'reset-onedrive', because: 'onedrive-missing' });
  });

  it('leaves out a remedy that cannot look, and keeps the others', async () => {
    const faults = [{ operation: 'credentials.list', problem: 'access-denied' }] as const;
    const { plan } = await planFor('AADSTS50173', { ...samplePc(), faults: [...faults] }, { browser: true });
    expect(plan.leftOut).toContainEqual({ remedy: 'purge-credentials', because: 'cannot-look' });
    expect(plan.steps.map(({ remedy }) => remedy)).toContain('clear-browser-session');
  });

  it('leaves to the browser what only it can do', async () => {
    const only = ['clear-browser-session'] as const;
    expect((await planFor('AADSTS50173', undefined, { only })).plan).toMatchObject({
      steps: [],
      leftOut: [{ remedy: 'clear-browser-session', because: 'needs-browser' }],
    });
    expect((await planFor('AADSTS50173', undefined, { only, browser: true })).plan.steps).toHaveLength(1);
  });

  it('leaves out what was tried in vain, and what the organisation forbids', async () => {
    const { plan } = await planFor('AADSTS50173', undefined, {
      browser: true,
      tried: new Set(['clear-browser-session']),
      objections: new Map([['purge-credentials', 'forbidden']]),
    });
    expect(plan.leftOut).toEqual(
      expect.arrayContaining([
        { remedy: 'clear-browser-session', because: 'already-tried' },
        { remedy: 'purge-credentials', because: 'forbidden' },
      ]),
    );
  });

  it('keeps to a person’s own choice and its order', async () => {
    const only = [...remedyIds].reverse();
    const { plan } = await planFor('AADSTS53003', undefined, { only, browser: true });
    const all = [...plan.steps, ...plan.leftOut].map(({ remedy }) => remedy);
    expect(all.sort()).toEqual([...repairIds, ...guideIds].sort());
    expect(plan.steps.map(({ remedy }) => remedy)).toEqual(
      only.filter((id) => plan.steps.some(({ remedy }) => remedy === id)),
    );
    expect(new Set(plan.steps.map(({ reason }) => reason))).toEqual(new Set(['chosen']));
  });

  it('gives every plan another id', async () => {
    const { machine } = await testPc();
    const plans = await Promise.all([1, 2, 3].map(() => makePlan(machine, failure)));
    expect(new Set(plans.map(({ plan }) => plan.id)).size).toBe(3);
  });
});

describe('a plan', () => {
  it('fits into one message however much there is to remove', async () => {
    const credentials = Array.from({ length: 1_800 }, (_, n) => ({
      target: `MicrosoftOffice16_Data:ADAL:${String(n).padStart(400, 'x')}`,
      user: 'u'.repeat(400),
    }));
    const { plan } = await planFor('AADSTS50173', { ...samplePc(), credentials });
    const { items = [] } = plan.steps.find(({ remedy }) => remedy === 'purge-credentials') ?? {};
    expect(items.length).toBeGreaterThan(100);
    expect(JSON.stringify(plan).length).toBeLessThan(MAX_TO_BROWSER / 2);
  });

  it('for a rule of the organisation says that this PC is one of its own', async () => {
    const HKLM = { 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\0A1B': {} };
    const { plan } = await planFor('AADSTS53000', { ...samplePc(), registry: { HKCU: {}, HKLM } });
    expect(plan.steps).toEqual([]);
    expect(plan.findings.map(({ check, meaning }) => `${check} ${meaning}`)).toContain('device joined');
  });

  it('does not tell a PC of nobody’s organisation to reconnect with one', async () => {
    const { plan } = await planFor('0x8004de40');
    expect(plan.leftOut).toContainEqual({ remedy: 'rejoin-device', because: 'not-joined' });
  });
});
