import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import type * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import en from '../../../common/_locales/en/messages.json' with { type: 'json' };
import { RegistrationSchema } from '../../../native-host/cli/install.ts';
import { StatusSchema } from '../../../native-host/cli/status.ts';
import { faultHost } from '../../harness/host/fault-hosts.ts';
import { cli, documentOf, startHost } from '../../harness/host/host-process.ts';
import { leads, manifestText, number, program, text, written } from '../../harness/host/registered.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'native-host', 'main.ts');
const EDGE_POLICY = 'Software\\Policies\\Microsoft\\Edge';

/** A simulated PC that is asked for by name: Windows’ registry, and files of this computer. */
async function windows(pc: PcInput = {}) {
  const { file, folder, read, machine } = await testPc(pc);
  const run = async <T>(schema: v.GenericSchema<unknown, T>, ...args: string[]) => {
    const ended = await cli(...args, '--json', '--machine', `simulated:${file}`);
    return { code: ended.code, ...documentOf(ended, schema) };
  };
  const status = async (...args: string[]) => {
    const { browsers, ...rest } = await run(StatusSchema, 'status', ...args);
    return { ...rest, of: Object.fromEntries(browsers.map((each) => [each.browser, each])) };
  };
  return {
    ...{ folder, read, run, status, stateFolder: machine.stateFolder },
    plain: (...args: string[]) => cli(...args, '--machine', `simulated:${file}`),
  };
}

describe('on a simulated PC', () => {
  it('install has every browser reach the real host, and uninstall leaves nothing', async () => {
    const { run, status, read, stateFolder } = await windows();
    const dry = await run(RegistrationSchema, 'install', '--dry-run');
    expect(dry).toMatchObject({ code: 0, dryRun: true });
    expect([read().registry.HKCU, existsSync(join(stateFolder, 'registration'))]).toEqual([{}, false]);

    expect(await run(RegistrationSchema, 'install')).toMatchObject({ code: 0, browsers: dry.browsers });
    const { code, of } = await status();
    expect(code).toBe(0);
    expect(new Set(Object.values(of).map(({ cause }) => cause))).toEqual(new Set(['ready']));

    expect(await run(RegistrationSchema, 'uninstall')).toMatchObject({ code: 0 });
    expect(read().registry.HKCU).toEqual({ Software: {} });
    expect(existsSync(join(stateFolder, 'registration'))).toBe(false);
  });

  it('status --fix mends what it may, says what it may not, and leaves the rest alone', async () => {
    const folder = temporaryFolder();
    const other = { name: 'org.example', allowed_origins: ['chrome-extension://a/'] };
    const foreign = written(join(folder, 'm.json'), manifestText('chromium', '/x', other));
    const dying = program(folder, faultHost('dies'));
    const { status, plain, read } = await windows({
      registry: {
        HKCU: {
          ...leads('Google\\Chrome', join(folder, 'gone.json')),
          ...leads('Chromium', written(join(folder, 'dies.json'), manifestText('chromium', dying))),
          ...leads('Vivaldi', foreign),
          'Software\\Clients\\StartMenuInternet\\Firefox-308046B0AF4A39CB': {},
          'Software\\Clients\\StartMenuInternet\\Microsoft Edge': {},
          'Software\\Clients\\StartMenuInternet\\Brave': {},
        },
        HKLM: { [EDGE_POLICY]: { NativeMessagingUserLevelHosts: number(0) } },
      },
    });
    const before = await status();
    expect(before).toMatchObject({ code: 1, fixed: [] });
    expect(Object.values(before.of).map(({ browser, cause, todo }) => [browser, cause, todo])).toEqual([
      ['chrome', 'manifest-missing', 'fix'],
      ['edge', 'user-hosts-off', 'it-install'],
      ['chromium', 'exited', 'fix'],
      // It reads Chromium's place, too.
      ['brave', 'exited', 'fix'],
      ['vivaldi', 'foreign', 'foreign'],
      ['firefox', 'not-registered', 'fix'],
    ]);
    const words = (await plain('status')).stdout;
    for (const said of [
      en.cli_cause_exited,
      en.cli_cause_user_hosts_off,
      en.cli_todo_it_install,
      en.host_died,
    ])
      expect(words).toContain(said.message);

    const after = await status('--fix');
    // What is left is for IT.
    expect(after.code).toBe(3);
    expect(after.fixed.map(({ browser, is }) => [browser, is])).toEqual([
      ...[
        ['chrome', 'registered'],
        ['chromium', 'registered'],
        ['brave', 'registered'],
      ],
      ['firefox', 'registered'],
    ]);
    expect(Object.values(after.of).map(({ cause }) => cause)).toEqual([
      ...['ready', 'user-hosts-off', 'ready', 'ready', 'foreign', 'ready'],
    ]);
    expect(read().registry.HKCU['Software\\Vivaldi\\NativeMessagingHosts\\com.signin_rescue.host']).toEqual({
      '': text(foreign),
    });
  });

  it('status --fix writes its manifests and starter anew', async () => {
    const { run, status, stateFolder } = await windows();
    await run(RegistrationSchema, 'install');
    const own = join(stateFolder, 'registration');
    rmSync(join(own, 'signin-rescue-host'));
    writeFileSync(join(own, 'firefox.json'), '{');
    const before = await status();
    expect([before.of.chrome?.cause, before.of.firefox?.cause]).toEqual(['program-missing', 'not-json']);
    expect(await status('--fix')).toMatchObject({ code: 0, of: { chrome: { cause: 'ready' } } });
  });

  it('what could not be mended is not called mendable again', async () => {
    const { status, run } = await windows({
      faults: [{ operation: 'registry.writeValue', match: 'Chrome', problem: 'access-denied' }],
      registry: { HKCU: leads('Google\\Chrome', '/gone.json') },
    });
    const after = await status('--fix');
    expect(after).toMatchObject({
      code: 1,
      of: { chrome: { cause: 'manifest-missing', todo: 'reinstall' } },
    });
    expect(after.fixed).toMatchObject([{ browser: 'chrome', is: 'refused' }]);
    expect(await run(RegistrationSchema, 'install')).toMatchObject({ code: 1 });
  });

  it('a helper that is reached and cannot work is not called ready', async () => {
    const folder = temporaryFolder();
    const command = [process.execPath, MAIN, '--machine', 'simulated:/nowhere.json'];
    const file = written(join(folder, 'm.json'), manifestText('chromium', program(folder, command)));
    const { status, plain } = await windows({ registry: { HKCU: leads('Google\\Chrome', file) } });
    expect(await status()).toMatchObject({
      code: 1,
      of: { chrome: { cause: 'problem', detail: 'machine-unreadable' } },
    });
    expect((await plain('status')).stdout).toContain(`Google Chrome: ${en.cli_cause_problem.message}`);
  });

  it('install says so where nothing can be written', async () => {
    const { run, stateFolder } = await windows();
    // Where its folder should be.
    writeFileSync(join(stateFolder, 'registration'), '');
    const { code, browsers } = await run(RegistrationSchema, 'install');
    expect(code).toBe(1);
    expect(new Set(browsers.map(({ is, detail }) => `${is} ${detail}`))).toEqual(new Set(['refused EEXIST']));
  });
});

describe('on this computer', () => {
  it('install is for the browsers of one’s home, whose host runs on the simulated PC', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.config', 'chromium'), { recursive: true });
    mkdirSync(join(home, 'snap', 'firefox'), { recursive: true });
    const env = { HOME: home, XDG_STATE_HOME: join(home, 'state'), LOCALAPPDATA: '' };
    const run = async (...args: string[]) => {
      const { child, ended } = startHost(args, env);
      child.stdin.end();
      return ended;
    };
    expect(await run('status')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(en.host_missing.message),
    });
    const installed = await run('install');
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout).toContain(en.cli_registration_packed.message);
    const status = await run('status', '--json');
    expect(status.code).toBe(0);
    const { browsers } = documentOf(status, StatusSchema);
    expect(browsers.map(({ cause }) => cause)).toEqual([
      ...['not-here', 'not-here', 'ready', 'not-here', 'not-here', 'packed'],
    ]);
    const [chromium] = browsers.filter(({ cause }) => cause === 'ready');
    expect(readFileSync(chromium?.program ?? '', 'utf8')).toContain("'--machine' 'simulated'");
    await run('uninstall');
    expect(existsSync(chromium?.manifest ?? home)).toBe(false);
  });

  it('on a full disk the earlier registration stays as it was, and works', async () => {
    const home = temporaryFolder();
    mkdirSync(join(home, '.config', 'chromium'), { recursive: true });
    const run = (state: string, ...args: string[]) => {
      const { child, ended } = startHost(args, {
        ...{ HOME: home, LOCALAPPDATA: '', XDG_STATE_HOME: join(home, state) },
      });
      child.stdin.end();
      return ended;
    };
    await run('earlier', 'install');
    const manifest = join(home, '.config', 'chromium', 'NativeMessagingHosts', 'com.signin_rescue.host.json');
    const before = readFileSync(manifest, 'utf8');
    await run('later', 'list');
    // No file may grow: for a program that is what a full disk is.
    const limited = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, MAIN, 'install', '--json'];
    const env = { HOME: home, LOCALAPPDATA: '', XDG_STATE_HOME: join(home, 'later') };
    const { exitCode, stdout } = await execa('sh', limited, { env, reject: false });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('"refused"');
    expect(readFileSync(manifest, 'utf8')).toBe(before);
    expect(readdirSync(dirname(manifest))).toEqual([basename(manifest)]);
    expect((await run('earlier', 'status')).code).toBe(0);
  });
});
