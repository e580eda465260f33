import { describe, expect, it } from 'vitest';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { SAMPLE_STALE } from '../../harness/test-pc.ts';
import { failure } from './remedy-on.ts';
import { A, INTENT, setUp } from './stale-sign-ins.ts';

describe('preview', () => {
  it('shows names and users, never secrets', async () => {
    const operations = await (await setUp()).operations();
    expect(operations.map(({ item }) => item.label)).toEqual(SAMPLE_STALE);
    expect(operations[0]).toEqual({
      item: {
        id: 'credential-0',
        kind: 'credential',
        label: A,
        detail: 'ada@contoso.example',
        optional: true,
        ticked: true,
      },
      intent: INTENT,
    });
    expect(JSON.stringify(operations)).not.toMatch(/stale|token|password/i);
  });

  it('has nothing to change where nothing is on the list', async () => {
    const { preview } = await setUp({ credentials: samplePc().credentials.filter(({ stale }) => !stale) });
    expect(await preview()).toEqual({ state: 'nothing-to-change' });
  });
});

const CONTOSO = '7d1c5a52-3f0e-4c7b-9a55-2f6b0c8e4d11';
const FABRIKAM = '0f9e8d7c-6b5a-4433-9211-aabbccddeeff';
const text = (value: string) => ({ type: 'REG_SZ', value }) as const;

function account(name: string, email: string, tenant?: string) {
  const values = { UserEmail: text(email), ...(tenant && { ConfiguredTenantId: text(tenant) }) };
  return { [`Software\\Microsoft\\OneDrive\\Accounts\\${name}`]: values };
}

describe('a tick, where the organisation that fails is known', () => {
  const HKCU = {
    ...account('Business1', 'ada@contoso.example', CONTOSO.toUpperCase()),
    ...account('Business2', 'ada@fabrikam.example', FABRIKAM),
    ...account('Personal', 'ada@home.example'),
  };

  it.each<[string, string, boolean]>([
    ['OneDrive Cached Credential Business - Business1', '', true],
    ['OneDrive Cached Credential Business - Business2', '', false],
    ['OneDrive Cached Credential Business - Business3', '', false],
    ['OneDrive Cached Credential Business - Business12', '', true],
    ['OneDrive Cached Credential', 'ada@home.example', false],
    ['OneDrive Cached Credential', '', true],
    ['MicrosoftOffice16_Data:SSPI:ada@contoso.example', 'ada@contoso.example', true],
    ['MicrosoftOffice16_Data:SSPI:ada@fabrikam.example', '', false],
    ['MicrosoftOffice16_Data:orgid:ADA@Fabrikam.example', '', false],
    ['MicrosoftOffice16_Data:SSPI:ada@fabrikam.example.org', '', true],
    ['MicrosoftOffice16_Data:SSPI:zada@fabrikam.example', '', true],
    ['MicrosoftOffice16_Data:ADAL:5c3f7a9e', '', true],
    ['MicrosoftOffice16_Data:ADAL:both', 'ada@contoso.example ada@fabrikam.example', true],
    ['OneDrive Cached Credential Business - Business2', 'ada@contoso.example', true],
  ])('of `%s` of `%s` is %s', async (target, user, ticked) => {
    const { operations } = await setUp({ credentials: [{ target, user }], registry: { HKCU } });
    const shown = await operations({ failure: { ...failure, tenant: CONTOSO } });
    expect(shown.map(({ item }) => item)).toMatchObject([{ label: target, ticked }]);
  });

  it.each<[string, string | undefined, Record<string, object>]>([
    ['it is not known', undefined, HKCU],
    ['no account is linked to it', '11111111-2222-4333-8444-555555555555', HKCU],
    ['OneDrive says nothing of organisations', CONTOSO, account('Business2', 'ada@fabrikam.example')],
  ])('is set on all where %s', async (_, tenant, keys) => {
    const credentials = [{ target: 'OneDrive Cached Credential Business - Business2' }];
    const { operations } = await setUp({ credentials, registry: { HKCU: keys as typeof HKCU } });
    const shown = await operations({ failure: { ...failure, ...(tenant && { tenant }) } });
    expect(shown.map(({ item }) => item.ticked)).toEqual([true]);
  });

  it('is set on an address that the person has in both organisations', async () => {
    const both = {
      ...account('Business1', 'ada@contoso.example', CONTOSO),
      ...account('Business2', 'ada@contoso.example', FABRIKAM),
    };
    const credentials = [{ target: 'MicrosoftOffice16_Data:SSPI:ada@contoso.example' }];
    const { operations } = await setUp({ credentials, registry: { HKCU: both } });
    const shown = await operations({ failure: { ...failure, tenant: CONTOSO } });
    expect(shown.map(({ item }) => item.ticked)).toEqual([true]);
  });
});
