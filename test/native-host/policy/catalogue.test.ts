import { afterEach, describe, expect, it } from 'vitest';
import { describeFailure, meaningWords, setExtension } from '../../../common/failures/index.ts';
import { fill } from '../../../common/text.ts';
import { applyCataloguePolicy } from '../../../native-host/policy/catalogue.ts';
import { makePlan } from '../../../native-host/runs/plan.ts';
import { testPc } from '../../harness/test-pc.ts';

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
