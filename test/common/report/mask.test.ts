/** Who and where somebody is, is shortened in a report; what IT needs to find the failure again is not. */
import { describe, expect, test } from 'vitest';
import { makeReport } from '../../../common/report/make.ts';
import { masking } from '../../../common/report/mask-text.ts';
import { failure, findings, run, source, wording } from './source.ts';

const told = (full: boolean) => JSON.stringify(makeReport(source, wording, { full }));

describe('a report', () => {
  const [masked, full] = [told(false), told(true)];

  test.each([
    'jane',
    'JaneD',
    'contoso',
    'outlook.com/jane',
    'proxy.contoso.example',
    'wpad.contoso',
    'backup:8080',
    'hotel',
    'Contoso VPN',
    'JanesHome-5G',
    'Ethernet zu Hause',
    'sts.',
    '10.1.2.3',
    '192.168.7.1',
    'fd12:3456::1',
    '11111111-2222-4333-8444-555555555555',
    'Salaries',
  ])('says nothing of %s', (name) => {
    expect(masked.toLowerCase()).not.toContain(name.toLowerCase());
  });

  test.each([
    'jane@outlook.com',
    String.raw`CONTOSO\\jane.doe`,
    'proxy.contoso.example:3128',
    'Contoso VPN',
    '10.1.2.3',
    'Salaries 2027.xlsx',
    '11111111-2222-4333-8444-555555555555',
    'sts.contoso.example',
  ])('says %s where all of it is asked for', (name) => {
    expect(full).toContain(name);
  });

  test.each([
    'AADSTS50173',
    '5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
    '9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00',
    '2026-11-22T09:41:07.000Z',
    'login.microsoftonline.com',
    'c…-my.sharepoint.com',
    '"subject":"p….example:3128"',
    'The proxy p….example:3128 does not answer.',
    'A VPN is connected: C…',
    'WireGuard Tunnel',
    '20.190.160.1',
    '9.9.9.9',
    '10.…',
    '192.168.…',
    String.raw`C:\\Users\\J…2\\AppData\\Local\\Microsoft\\OneDrive`,
    'OneDrive Cached Credential Business - Business1',
    'outlook.com',
    '"autoDetect":"off"',
    'access-denied',
  ])('still says %s', (text) => {
    expect(masked).toContain(text);
  });

  test('tells two apart whose names begin alike, and names one the same everywhere', () => {
    const vpns = ['Work VPN', 'Wonder VPN'].map((subject) => ({ ...findings[3], subject }));
    const more = findings.slice(0, 3).map((each) => ({ ...each, evidence: { error: 'by Wonder VPN' } }));
    const check = { ...source.check, findings: [...vpns, ...more] };
    const made = makeReport({ ...source, check } as typeof source, wording);
    const words = made.check?.findings.map(({ words }) => words).filter((each) => each.includes('VPN is'));
    expect(words).toEqual(['A VPN is connected: W….', 'A VPN is connected: W…2.']);
    expect(JSON.stringify(made)).toContain('by W…2');
  });

  test('does not change what it was made of', () => {
    const before = structuredClone(source);
    told(false);
    expect(source).toEqual(before);
    expect(source.runs[0]).toBe(run);
    expect(source.failures[0]).toBe(failure);
  });
});

describe('in a text', () => {
  const kept = '5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35';
  const hide = () =>
    masking({ names: ['Contoso (VPN)', 'WLAN'], hosts: ['proxy', 'gate.fabrikam.example'] }, [kept]);

  test.each([
    ['jane.doe+x@mail.contoso.co.uk', 'j…@m….uk'],
    ['Ünal@größe.example', 'Ü…@g….example'],
    ['j***@contoso.example', 'j…@c….example'],
    ['jane_contoso.com#EXT#@fabrikam.onmicrosoft.com', 'j…@f….onmicrosoft.com'],
    ['https://contoso-admin.sharepoint.com/sites', 'https://c…-admin.sharepoint.com/sites'],
    ['contoso.sharepoint.us', 'c….sharepoint.us'],
    ['con-toso.mail.onmicrosoft.com', 'c….mail.onmicrosoft.com'],
    ['contoso.b2clogin.com', 'c….b2clogin.com'],
    [String.raw`D:\Users\Jane Doe\Desktop\plan.docx: in use`, String.raw`D:\Users\J…\…: in use`],
    [String.raw`c:\\users\\jane\\AppData\\Local`, String.raw`c:\\users\\j…\\AppData\\Local`],
    ['/home/jane/.local/x', '/home/j…/…'],
    [String.raw`AzureAD\JaneDoe`, String.raw`A…\J…`],
    ['user=jane;', 'user=j…;'],
    ['on contoso (vpn), by Proxy:80', 'on c…, by P…:80'],
    ['at gate.fabrikam.example', 'at g….example'],
    [`${kept} of 99999999-2222-4333-8444-555555555555`, `${kept} of 9…`],
    ['172.16.0.1 172.31.255.9 169.254.1.1 100.64.0.9', '172.16.… 172.31.… 169.254.… 100.64.…'],
    ['fe80::1%12 and fd00:1::2', 'fe80:… and fd00:…'],
  ])('%s is %s', (text, shown) => {
    expect(hide().text(text)).toBe(shown);
    // Shortened once, it stays as it is.
    const again = hide();
    expect(again.text(again.text(text))).toBe(shown);
  });

  test.each([
    '172.32.0.1 100.128.0.1 11.0.0.1 10.0.19045.3693 1.10.1.2.3',
    'login.microsoftonline.com',
    String.raw`HKLM\SOFTWARE\Policies\Signin Rescue`,
    String.raw`HKEY_CURRENT_USER\Software\Microsoft\OneDrive\Accounts`,
    String.raw`C:\Program Files\Microsoft OneDrive\OneDrive.exe`,
    String.raw`C:\WINDOWS\System32\dsregcmd.exe`,
    'OneDrive Cached Credential Business - Business1',
    'TLS_AES_256_GCM_SHA384',
    'xWLANx',
    'net::ERR_PROXY_CONNECTION_FAILED fe80',
  ])('%s stays', (text) => {
    expect(hide().text(text)).toBe(text);
  });
});
