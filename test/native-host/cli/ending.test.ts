/** How the process ends, and that look-ups of names which never end hold up neither it nor other work. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hostMethods } from '../../../common/contract.ts';
import { endpointHosts } from '../../../native-host/checks/endpoints/endpoint-list.ts';
import { cli, documentOf, type Ended, startHost } from '../../harness/host/host-process.ts';
import { ensurePrograms } from '../../harness/system-packages.ts';
import { testPc } from '../../harness/test-pc.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');
const main = join(root, 'native-host', 'main.ts');

/** Runs a program to its end; gives how it ended and what it wrote. */
async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code: v.parse(v.nullable(v.number()), code), stdout, stderr };
}

/** In namespaces of its own: a name server on loopback that never says a word, and then our program. */
const silentNames = `
  const { execFileSync, spawn } = require('node:child_process');
  const { writeFileSync } = require('node:fs');
  const [node, ...args] = process.argv.slice(1);
  const over = (file, text) => {
    writeFileSync('/run/' + file, text);
    execFileSync('mount', ['--bind', '/run/' + file, '/etc/' + file]);
  };
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  over('resolv.conf', 'nameserver 127.0.0.1\\noptions timeout:30 attempts:5\\n');
  over('hosts', '127.0.0.1 localhost known.example\\n');
  require('node:dgram').createSocket('udp4').bind(53, '127.0.0.1', () => {
    spawn(node, args, { stdio: 'inherit' }).on('exit', (code) => process.exit(code));
  });
`;

/** The name of one server is known by the hosts file, and nobody says anything of all the others. */
async function checkWithSilentNames() {
  const { file } = await testPc({});
  const apart = ['--net', '--mount', '--pid', '--fork', '--map-root-user', '--kill-child'];
  const check = [
    'check',
    '--json',
    '--machine',
    `simulated:${file}`,
    '--timeout',
    '3',
    '--only',
    'endpoints',
  ];
  const directions = ['--connect-to', `${KNOWN}:443:known.example:1`, '--connect-to', '::silent.example:'];
  const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
  const program = [node, '--eval', silentNames, '--', node, main, ...check, ...directions];
  const ended = await run('unshare', [...apart, ...program], env);
  return { code: ended.code, findings: documentOf(ended, hostMethods.check.result).findings };
}
const KNOWN = 'g.live.com';

describe('a name server that is silent', () => {
  beforeAll(() => ensurePrograms(['ip', 'unshare']));

  it('does not keep the command line, and what that said is whole', async () => {
    const { findings, code } = await checkWithSilentNames();
    expect(findings.map(({ subject }) => subject)).toEqual(endpointHosts);
    expect(code).toBe(1);
  });

  it('does not hold up a name that is known', async () => {
    const { findings } = await checkWithSilentNames();
    const found = findings.filter(({ meaning }) => meaning !== 'name-not-found');
    expect(found).toMatchObject([{ subject: KNOWN, meaning: 'connection-failed' }]);
  });
});

describe('the command line', () => {
  it('ends where nobody reads', async () => {
    const { child, ended } = startHost(['--version']);
    child.stdout.destroy();
    expect((await ended).code).toBe(0);
  });
});

describe('check --quick', () => {
  it('looks at what is quick', async () => {
    const { file } = await testPc();
    const result = documentOf(
      await cli('check', '--quick', '--json', '--machine', `simulated:${file}`),
      hostMethods.check.result,
    );
    const checks = new Set(result.findings.map(({ check }) => check));
    expect(checks).toContain('mtu');
    expect(checks).not.toContain('onedrive');
  });
});
