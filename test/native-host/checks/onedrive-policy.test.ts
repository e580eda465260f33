import { describe, expect, it } from 'vitest';
import { onedrivePolicy } from '../../../native-host/checks/onedrive-policy.ts';
import { dword, look, sz } from './look.ts';

const WINDOWS_POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows\\OneDrive';
const POLICY = 'SOFTWARE\\Policies\\Microsoft\\OneDrive';
const TENANT = '00000000-0000-4000-8000-000000000001';

describe('a policy', () => {
  it.each([
    ['is not there', {}],
    ['is switched off', { [WINDOWS_POLICY]: { DisableFileSyncNGSC: dword(0) } }],
    ['is of another type', { [WINDOWS_POLICY]: { DisableFileSyncNGSC: sz('1') } }],
    ['is another', { [`${POLICY}\\DiskSpaceCheckThresholdMB`]: { [TENANT]: dword(1) } }],
  ])('that %s keeps nobody out', async (_, HKLM) => {
    expect(await look(onedrivePolicy, { registry: { HKLM } })).toMatchObject([
      { level: 'ok', meaning: 'free', evidence: {} },
    ]);
  });

  const kinds = [
    [
      'sync-forbidden',
      'fault',
      'DisableFileSyncNGSC',
      { [WINDOWS_POLICY]: { DisableFileSyncNGSC: dword(1) } },
    ],
    ['personal-forbidden', 'warning', 'DisablePersonalSync', { [POLICY]: { DisablePersonalSync: dword(1) } }],
    ...['AllowTenantList', 'BlockTenantList'].map(
      (list) =>
        [
          'organisations-limited',
          'warning',
          list,
          { [`${POLICY}\\${list}`]: { [TENANT]: sz(TENANT) } },
        ] as const,
    ),
  ] as const;

  it.each(kinds)(
    'says %s, a %s, by %s, for the PC and for the person',
    async (meaning, level, policy, keys) => {
      for (const registry of [{ HKLM: keys }, { HKCU: keys }]) {
        expect(await look(onedrivePolicy, { registry })).toMatchObject([
          { id: `onedrive-policy:${meaning}`, level, meaning, evidence: { policy } },
        ]);
      }
    },
  );

  it('does not hide another', async () => {
    const all = Object.assign({}, ...kinds.map(([, , , keys]) => keys));
    all[POLICY] = { DisablePersonalSync: dword(1) };
    const found = await look(onedrivePolicy, { registry: { HKLM: all } });
    expect(found.map(({ meaning }) => meaning)).toEqual([
      'sync-forbidden',
      'organisations-limited',
      'personal-forbidden',
    ]);
    expect(found[1]?.evidence).toEqual({ policy: 'AllowTenantList, BlockTenantList' });
  });
});

it('policies that cannot be read are told so', async () => {
  const faults = [
    { operation: 'registry.read' as const, match: 'OneDrive', problem: 'access-denied' as const },
  ];
  expect(await look(onedrivePolicy, { faults })).toMatchObject([
    { level: 'unknown', meaning: 'not-looked', evidence: { error: 'access-denied' } },
  ]);
});
