/** What policy forbids, from the command line: no option runs it, and the words say whom to ask. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PlanSchema } from '../../../common/plan.ts';
import { ReportSchema } from '../../../common/report/report.ts';
import { RunSchema } from '../../../common/run.ts';
import { cli, documentOf } from '../../harness/host/host-process.ts';
import { changePolicy, type PolicyWish, policyPc } from '../../harness/policy-pc.ts';
import { SAMPLE_STALE, targets } from '../../harness/test-pc.ts';

const held: PolicyWish = {
  remedies: { 'purge-credentials': 'approval', 'reset-onedrive': 'off' },
  values: {
    HelpDesk: { type: 'REG_SZ', value: 'it@contoso.example' },
    HelpDeskText: { type: 'REG_SZ', value: 'Call 555 0100' },
  },
};

async function setUp(wish: PolicyWish = held) {
  const pc = await policyPc(wish);
  const on = ['--machine', `simulated:${pc.file}`];
  return {
    ...pc,
    run: (...args: string[]) => cli(...args, ...on),
    json: async <T>(schema: v.GenericSchema<unknown, T>, ...args: string[]) => {
      const ended = await cli(...args, '--json', ...on);
      return { code: ended.code, document: documentOf(ended, schema) };
    },
  };
}

describe('plan', () => {
  it('says what is off, what wants an approval, and whom to ask', async () => {
    const { run, json } = await setUp();
    const { stdout, code } = await run('plan', 'AADSTS50173', '--only', 'purge-credentials,reset-onedrive');
    expect(code).toBe(3);
    expect(stdout).toContain('Remove stored sign-in entries: Your organisation wants to approve this first.');
    expect(stdout).toContain('Reset OneDrive: Your organisation has turned this off.');
    expect(stdout).toContain('Your help desk: Call 555 0100 · it@contoso.example');
    const { document } = await json(PlanSchema, 'plan', 'AADSTS50173');
    expect(document.leftOut).toContainEqual({ remedy: 'reset-onedrive', because: 'forbidden' });
  });
});

it.each([['plan', 'AADSTS50173'], ['status']])(
  '%s names on standard error each value that cannot be used',
  async (...command) => {
    const { run } = await setUp({
      remedies: { 'flush-dns': 'maybe', 'flush-dsn': 'off' },
      values: { HelpDesk: { type: 'REG_SZ', value: 'nobody' }, Watch: { type: 'REG_DWORD', value: 7 } },
    });
    const { stderr } = await run(...command);
    expect(stderr).toContain(
      'value Remedies\\flush-dsn, cannot be used: there is no repair or guide of this name',
    );
    expect(stderr).toContain(
      'value Remedies\\flush-dns, cannot be used: it is none of allowed, approval, off',
    );
    expect(stderr).toContain('value HelpDesk, cannot be used');
    expect(stderr).toContain('value Watch, cannot be used: it is neither 0 nor 1');
  },
);

describe('fix', () => {
  it.each([
    ['named', ['--only', 'purge-credentials,reset-onedrive']],
    ['not named', []],
    ['with all that is unticked', ['--only', 'reset-onedrive,purge-credentials', '--all']],
  ])('with --yes does nothing of it, %s', async (_, args) => {
    const { run, read } = await setUp();
    const { credentials, processes } = read();
    const { code, stdout } = await run('fix', 'AADSTS50173', ...args, '--yes');
    expect(code).toBe(3);
    expect(stdout).toContain('Your help desk: ');
    expect(read()).toMatchObject({ credentials, processes });
  });

  it('goes on with a run that waited, and not with what was turned off meanwhile', async () => {
    const { run, json, file, read } = await setUp({});
    const args = ['AADSTS50173', '--only', 'check-clock,purge-credentials'];
    expect(await run('fix', ...args, '--yes')).toMatchObject({ code: 3 });
    await changePolicy(file, held);
    const { code, document } = await json(RunSchema, 'fix', '--yes');
    expect(document.steps[1]).toMatchObject({ status: 'failed', problem: { kind: 'needs-approval' } });
    expect(code).toBe(3);
    expect(targets(read())).toContain(SAMPLE_STALE[0]);
  });

  it('does what was approved', async () => {
    const { run, read } = await setUp({
      ...held,
      approvals: { 'purge-credentials': new Date(Date.now() + 3_600_000).toISOString() },
    });
    expect(await run('fix', 'AADSTS50173', '--yes')).toMatchObject({ code: 0 });
    expect(targets(read())).not.toContain(SAMPLE_STALE[0]);
  });

  it('is undone whatever policy says by then', async () => {
    const { run, file, read } = await setUp({});
    const before = targets(read()).sort();
    await run('fix', 'AADSTS50173', '--yes');
    await changePolicy(file, held);
    expect(await run('undo', '--yes')).toMatchObject({ code: 0 });
    expect(targets(read()).sort()).toEqual(before);
  });
});

it('report says what the organisation does not let run', async () => {
  const { run, json } = await setUp();
  const { stdout, stderr } = await run('report', 'AADSTS50173', '--no-check');
  expect(stdout).toContain('Not allowed by the organisation:');
  expect(stdout).toContain('- Reset OneDrive: Your organisation has turned this off.');
  expect(stderr).toContain('Your help desk: Call 555 0100 · it@contoso.example');
  const { document } = await json(ReportSchema, 'report', 'AADSTS50173', '--no-check');
  expect(v.parse(v.array(v.looseObject({ remedy: v.string() })), document.notAllowed)).toHaveLength(2);
});
