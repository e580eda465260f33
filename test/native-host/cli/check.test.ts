import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import { endpointHosts } from '../../../native-host/checks/endpoints/endpoints.ts';
import { parseConnectTo } from '../../../native-host/cli/connect-to.ts';
import { parseOptions } from '../../../native-host/cli/options.ts';
import { progressLine } from '../../../native-host/cli/progress-line.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { oddCertificates } from '../../harness/network/odd-certificates.ts';
import { goodServer } from '../../harness/network/tls-servers.ts';
import { policyPc } from '../../harness/policy-pc.ts';
import { testPc } from '../../harness/test-pc.ts';
import type { Certificates } from '../../stand-in/certificate.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await oddCertificates({ hosts: endpointHosts, organisation: 'Contoso' });
});

/** A server of one's own in place of all of Microsoft's, and how to have it looked at. */
async function directed() {
  const { folder, file } = await testPc({});
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, certificates.ca);
  const server = await goodServer(certificates);
  const args = ['check', '--machine', `simulated:${file}`, '--json', '--only', 'endpoints,interception'];
  return { args: [...args, '--connect-to', `::${server}`], ca };
}
const findingsOf = async (ended: ReturnType<typeof cli>) =>
  documentOf(await ended, hostMethods.check.result).findings;
const meanings = (findings: Awaited<ReturnType<typeof findingsOf>>) =>
  [...new Set(findings.map(({ level, meaning }) => `${level} ${meaning}`))].sort();

describe('check, sent to servers of one’s own', () => {
  it('trusts them by --ca, and still says that they are not Microsoft’s', async () => {
    const { args, ca } = await directed();
    const ended = cli(...args, '--ca', ca);
    const findings = await findingsOf(ended);
    expect(meanings(findings)).toEqual(['ok reachable', 'warning inspected']);
    expect(findings).toHaveLength(endpointHosts.length + 1);
    expect((await ended).code).toBe(0);
  });

  it('trusts nobody otherwise', async () => {
    const { args } = await directed();
    const ended = cli(...args);
    expect(meanings(await findingsOf(ended))).toEqual([
      'fault certificate-unknown',
      'fault inspected',
      'warning certificate-unknown',
    ]);
    expect((await ended).code).toBe(1);
  });

  it('trusts whom the system trusts, as OneDrive does, and says so', async () => {
    const { args, ca } = await directed();
    const { ended, child } = startHost(args, { SSL_CERT_FILE: ca });
    child.stdin.end();
    const findings = await findingsOf(ended);
    expect(meanings(findings)).toEqual(['ok reachable', 'warning inspected']);
    expect(findings[0]?.evidence).toMatchObject({ trust: 'system', issuer: 'Contoso' });
  });

  it('sends only the host that is named', async () => {
    const { args, ca } = await directed();
    const server = args.at(-1)?.slice(2);
    const findings = await findingsOf(
      cli(...args.slice(0, -1), `g.live.com:443:${server}`, '--ca', ca, '--only', 'endpoints'),
    );
    const reached = findings.filter(({ meaning }) => meaning === 'reachable');
    expect(reached.map(({ subject }) => subject)).toEqual(['g.live.com']);
  });
});

describe('check', () => {
  it('looks at the servers of the cloud that is named', async () => {
    const { file } = await testPc({});
    const ended = cli(
      'check',
      '--json',
      '--only',
      'endpoints',
      '--cloud',
      'china',
      '--machine',
      `simulated:${file}`,
    );
    const hosts = (await findingsOf(ended)).map(({ subject }) => subject);
    expect(hosts).toContain('login.partner.microsoftonline.cn');
    expect(hosts).not.toContain('login.microsoftonline.com');
  });

  it.each([
    ['', '2023-07-31'],
    ['china', '2021-03-29'],
  ])(
    'on a simulated PC does not ask for a newer list of the organisation’s cloud "%s", says so, and goes on',
    async (clouds, list) => {
      const { file } = await policyPc({ values: { Clouds: { type: 'REG_SZ', value: clouds } } });
      const args = ['--only', 'clock', '--machine', `simulated:${file}`];
      const { code, stdout, stderr } = await cli('check', '--refresh', ...args);
      expect(code).toBe(0);
      expect(stderr).toContain('simulated PC');
      expect(stderr).toContain(list);
      expect(stdout).not.toBe('');
    },
  );
});

describe('--only', () => {
  it('names checks of check, and else remedies', () => {
    expect(parseOptions(['check', '--only', 'proxy, clock'])).toMatchObject({
      only: undefined,
      checks: ['proxy', 'clock'],
    });
    expect(parseOptions(['fix', '--only', 'reset-onedrive'])).toMatchObject({
      only: ['reset-onedrive'],
      checks: undefined,
    });
    expect(() => parseOptions(['check', '--only', 'reset-onedrive'])).toThrow(/no check.*endpoints/);
    expect(() => parseOptions(['plan', '--only', 'proxy'])).toThrow(/no remedy.*reset-onedrive/);
  });
});

describe('a direction', () => {
  it.each([
    ['login.live.com:443:127.0.0.1:8443', ['login.live.com', 443, '127.0.0.1', 8443]],
    ['Login.Live.com::[::1]:', ['login.live.com', undefined, '::1', undefined]],
    ['::proxy.example:', [undefined, undefined, 'proxy.example', undefined]],
    [':::', [undefined, undefined, undefined, undefined]],
    ['[2603::1]:443:a:1', ['2603::1', 443, 'a', 1]],
  ])('%s is read as curl reads it', (text, [host, port, address, toPort]) => {
    expect(parseConnectTo(text)).toEqual({ host, port, address, toPort });
  });

  it.each(['', 'a:1:b', 'a:1:b:2:c', 'a:x:b:1', 'a:0:b:1', 'a:1:b:65536', '::1:443:a:1', 'a b:1:c:2'])(
    '%j is refused',
    (text) => {
      expect(() => parseConnectTo(text)).toThrow('--connect-to takes');
    },
  );
});

describe('the line that says what is waited for', () => {
  function onTerminal(isTTY: boolean, columns = 20) {
    let written = '';
    const write = (text: string | Uint8Array) => {
      written += text;
      return true;
    };
    return { line: progressLine({ isTTY, columns, write }), written: () => written };
  }
  const erase = '\r\u001B[2K';

  it('stays below what is printed, fits in its line, and is gone in the end', () => {
    const { line, written } = onTerminal(true);
    line.say('Still looking: endpoints');
    line.above(() => undefined);
    line.end();
    const shown = `${erase}⠋ Still looking: en`;
    expect(written()).toBe(`${shown}${erase}${shown}${erase}`);
  });

  it('is not there where there is no terminal', () => {
    const { line, written } = onTerminal(false);
    let printed = 0;
    line.say('Still looking');
    line.above(() => {
      printed += 1;
    });
    line.end();
    expect([written(), printed]).toEqual(['', 1]);
  });
});
