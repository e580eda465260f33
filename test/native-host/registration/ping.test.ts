import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROTOCOL } from '../../../common/contract.ts';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import { ping } from '../../../native-host/registration/ping.ts';
import { VERSION } from '../../../native-host/version.ts';
import { faultHost } from '../../harness/host/fault-hosts.ts';
import { program, written } from '../../harness/host/registered.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';
import { testPc } from '../../harness/test-pc.ts';

/** Milliseconds until one that says nothing counts as silent; the others have their usual time. */
const SILENT = 1_500;
const MAIN = join(import.meta.dirname, '..', '..', '..', 'native-host', 'main.ts');
const ask = (path: string, limit?: number) => ping(path, 'chromium', '/m.json', limit);
const node = (script: string) => [process.execPath, '-e', script, '--'];
/** Bytes of one frame that says so many, and then these. */
const frame = (length: number, body = '') =>
  node(`const head = Buffer.alloc(4); head.writeUInt32LE(${length});
    process.stdout.write(Buffer.concat([head, Buffer.from(${JSON.stringify(body)})])); process.stdin.resume()`);

describe('a program that is started as a browser would', () => {
  it.each(['chromium', 'firefox'] as const)('is the real host, and answers %s', async (family) => {
    const { file, folder } = await testPc();
    const path = program(folder, [process.execPath, MAIN, '--machine', `simulated:${file}`]);
    expect(await ping(path, family, join(folder, 'm.json'))).toEqual({
      ...{ end: 'hello', protocol: PROTOCOL, version: VERSION },
    });
  });

  it('says that it cannot work', async () => {
    const path = program(temporaryFolder(), [process.execPath, MAIN, '--machine', 'simulated:/nowhere.json']);
    expect(await ask(path)).toEqual({ end: 'problem', kind: 'machine-unreadable' });
  });

  it.each([
    ['ends', faultHost('dies'), { end: 'exited', detail: '1' }],
    [
      'complains and ends',
      node("console.error('no module'); process.exit(3)"),
      { end: 'exited', detail: '3 no module' },
    ],
    ['prints text', faultHost('garbled'), { end: 'no-frame' }],
    ['prints text and ends', node("console.log('Hi')"), { end: 'no-frame' }],
    ['writes half a frame and ends', node("process.stdout.write('ab')"), { end: 'no-frame' }],
    ['writes a frame that is no JSON', frame(3, '{no'), { end: 'no-frame' }],
    ['writes an empty frame', frame(0), { end: 'no-frame' }],
    ['writes more than a browser takes', frame(1024 * 1024 + 1), { end: 'no-frame' }],
    ['is old', faultHost('old'), { end: 'hello', protocol: 0, version: '0.0.9' }],
    ['is newer', faultHost('newer'), { end: 'hello', protocol: 99, version: '9.0.0' }],
  ])('%s', async (_, command, answer) => {
    expect(await ask(program(temporaryFolder(), command))).toEqual(answer);
  });

  it('is silent', async () => {
    expect(await ask(program(temporaryFolder(), faultHost('silent')), SILENT)).toEqual({ end: 'silent' });
  });

  it('is none that can be started', async () => {
    const folder = temporaryFolder();
    expect(await ask(written(join(folder, 'no-rights'), 'x'))).toEqual({
      end: 'not-started',
      detail: 'EACCES',
    });
    expect(await ask(join(folder, 'none'))).toEqual({ end: 'not-started', detail: 'ENOENT' });
  });

  it('is told who calls, and is gone afterwards though it does not listen', async () => {
    const folder = temporaryFolder();
    const told = join(folder, 'told');
    const script = `require('fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify({ pid: process.pid, args: process.argv.slice(1) }));
      setInterval(() => undefined, 1000)`;
    for (const [family, args] of [
      ['chromium', [CHROMIUM_ORIGIN]],
      ['firefox', ['/m.json', GECKO_EXTENSION_ID]],
    ] as const) {
      expect(await ping(program(folder, node(script)), family, '/m.json', SILENT)).toEqual({ end: 'silent' });
      const { pid, args: heard } = JSON.parse(readFileSync(told, 'utf8'));
      expect(heard).toEqual(args);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
    }
  });
});
