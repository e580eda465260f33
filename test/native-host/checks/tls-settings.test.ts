import { describe, expect, it } from 'vitest';
import { tlsSettings } from '../../../native-host/checks/tls-settings.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { context, dword, look, sz } from './look.ts';

type Registry = NonNullable<PcInput['registry']>;

const SETTINGS = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const WINHTTP = `SOFTWARE\\${SETTINGS}\\WinHttp`;
const WINHTTP_32 = `SOFTWARE\\WOW6432Node\\${SETTINGS}\\WinHttp`;
const SCHANNEL =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client';
const CIPHERS = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const DOTNET = 'SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319';
const DOTNET_32 = 'SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319';

const options = (value: number): Registry => ({
  HKCU: { [`Software\\${SETTINGS}`]: { SecureProtocols: dword(value) } },
});
const policy = (value: number) => ({
  [`Software\\Policies\\${SETTINGS}`]: { SecureProtocols: dword(value) },
});
const winHttp = (value: number, key = WINHTTP) => ({ [key]: { DefaultSecureProtocols: dword(value) } });
const ciphers = (list: string): Registry => ({ HKLM: { [CIPHERS]: { Functions: sz(list) } } });

const one = async (registry: Registry) => {
  const findings = await look(tlsSettings, { registry });
  return findings.map(({ id, level, meaning, subject, evidence }) => [id, level, meaning, subject, evidence]);
};
const fine = (evidence: object) => [['tls-settings', 'ok', 'fine', '', evidence]];
const off = (level: string, meaning: string, evidence: object, subject = '') => [
  [`tls-settings:${meaning}`, level, meaning, subject, evidence],
];

describe('the check of Windows’ TLS settings', () => {
  it.each<[string, Registry, unknown[]]>([
    ['nothing is set', {}, fine({})],
    ['all is as it should be', options(0xa80), fine({ SecureProtocols: '0xa80' })],
    ['1.2 and 1.3 are ticked', options(0x2800), fine({ SecureProtocols: '0x2800' })],
    ['1.0 and 1.1 are ticked', options(0x280), off('fault', 'tls12-off', { SecureProtocols: '0x280' })],
    ['nothing is ticked', options(0), off('fault', 'tls12-off', { SecureProtocols: '0x0' })],
    ['1.3 alone is ticked', options(0x2000), off('warning', 'tls12-off', { SecureProtocols: '0x2000' })],
    [
      'the policy is better than what is ticked',
      { ...options(0x80), HKLM: policy(0x800) },
      fine({ SecureProtocols: '0x800' }),
    ],
    [
      'the policy is worse than what is ticked',
      { HKCU: { ...options(0x800).HKCU, ...policy(0x80) } },
      off('fault', 'tls12-off', { SecureProtocols: '0x80' }),
    ],
    [
      'a tick has another type',
      { HKCU: { [`Software\\${SETTINGS}`]: { SecureProtocols: sz('128') } } },
      fine({}),
    ],
    [
      'WinHTTP has 1.0 only',
      { HKLM: winHttp(0x80) },
      off('fault', 'tls12-off-winhttp', { DefaultSecureProtocols: '0x80' }),
    ],
    [
      'WinHTTP of 32 bits has 1.0 only',
      { HKLM: { ...winHttp(0xaa0), ...winHttp(0x80, WINHTTP_32) } },
      off('warning', 'tls12-off-winhttp', {
        DefaultSecureProtocols: '0xaa0',
        DefaultSecureProtocols32: '0x80',
      }),
    ],
    [
      'WinHTTP has what Microsoft’s fix sets',
      { HKLM: winHttp(0xa00) },
      fine({ DefaultSecureProtocols: '0xa00' }),
    ],
    [
      'SCHANNEL has 1.2 off',
      { HKLM: { [SCHANNEL]: { Enabled: dword(0) } } },
      off('fault', 'tls12-off-schannel', { SchannelEnabled: '0x0' }),
    ],
    [
      'SCHANNEL has 1.2 off unless asked for',
      { HKLM: { [SCHANNEL]: { Enabled: dword(1), DisabledByDefault: dword(1) } } },
      off('fault', 'tls12-off-schannel', { SchannelEnabled: '0x1', SchannelDisabledByDefault: '0x1' }),
    ],
    [
      'SCHANNEL has 1.2 on in words of its own',
      { HKLM: { [SCHANNEL]: { Enabled: dword(0xffffffff), DisabledByDefault: dword(0) } } },
      fine({ SchannelEnabled: '0xffffffff', SchannelDisabledByDefault: '0x0' }),
    ],
    [
      'a policy has one that will do, at the end',
      ciphers('TLS_RSA_WITH_AES_128_CBC_SHA,TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'),
      fine({ Functions: 'TLS_RSA_WITH_AES_128_CBC_SHA,TLS_DHE_RSA_WITH_AES_128_GCM_SHA256' }),
    ],
    [
      'a policy is written loosely',
      ciphers('tls_ecdhe_rsa_with_aes_256_gcm_sha384 , x,'),
      fine({ Functions: 'tls_ecdhe_rsa_with_aes_256_gcm_sha384 , x,' }),
    ],
    [
      'a policy has none that will do',
      ciphers('TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_GCM_SHA384'),
      off('fault', 'ciphers-missing', {
        Functions: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_256_GCM_SHA384',
      }),
    ],
    [
      'a policy has those of TLS 1.3 only',
      ciphers('TLS_AES_128_GCM_SHA256'),
      off('warning', 'ciphers-missing', { Functions: 'TLS_AES_128_GCM_SHA256' }),
    ],
    ['a policy is empty', ciphers(''), fine({})],
    [
      'a policy cannot be read as a text',
      { HKLM: { [CIPHERS]: { Functions: { type: 'REG_MULTI_SZ', value: ['TLS_RSA_WITH_RC4_128_SHA'] } } } },
      fine({}),
    ],
    [
      '.NET is told to be old',
      { HKLM: { [DOTNET]: { SchUseStrongCrypto: dword(0), SystemDefaultTlsVersions: dword(1) } } },
      off(
        'warning',
        'dotnet-old',
        { SchUseStrongCrypto: '0x0', SystemDefaultTlsVersions: '0x1' },
        'SchUseStrongCrypto',
      ),
    ],
    [
      '.NET of both kinds is told to be old',
      {
        HKLM: {
          [DOTNET]: { SchUseStrongCrypto: dword(0), SystemDefaultTlsVersions: dword(0) },
          [DOTNET_32]: { SystemDefaultTlsVersions: dword(0) },
        },
      },
      off(
        'warning',
        'dotnet-old',
        { SchUseStrongCrypto: '0x0', SystemDefaultTlsVersions: '0x0', SystemDefaultTlsVersions32: '0x0' },
        'SchUseStrongCrypto, SystemDefaultTlsVersions',
      ),
    ],
  ])('when %s', async (_, registry, findings) => {
    expect(await one(registry)).toEqual(findings);
  });

  it('tells every fault', async () => {
    const findings = await one({
      ...options(0x80),
      HKLM: { ...winHttp(0x80), [SCHANNEL]: { Enabled: dword(0) }, ...ciphers('x').HKLM },
    });
    expect(findings.map(([, , meaning]) => meaning)).toEqual([
      'tls12-off',
      'tls12-off-winhttp',
      'tls12-off-schannel',
      'ciphers-missing',
    ]);
  });

  it('keeps a long policy short', async () => {
    const [finding] = await look(tlsSettings, { registry: ciphers('TLS_NULL_WITH_NULL_NULL,'.repeat(42)) });
    expect(finding?.evidence.Functions).toHaveLength(500);
  });

  it('does not say that all is fine where a place is closed to it', async () => {
    const faults: PcInput['faults'] = [
      { operation: 'registry.read', match: 'SCHANNEL', problem: 'access-denied' },
    ];
    expect(await look(tlsSettings, { faults })).toMatchObject([
      { level: 'unknown', meaning: 'not-looked', evidence: { error: 'access-denied' } },
    ]);
    expect(await look(tlsSettings, { faults, registry: options(0x80) })).toMatchObject([
      { level: 'fault', meaning: 'tls12-off' },
    ]);
  });

  it('only reads', async () => {
    const { machine, read } = await testPc({ registry: options(0x80) });
    await Promise.all(tlsSettings.look(context(machine)));
    expect(read()).toMatchObject({ log: [], registry: options(0x80) });
  });
});
