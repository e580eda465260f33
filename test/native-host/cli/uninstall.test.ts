import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';
import { cli, startHost } from '../../harness/host/host-process.ts';
import { testPc } from '../../harness/test-pc.ts';

async function repaired() {
  const { file, machine } = await testPc(samplePc());
  const on = ['--machine', `simulated:${file}`];
  const run = (...args: string[]) => cli(...args, ...on);
  await run('fix', 'AADSTS50173', '--yes');
  const kept = () => existsSync(machine.stateFolder);
  expect(kept()).toBe(true);
  return { run, kept };
}

describe('uninstall and backups', () => {
  it('leaves them, unless they are named', async () => {
    const { run, kept } = await repaired();
    expect((await run('uninstall')).code).toBe(0);
    expect(kept()).toBe(true);
    expect((await run('undo', '--yes')).code).toBe(0);
  });

  it('asks first: with nobody to ask and without --yes it does nothing', async () => {
    const { run, kept } = await repaired();
    expect(await run('uninstall', '--backups')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(kept()).toBe(true);
  });

  it('only says what would be done with --dry-run', async () => {
    const { run, kept } = await repaired();
    expect((await run('uninstall', '--backups', '--yes', '--dry-run')).code).toBe(0);
    expect(kept()).toBe(true);
  });

  it('with --backups leaves no folder of ours', async () => {
    const { run, kept } = await repaired();
    expect((await run('uninstall', '--backups', '--yes')).code).toBe(0);
    expect(kept()).toBe(false);
  });

  it('keeps those of a repair that goes on, and of one that was cut off', async () => {
    const { file, machine } = await testPc({ ...samplePc(), paceMs: 60_000 });
    const on = ['--machine', `simulated:${file}`];
    const host = startHost(['fix', 'AADSTS50173', '--yes', ...on]);
    host.child.stdin.end();
    await host.says(/Removing/);
    expect((await cli('uninstall', '--backups', '--yes', ...on)).code).toBe(4);
    host.child.kill('SIGKILL');
    await host.ended;
    expect((await cli('uninstall', '--backups', '--yes', ...on)).code).toBe(4);
    expect(existsSync(machine.stateFolder)).toBe(true);
  });
});
