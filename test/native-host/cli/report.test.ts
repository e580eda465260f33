import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { ReportSchema } from '../../../common/report/report.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { VERSION } from '../../../native-host/version.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { silentServer } from '../../harness/network/tls-servers.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

async function setUp(pc?: PcInput) {
  const { folder, file } = await testPc(pc);
  const on = ['--machine', `simulated:${file}`];
  return {
    on,
    html: join(folder, 'report.html'),
    run: (...args: string[]) => cli('report', ...args, ...on),
    json: async (...args: string[]) => {
      const ended = await cli('report', '--json', ...args, ...on);
      return { ...ended, made: documentOf(ended, ReportSchema) };
    },
  };
}

const pasted = `Sorry, but we’re having trouble signing you in. AADSTS53003: Access has been blocked.
Request Id: 9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00
Correlation Id: 5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35
Timestamp: 2026-11-22T09:41:07Z`;

describe('report', () => {
  it('looks at the connection, and prints a text for a ticket', async () => {
    const { run } = await setUp();
    const { code, stdout, stderr } = await run('AADSTS53003');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Sign-in report\n/);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining([
        'Code: AADSTS53003',
        'Simulated PC: none of this is about a real one.',
        'Connection check: Nothing stands in the way',
        `Helper: ${VERSION}`,
      ]),
    );
    expect(stderr).toMatch(/^Simulated PC/);
  });

  it('as JSON is one document of its schema; without a code it is about what the history saw last', async () => {
    const { run, json, on } = await setUp();
    expect((await json('--no-check')).made).toMatchObject({ failures: [], tried: [], check: null });
    await cli('fix', 'AADSTS50173', '--yes', ...on);
    const { code, made } = await json('--no-check');
    expect(code).toBe(0);
    expect(made).toMatchObject({
      masked: true,
      simulated: true,
      failures: [{ code: 'AADSTS50173' }],
      tried: [{ code: 'AADSTS50173', status: 'fixed', steps: [{ status: 'done' }, { status: 'waiting' }] }],
      versions: { extension: null, helper: VERSION, browser: null },
    });
    expect((await json('--no-check', '0x8004de40')).made.tried).toEqual([]);
    expect((await run('--no-check', 'AADSTS50173')).stdout).toContain('Result: Sign-in works again');
  });

  it('takes ids and time from a pasted text', async () => {
    const { json } = await setUp();
    const { made } = await json('--no-check', pasted);
    expect(made.failures).toMatchObject([
      {
        code: 'AADSTS53003',
        requestId: '9d0b6c1e-7f24-4c8b-8a55-0e3c7d915b00',
        correlationId: '5c2f1a9e-3b7d-4e0a-9c41-2d8e6f0b7a35',
        time: '2026-11-22T09:41:07.000Z',
      },
    ]);
  });

  it('shortens names, and says them in full where that is asked for', async () => {
    const network = { name: 'Contoso VPN', description: 'WireGuard Tunnel', vpn: true };
    const { json } = await setUp({ ...samplePc(), adapters: [network] });
    const [masked, full] = [await json(), await json('--full')];
    expect(full.stdout).toContain('Contoso VPN');
    expect(masked.stdout).not.toContain('Contoso VPN');
    expect([masked.made.masked, full.made.masked]).toEqual([true, false]);
  });

  it('that finds a fault is a report all the same: exits with 0', async () => {
    const { json } = await setUp({
      network: { hosts: { 'login.microsoftonline.com': { fault: 'tls-failed' } } },
    });
    const { code, made } = await json();
    expect(code).toBe(0);
    expect(made.check?.findings[0]).toMatchObject({ level: 'fault' });
  });
});

describe('report --html', () => {
  it('writes a page and says where, with nothing on stdout', async () => {
    const { run, html } = await setUp();
    const { code, stdout, stderr } = await run('AADSTS53003', '--no-check', '--html', html);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(html);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]+AADSTS53003[\s\S]+<\/html>\n$/);
  });

  it('leaves a file alone that is there already, unless it may be replaced', async () => {
    const { run, html } = await setUp();
    writeFileSync(html, 'mine');
    const refused = await run('AADSTS53003', '--no-check', '--html', html);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect(readFileSync(html, 'utf8')).toBe('mine');
    expect((await run('AADSTS53003', '--no-check', '--html', html, '--yes')).code).toBe(0);
    expect(readFileSync(html, 'utf8')).toContain('AADSTS53003');
  });

  it('with --json has its document as well', async () => {
    const { json, html } = await setUp();
    const { made } = await json('AADSTS53003', '--no-check', '--html', html);
    expect(made.failures).toHaveLength(1);
    expect(existsSync(html)).toBe(true);
  });

  it.each(['/nowhere/at/all/report.html', '.'])('to %s cannot be written: exits with 2', async (place) => {
    const { json } = await setUp();
    const ended = cli('report', '--no-check', '--json', '--html', place, '--yes', ...(await setUp()).on);
    expect((await ended).code).toBe(2);
    expect(documentOf(await ended, v.strictObject({ usage: v.string() })).usage).toContain('--html');
    expect((await json('--no-check')).code).toBe(0);
  });
});

describe('report ends', () => {
  it('with 2 where no code is named', async () => {
    const { run } = await setUp();
    expect(await run('it is broken')).toMatchObject({ code: 2, stdout: '' });
  });

  it('with 4 where there is no PC to look at', async () => {
    expect((await cli('report', 'AADSTS53003', '--machine', 'none')).code).toBe(4);
  });

  it('with 130 when the look is cancelled, and writes nothing', async () => {
    const server = await silentServer();
    const pc = { network: { hosts: { 'login.microsoftonline.com': { connectTo: server } } } };
    const { on, html } = await setUp(pc);
    const host = startHost(['report', 'AADSTS53003', '--timeout', '600', '--html', html, ...on]);
    host.child.stdin.end();
    await host.says(/simulated/i);
    host.child.kill('SIGINT');
    expect((await host.ended).code).toBe(130);
    expect(existsSync(html)).toBe(false);
  });
});

it('is in the help, with its options', async () => {
  const { stdout } = await cli('--help');
  for (const part of ['signin-rescue report', '--full', '--html FILE', '--no-check'])
    expect(stdout).toContain(part);
});

it('names the help desk of the organisation on stderr', async () => {
  const policy = {
    'SOFTWARE\\Policies\\Signin Rescue': {
      HelpDesk: { type: 'REG_SZ' as const, value: 'it@contoso.example' },
    },
  };
  const { run } = await setUp({ registry: { HKLM: policy } });
  expect((await run('AADSTS53003', '--no-check')).stderr).toContain('Your help desk: it@contoso.example');
});
