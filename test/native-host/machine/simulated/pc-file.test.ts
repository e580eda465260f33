import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  changeSimulatedPc,
  createSimulatedMachine,
  readSimulatedPc,
} from '../../../../native-host/machine/simulated/index.ts';
import { temporaryFolder } from '../../../harness/temporary-folder.ts';
import { testPc } from '../../../harness/test-pc.ts';
import { waitFor } from '../../../harness/wait-for.ts';
import { problem } from './calls.ts';

/** The name of a file that is not there yet. */
const temporaryFile = () => join(temporaryFolder(), 'pc.json');

function changer(file: string, name: string, times: number) {
  const program = fileURLToPath(new URL('./changer.ts', import.meta.url));
  // The test runner's own flags are no flags of a plain process.
  const child = fork(program, [file, name, String(times)], { execArgv: ['--no-warnings'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

describe('a file that is no simulated PC', () => {
  const refused: [string, string | Buffer, RegExp][] = [
    ['empty', '', /is empty/],
    ['blank', ' \n', /is empty/],
    ['cut short', '{"credentials": [', /is not JSON/],
    ['not JSON', 'credentials: []', /is not JSON/],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), /is not UTF-8/],
    ['a list', '[]', /its top/],
    ['an unknown field', '{"credential": []}', /unknown field `credential`/],
    ['an unknown field deep down', '{"credentials":[{"target":"a","colour":1}]}', /`credentials\.0\.colour`/],
    ['an entry without name', '{"credentials":[{"user":"a"}]}', /`credentials\.0\.target`/],
    ['a wrong type', '{"paceMs":"fast"}', /`paceMs`/],
    ['a wrong word', '{"oneDrive":{"reset":"explodes"}}', /`oneDrive\.reset`/],
    ['a wrong secret', '{"credentials":[{"target":"a","secret":{"base64":"?"}}]}', /`credentials\.0\.secret/],
    [
      'a number too large',
      '{"registry":{"HKCU":{"a":{"b":{"type":"REG_DWORD","value":4294967296}}}}}',
      /`registry\./,
    ],
    ['a host without a way', '{"network":{"hosts":{"a":{}}}}', /`connectTo` or `fault`/],
    [
      'a host with two ways',
      '{"network":{"hosts":{"a":{"connectTo":"::1","fault":"none"}}}}',
      /`network\.hosts\.a/,
    ],
    [
      'a status of what was not answered',
      '{"network":{"windows":{"a":{"end":"not-here","status":200}}}}',
      /`status` goes with `answered`/,
    ],
    [
      'a number of what was answered',
      '{"network":{"windows":{"a":{"end":"answered","error":12002}}}}',
      /`error` goes with a failure/,
    ],
    ['an end that is none', '{"network":{"windows":{"a":{"end":"gone"}}}}', /`network\.windows\.a\.end`/],
    ['a name server that is a name', '{"nameServers":["dns.example"]}', /`nameServers\.0`/],
    [
      'a fault on nothing',
      '{"faults":[{"operation":"sing","problem":"internal"}]}',
      /`faults\.0\.operation`/,
    ],
    ['a fault that does nothing', '{"faults":[{"operation":"route"}]}', /`problem` or `hangs`/],
    [
      'a fault that does two things',
      '{"faults":[{"operation":"route","problem":"internal","hangs":true}]}',
      /`hangs`/,
    ],
    ['a file without path', '{"files":[{"size":1}]}', /`files\.0/],
    [
      'a number of more than 64 bits',
      '{"registry":{"HKCU":{"a":{"b":{"type":"REG_QWORD","value":"18446744073709551616"}}}}}',
      /`registry\./,
    ],
    ['bytes that are no Base64', '{"registry":{"HKCU":{"a":{"b":{"type":8,"data":"?"}}}}}', /`registry\./],
    ['a tool that ends strangely', '{"toolExit":{"klist.exe":"soon"}}', /`toolExit\./],
    ['two entries of one name', '{"credentials":[{"target":"a"},{"target":"A"}]}', /named "A"/],
  ];

  test.each(refused)('%s', async (_name, content, sentence) => {
    const file = temporaryFile();
    writeFileSync(file, content);
    const failure = await createSimulatedMachine(file).catch((error: unknown) => error);
    expect(failure).toEqual(problem('machine-unreadable'));
    expect((failure as Error).message).toMatch(sentence);
    expect((failure as Error).message).toContain(file);
  });

  test('one that is not there', async () => {
    await expect(createSimulatedMachine(temporaryFile())).rejects.toThrow(/is not there/);
  });

  test('a folder', async () => {
    const file = temporaryFile();
    mkdirSync(file);
    await expect(createSimulatedMachine(file)).rejects.toThrow(/is a folder/);
  });

  test('one that was spoilt while it was in use fails each operation, and is left as it is', async () => {
    const { machine, file } = await testPc({ credentials: [{ target: 'a' }] });
    writeFileSync(file, '{');
    await expect(machine.credentials.list()).rejects.toEqual(problem('machine-unreadable'));
    await expect(machine.credentials.remove('a')).rejects.toEqual(problem('machine-unreadable'));
    expect(readFileSync(file, 'utf8')).toBe('{');
  });
});

describe('a file edited by others', () => {
  test('may begin with a byte order mark', async () => {
    const file = temporaryFile();
    writeFileSync(file, '\ufeff{"files":["C:\\\\a"]}');
    expect(await (await createSimulatedMachine(file)).files.kind('C:\\a')).toBe('file');
  });

  test('is seen by the next operation', async () => {
    const { machine, file } = await testPc({});
    expect(await machine.credentials.list()).toEqual([]);
    writeFileSync(file, '{"credentials":[{"target":"a"}]}');
    expect(await machine.credentials.list()).toMatchObject([{ target: 'a' }]);
    writeFileSync(file, '{"credentials":[{"target":"b"}]}');
    expect(await machine.credentials.remove('a')).toBe(false);
    expect(await machine.credentials.remove('b')).toBe(true);
  });

  test('keeps what they wrote when something else is changed', async () => {
    const { machine, file, read } = await testPc({ credentials: [{ target: 'a' }] });
    await machine.credentials.list();
    await changeSimulatedPc(file, (pc) => {
      pc.files.push('C:\\new');
    });
    await machine.credentials.remove('a');
    expect(read()).toMatchObject({ files: ['C:\\new'], credentials: [] });
  });
});

describe('a change', () => {
  test('that fails half way leaves the file as it was', async () => {
    const { file } = await testPc({ files: ['a'] });
    const before = readFileSync(file, 'utf8');
    const change = changeSimulatedPc(file, (pc) => {
      pc.files.pop();
      throw new RangeError('a defect');
    });
    await expect(change).rejects.toThrow(RangeError);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('to what is no PC is refused', async () => {
    const { file, read } = await testPc({});
    const change = changeSimulatedPc(file, (pc) => {
      pc.paceMs = -1;
    });
    await expect(change).rejects.toEqual(problem('machine-unreadable'));
    expect(read().paceMs).toBe(0);
  });

  test('leaves nothing behind but the file and its state', async () => {
    const { file, machine } = await testPc({});
    await machine.credentials.remove('a');
    expect(readdirSync(dirname(file)).sort()).toEqual(['pc.json', 'pc.json.state']);
  });

  test('of several processes at once loses nothing', async () => {
    const { file, read } = await testPc({});
    const others = ['one', 'two', 'three'].map((name) => once(changer(file, name, 30), 'exit'));
    for (let index = 0; index < 30; index++) {
      await changeSimulatedPc(file, (pc) => void pc.files.push(`own ${index}`));
    }
    for (const [code] of await Promise.all(others)) expect(code).toBe(0);
    expect(read().files).toHaveLength(120);
  });

  test('of many at once in one process loses nothing', async () => {
    const { machine, read } = await testPc({
      credentials: Array.from({ length: 40 }, (_, index) => ({ target: `entry ${index}` })),
    });
    await Promise.all(read().credentials.map(({ target }) => machine.credentials.remove(target)));
    expect(read()).toMatchObject({ credentials: [] });
    expect(read().log).toHaveLength(40);
  });
});

describe('a process that is killed while it changes the file', () => {
  test('leaves a whole file that can be changed at once', async () => {
    const { file } = await testPc({});
    for (let round = 0; round < 8; round++) {
      const child = changer(file, `round ${round}`, 1_000_000);
      await once(child, 'message');
      const changed = () => readSimulatedPc(file).files.includes(`round ${round} ${round * 3}`);
      await waitFor(changed, `change ${round * 3}`);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(() => readSimulatedPc(file)).not.toThrow();
      await changeSimulatedPc(file, (pc) => void pc.files.push('after'));
      expect(readSimulatedPc(file).files).toContain('after');
    }
  });

  test('leaves a lock that tells nothing: it counts for a few seconds', async () => {
    const { file, machine } = await testPc({});
    writeFileSync(`${file}.lock`, '');
    utimesSync(`${file}.lock`, new Date(), new Date(Date.now() - 4_900));
    expect(await machine.credentials.remove('a')).toBe(false);
  });
});
