/**
 * The check under Wine, with the registry as a person, a company or Windows itself may have set it, and with proxies
 * and proxy scripts of ours. Wine 8's WinHTTP knows no automatic proxy: `windows-connection` goes past all of them.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../common/findings.ts';
import { windowsHosts } from '../../native-host/checks/windows-connection.ts';
import { oddCertificates } from '../harness/network/odd-certificates.ts';
import { NOBODY } from '../harness/network/own-network.ts';
import { proxyServer, scriptServer } from '../harness/network/proxy-servers.ts';
import { goodServer, silentServer } from '../harness/network/tls-servers.ts';
import { openWineInNetwork, type WineInNetwork } from '../harness/wine/wine-in-network.ts';
import { detecting, winHttp } from '../native-host/checks/proxy/proxy-scene.ts';

const hosts = windowsHosts();
const INTERNET = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const hex = (bytes: Buffer) =>
  `hex:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;

let pc: WineInNetwork;
beforeAll(async () => {
  pc = await openWineInNetwork();
});
afterAll(() => pc[Symbol.asyncDispose]());

/** All of the settings; what is left out is taken away. */
function proxySettings({
  server = '',
  script = '',
  detect = false,
  services = winHttp('', '', 1),
}): string[] {
  const text = (value: string) => (value === '' ? '-' : `"${value}"`);
  const connections = Buffer.from(detecting(detect ? 0x9 : 0x1).DefaultConnectionSettings.value, 'base64');
  return [
    [
      `[HKEY_CURRENT_USER\\${INTERNET}]`,
      `"ProxyEnable"=dword:${server === '' ? 0 : 1}`,
      `"ProxyServer"=${text(server)}`,
      `"AutoConfigURL"=${text(script)}`,
    ].join('\r\n'),
    `[HKEY_CURRENT_USER\\${INTERNET}\\Connections]\r\n"DefaultConnectionSettings"=${hex(connections)}`,
    `[HKEY_LOCAL_MACHINE\\${INTERNET}\\Connections]\r\n"WinHttpSettings"=${hex(services)}`,
  ];
}

const told = (findings: readonly Finding[], check: string) =>
  findings
    .filter((each) => each.check === check)
    .map(({ level, meaning, subject }) => `${level} ${meaning} ${subject}`.trim())
    .sort();

test('tells which proxies and scripts are in the way, whoever set them', async () => {
  const { network } = pc;
  const good = await oddCertificates({ hosts, organisation: 'Good' });
  await pc.trust(good.ca);
  const microsoft = await network.place(await goodServer(good));
  const proxies = {
    'open.example': (await proxyServer()).address,
    'basic.example': (await proxyServer(407, ['Basic realm="a"'])).address,
    'ntlm.example': (await proxyServer(407, ['Negotiate', 'NTLM'])).address,
    'refusing.example': (await proxyServer(403)).address,
    'broken.example': (await proxyServer(502)).address,
    'silent.example': await silentServer(),
  };
  // Each host by another proxy.
  const byHost = `function FindProxyForURL(url, host) {
    var ways = ${JSON.stringify(Object.fromEntries(hosts.map((host, at) => [host, Object.keys(proxies)[at + 1]])))};
    return 'PROXY ' + ways[host] + ':3128'; }`;
  const names: Record<string, string> = {
    'dead.example': NOBODY,
    'by-host.example': await network.place(await scriptServer(byHost), 80),
    'open-pac.example': await network.place(
      await scriptServer("function FindProxyForURL() { return 'PROXY open.example:3128' }"),
      80,
    ),
    'broken-pac.example': await network.place(await scriptServer('function FindProxyForURL() {'), 80),
    'endless-pac.example': await network.place(
      await scriptServer('function FindProxyForURL() { for (;;); }'),
      80,
    ),
    'slow-pac.example': await network.place(await silentServer(), 80),
  };
  for (const host of hosts) names[host] = microsoft;
  for (const [name, server] of Object.entries(proxies)) names[name] = await network.place(server, 3128);
  // Where Windows looks for it in a domain of that name.
  await pc.set(
    '[HKEY_LOCAL_MACHINE\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters]\r\n"Domain"="corp.example"',
  );
  await network.name({ ...names, 'wpad.corp.example': names['open-pac.example'] ?? '' });

  const pac = (name: string) => `http://${name}-pac.example/proxy.pac`;
  const used = 'ok used open.example:3128';
  const differs = 'warning differs open.example:3128 ↔ DIRECT';
  const rows: [settings: Parameters<typeof proxySettings>[0], proxy: string[]][] = [
    [{}, ['ok direct']],
    [{ server: 'open.example:3128' }, [used, differs]],
    [{ server: 'open.example:3128', services: winHttp('open.example:3128') }, [used]],
    [{ services: winHttp('open.example:3128') }, [used, 'warning differs DIRECT ↔ open.example:3128']],
    [
      { server: 'dead.example:3128' },
      ['fault unreachable dead.example:3128', 'warning differs dead.example:3128 ↔ DIRECT'],
    ],
    [
      { script: 'http://by-host.example/' },
      [
        'fault login-required basic.example:3128',
        'fault refused broken.example:3128',
        'fault refused refusing.example:3128',
        'fault unreachable silent.example:3128',
        'warning differs basic.example:3128 ↔ DIRECT',
        'warning login-required ntlm.example:3128',
      ],
    ],
    [{ script: pac('open') }, [used, differs]],
    [{ script: pac('broken') }, [`fault script-broken ${pac('broken')}`]],
    [{ script: pac('endless') }, [`fault script-slow ${pac('endless')}`]],
    [{ script: pac('slow') }, [`fault script-slow ${pac('slow')}`]],
    [{ script: 'http://dead.example/' }, ['fault script-unreachable http://dead.example/']],
    [{ detect: true }, [used, differs]],
    // What is detected goes first.
    [{ detect: true, script: pac('broken') }, [used, differs]],
  ];
  const found: [unknown, string[]][] = [];
  for (const [settings] of rows) {
    await pc.set(...proxySettings(settings));
    const findings = await pc.look('proxy,windows-connection', 12);
    expect(new Set(told(findings, 'windows-connection'))).toEqual(
      new Set(hosts.map((host) => `ok works ${host}`)),
    );
    found.push([settings, told(findings, 'proxy')]);
  }
  expect(found).toEqual(rows.map(([settings, proxy]) => [settings, proxy.toSorted()]));

  await network.name(names);
  expect(told(await pc.look('proxy', 12), 'proxy')).toEqual([
    'fault script-broken http://broken-pac.example/proxy.pac',
  ]);
});

test('reads what is set for Windows, OneDrive and the device', async () => {
  const { wine, network } = pc;
  await network.name({});
  await pc.set(...proxySettings({}));
  const users = join(wine.prefix, 'drive_c', 'users');
  const [user = ''] = (await readdir(users)).filter((name) => name !== 'Public');
  const folder = join(users, user, 'AppData', 'Local', 'Microsoft', 'OneDrive');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'OneDrive.exe'), '');
  await pc.set(
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\NlaSvc\\Parameters\\Internet]\r\n"EnableActiveProbing"=dword:0',
    '[HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive\\Accounts\\Business1]\r\n"UserEmail"="ada@contoso.example"\r\n"UserFolder"="C:\\\\ada"',
    '[HKEY_CURRENT_USER\\Software\\Microsoft\\OneDrive\\Accounts\\Business2]\r\n"UserFolder"="C:\\\\half"',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\OneDrive]\r\n"DisableFileSyncNGSC"=dword:1',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\OneDrive\\AllowTenantList]\r\n"t"="t"',
    '[HKEY_CURRENT_USER\\SOFTWARE\\Policies\\Microsoft\\OneDrive]\r\n"DisablePersonalSync"=dword:1',
    '[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\0A1B]\r\n"TenantId"="t"',
  );
  const findings = await pc.look('internet,onedrive,onedrive-policy,device,vpn');
  expect(
    findings.map(({ check, level, meaning, evidence }) => [`${level} ${check}: ${meaning}`, evidence]),
  ).toEqual([
    ['warning internet: no-answer', { error: 'ENOTFOUND' }],
    ['warning internet: probe-off', { by: 'EnableActiveProbing' }],
    ['ok vpn: none', {}],
    // Wine has no dsregcmd, so the registry's answer stands.
    ['ok device: joined', { dsregcmd: 'exe-failed' }],
    ['warning onedrive: not-running', { accounts: 1 }],
    ['fault onedrive-policy: sync-forbidden', { policy: 'DisableFileSyncNGSC' }],
    ['warning onedrive-policy: organisations-limited', { policy: 'AllowTenantList' }],
    ['warning onedrive-policy: personal-forbidden', { policy: 'DisablePersonalSync' }],
  ]);
});
