import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { mayRemove } from '../../../native-host/remedies/allow-list.ts';

const generic = (target: string) => mayRemove({ target, type: 'generic' });
const rest = fc.string({ unit: 'binary', maxLength: 60 });
const seeded = { seed: 20260106, numRuns: 1000 };

/** Names that Microsoft's articles give for removal, and how they go on. */
const documented = fc.oneof(
  fc.constant('OneDrive Cached Credential'),
  rest.map((tail) => `OneDrive Cached Credential ${tail}`),
  fc
    .tuple(fc.constantFrom('15', '16', '17', '18', '19'), rest)
    .map(([version, tail]) => `MicrosoftOffice${version}_${tail}`),
  rest.map((tail) => `MicrosoftOfficeDeviceCode${tail}`),
  fc.constantFrom('msteams_adalsso', 'MSTeams'),
  rest.map((tail) => `msteams_adalsso/${tail}`),
  fc.tuple(fc.constantFrom(' ', ':', '/', '-'), rest).map(([gap, tail]) => `MSTeams${gap}${tail}`),
);

describe('mayRemove', () => {
  it('takes every documented entry, with and without the namespace that Windows may put before it', () => {
    const property = fc.property(documented, (target) => {
      expect(generic(target)).toBe(true);
      expect(generic(`LegacyGeneric:target=${target}`)).toBe(true);
    });
    fc.assert(property, seeded);
  });

  it.each([
    'OneDrive Cached Credential Business - Business1',
    'MicrosoftOffice16_Data:ADAL:5c3f7a9e-61d2-4f0b-8a7e-0d9b1c2e3f40',
    'MicrosoftOffice16_Data:SSPI:ada@contoso.example',
    'MicrosoftOffice15_Data:live:cid=1',
    'LegacyGeneric:target=MicrosoftOffice16_Data:orgid:ada@contoso.example',
    'msteams_adalsso/adal_context_segments',
  ])('takes %s', (target) => {
    expect(generic(target)).toBe(true);
  });

  it.each([
    'MicrosoftAccount:target=SSO_POP_Device',
    'MicrosoftAccount:target=SSO_POP_User',
    'LegacyGeneric:target=MicrosoftAccount:target=SSO_POP_Device',
    'SSO_POP_Device',
    'MicrosoftAccount:user=ada@contoso.example',
    'WindowsLive:target=virtualapp/didlogical',
    'virtualapp/didlogical',
    'WindowsLive:target=MicrosoftOffice16_Data',
    'Domain:target=MicrosoftOffice16_Data:SSPI:ada@contoso.example',
    'Domain:target=OneDrive Cached Credential',
    'XboxLive',
    'git:https://git.contoso.example',
    'vscodevscode.github-authentication/github.auth',
    'OneDrive',
    'OneDrive Cached Credentials',
    'OneDrive Cached CredentialX',
    'My OneDrive Cached Credential',
    ' OneDrive Cached Credential',
    'onedrive cached credential',
    'MicrosoftOffice',
    'MicrosoftOffice16',
    'MicrosoftOffice14_Data',
    'MicrosoftOffice1_Data',
    'MicrosoftOffice160_Data',
    'microsoftoffice16_Data',
    'XMicrosoftOffice16_Data',
    'MSTeamsBot',
    'MSTeams_',
    'MSTeams2',
    'msteams',
    'msteams_adalssoX',
    'LegacyGeneric:target=',
    'LegacyGeneric:target=LegacyGeneric:target=MicrosoftOffice16_Data',
    'legacygeneric:target=MicrosoftOffice16_Data',
    '\nMicrosoftOffice16_Data',
    '',
  ])('never takes `%s`', (target) => {
    expect(generic(target)).toBe(false);
  });

  it('never takes a documented name behind anything but its own namespace', () => {
    const before = rest.filter((text) => text !== '' && text !== 'LegacyGeneric:target=');
    const property = fc.property(before, documented, (text, target) => {
      // What comes before may happen to be a whole documented name itself.
      fc.pre(!generic(text));
      fc.pre(!/^(?:LegacyGeneric:target=)?(?:One|Micro|ms|MS)/.test(text));
      expect(generic(text + target)).toBe(false);
    });
    fc.assert(property, seeded);
  });

  it('never takes a documented name whose first letters are of another case', () => {
    const swap = (text: string) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase());
    const property = fc.property(documented, fc.integer({ min: 0, max: 6 }), (target, at) => {
      expect(generic(target.slice(0, at) + swap(target.charAt(at)) + target.slice(at + 1))).toBe(false);
    });
    fc.assert(property, seeded);
  });

  it('never takes SSO_POP or virtualapp entries, nor another domain’s, whatever stands around', () => {
    const marked = fc.constantFrom(
      'MicrosoftAccount:target=SSO_POP_',
      'WindowsLive:target=virtualapp/',
      'Domain:target=',
    );
    const property = fc.property(marked, fc.oneof(rest, documented), (start, tail) => {
      expect(generic(start + tail)).toBe(false);
    });
    fc.assert(property, seeded);
  });

  it('never takes what is not generic, whatever its name', () => {
    const property = fc.property(documented, fc.constantFrom('domain-password', 'other'), (target, type) => {
      expect(mayRemove({ target, type } as Parameters<typeof mayRemove>[0])).toBe(false);
    });
    fc.assert(property, seeded);
  });

  it('takes just the stale ones of the sample', () => {
    const { credentials } = samplePc();
    expect(credentials.filter(mayRemove)).toEqual(credentials.filter(({ stale }) => stale));
  });
});
