import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import { PlanSchema } from '../../../common/plan.ts';
import { endpointHosts } from '../../../native-host/checks/endpoints/endpoints.ts';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { VERSION } from '../../../native-host/version.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { silentServer } from '../../harness/network/tls-servers.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { type PcInput, SAMPLE_STALE, testPc } from '../../harness/test-pc.ts';

async function pcOption(pc?: PcInput) {
  const test = await testPc(pc);
  return { ...test, on: ['--machine', `simulated:${test.file}`] };
}

const CheckSchema = hostMethods.check.result;
const UsageSchema = v.strictObject({ usage: v.string() });
const ProblemDocument = v.strictObject({
  problem: v.object({ kind: v.string(), detail: v.optional(v.string()) }),
});

describe('help and version', () => {
  it('say what there is', async () => {
    const [none, help, version, json] = await Promise.all([
      cli(),
      cli('--help'),
      cli('-v'),
      cli('--version', '--json'),
    ]);
    expect(none).toEqual(help);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of [
      'explain',
      'check',
      'plan',
      'fix',
      'undo',
      'history',
      'status',
      'install',
      'uninstall',
      'list',
      'open',
    ]) {
      expect(help.stdout).toContain(`signin-rescue ${command}`);
    }
    expect(version).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect(documentOf(json, v.unknown())).toEqual({ version: VERSION });
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    ['an unknown command', ['mend']],
    ['an unknown option', ['check', '--quickly']],
    ['an option without its value', ['check', '--machine']],
    ['an unknown remedy', ['plan', 'AADSTS50173', '--only', 'format-disk']],
    ['a time-out of nothing', ['check', '--timeout', '0']],
    ['an unknown cloud', ['check', '--cloud', 'mars']],
    ['certificates that are none', ['check', '--ca', import.meta.filename]],
    ['plan without a code', ['plan']],
    ['plan with no code in its text', ['plan', 'it is broken']],
    ['explain without a text', ['explain']],
  ])('%s: exits with 2, says why on stderr, and nothing on stdout', async (_, args) => {
    const [plain, json] = await Promise.all([cli(...args), cli('--json', ...args)]);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).not.toBe('');
    expect(json.code).toBe(2);
    expect(plain.stderr).toContain(documentOf(json, UsageSchema).usage);
  });
});

describe('explain', () => {
  it('says what a code means and needs no PC', async () => {
    const on = ['--machine', 'simulated:/nowhere/at/all.json'];
    const [plain, json] = await Promise.all([
      cli('explain', 'AADSTS53003', ...on),
      cli('explain', 'aadsts 53003', '--json', ...on),
    ]);
    expect(plain).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('AADSTS53003') });
    expect(documentOf(json, v.unknown())).toMatchObject({
      failure: { code: 'AADSTS53003', category: 'policy', remedies: [], documented: false },
      others: [],
    });
  });

  it('finds the telling code in a text, and says when there is none', async () => {
    const [several, none] = await Promise.all([
      cli('explain', '--json', 'Error 0x8004de40 and AADSTS50173: revoked'),
      cli('explain', '--json', 'hello'),
    ]);
    expect(documentOf(several, v.unknown())).toMatchObject({
      failure: { code: 'AADSTS50173' },
      others: [{ code: '0x8004de40' }],
    });
    expect(none.code).toBe(0);
    expect(documentOf(none, v.unknown())).toEqual({ failure: null, others: [] });
  });
});

describe('check', () => {
  it('exits with 0 when all is reachable', async () => {
    const { on } = await pcOption();
    const [plain, json] = await Promise.all([cli('check', ...on), cli('check', '--json', ...on)]);
    expect(plain).toMatchObject({ code: 0, stderr: expect.stringMatching(/simulated/i) });
    for (const host of endpointHosts) expect(plain.stdout).toContain(host);
    expect(json.code).toBe(0);
    const { findings } = documentOf(json, CheckSchema);
    const hosts = findings.filter(({ check }) => check === 'endpoints').map(({ subject }) => subject);
    expect(hosts).toEqual([...endpointHosts]);
  });

  it('exits with 1 when something is not', async () => {
    const { on } = await pcOption({ network: { hosts: { 'g.live.com': { fault: 'tls-failed' } } } });
    const [plain, json] = await Promise.all([cli('check', ...on), cli('check', '--json', ...on)]);
    expect([plain.code, json.code]).toEqual([1, 1]);
    const faults = documentOf(json, CheckSchema).findings.filter(({ level }) => level === 'fault');
    expect(faults).toMatchObject([{ subject: 'g.live.com', meaning: 'tls-failed' }]);
  });

  it('ends at Ctrl+C though a server is silent: exits with 130, and --json still has its document', async () => {
    const { file } = await testPc({
      network: { hosts: { 'g.live.com': { connectTo: await silentServer() } } },
    });
    const host = startHost(['check', '--json', '--timeout', '600', '--machine', `simulated:${file}`]);
    await host.says(/simulated/i);
    host.child.kill('SIGINT');
    const ended = await host.ended;
    expect(ended.code).toBe(130);
    expect(documentOf(ended, ProblemDocument).problem.kind).toBe('cancelled');
  });
});

describe('plan', () => {
  it('says what would be done and does nothing', async () => {
    const { on, read } = await pcOption();
    const before = read();
    const [plain, json] = await Promise.all([
      cli('plan', 'AADSTS50173', ...on),
      cli('plan', '50173', '--json', ...on),
    ]);
    expect([plain.code, json.code]).toEqual([0, 0]);
    for (const target of SAMPLE_STALE) expect(plain.stdout).toContain(target);
    expect(plain.stdout).not.toContain('git:');
    expect(documentOf(json, PlanSchema).steps[0]?.items.map(({ label }) => label)).toEqual(SAMPLE_STALE);
    expect(read()).toEqual(before);
  });

  it('exits with 3 for what only others can repair', async () => {
    const { on } = await pcOption();
    const json = await cli('plan', 'AADSTS53003', '--json', ...on);
    expect(json.code).toBe(3);
    expect(documentOf(json, PlanSchema).steps).toEqual([]);
  });

  it('keeps to the remedies that are named', async () => {
    const { on } = await pcOption();
    const json = await cli('plan', 'AADSTS50173', '--only', 'reset-onedrive', '--json', ...on);
    expect(documentOf(json, PlanSchema).steps.map(({ remedy, reason }) => [remedy, reason])).toEqual([
      ['reset-onedrive', 'chosen'],
    ]);
  });
});

describe('a PC that cannot be worked on', () => {
  const folder = () => temporaryFolder();

  it.each([
    ['is not there', () => join(folder(), 'none.json')],
    ['is a folder', folder],
    [
      'is not JSON',
      () => {
        const file = join(folder(), 'pc.json');
        writeFileSync(file, '{"credentials": [');
        return file;
      },
    ],
    [
      'has an unknown field',
      () => {
        const file = join(folder(), 'pc.json');
        writeFileSync(file, JSON.stringify({ ...samplePc(), passwords: [] }));
        return file;
      },
    ],
  ])('because its file %s: exits with 4 and says so', async (_, file) => {
    const option = `simulated:${file()}`;
    const [plain, json] = await Promise.all([
      cli('plan', 'AADSTS50173', '--machine', option),
      cli('status', '--json', '--machine', option),
    ]);
    expect(plain).toMatchObject({ code: 4, stdout: '' });
    expect(plain.stderr.length).toBeGreaterThan(20);
    expect(json.code).toBe(4);
    expect(documentOf(json, ProblemDocument).problem.kind).toBe('machine-unreadable');
  });

  it.each(['windows', 'amiga', 'windows:x'])(
    'because there is no machine `%s` here: exits with 4',
    async (machine) => {
      const json = await cli('check', '--json', '--machine', machine);
      expect(json.code).toBe(4);
      expect(documentOf(json, ProblemDocument).problem.kind).toBe('not-supported');
    },
  );
});
