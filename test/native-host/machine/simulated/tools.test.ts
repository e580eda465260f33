import { describe, expect, test } from 'vitest';
import { type Cause, changeSimulatedPc } from '../../../../native-host/machine/simulated/index.ts';
import { type PcInput, testPc } from '../../../harness/test-pc.ts';
import { patient, problem } from './calls.ts';

const system = 'C:\\Windows\\System32';
const tools: [image: string, argument: string, cause: Cause][] = [
  ['dsregcmd.exe', '/refreshprt', 'device-token'],
  ['klist.exe', 'purge', 'kerberos'],
  ['ipconfig.exe', '/flushdns', 'dns'],
  ['control.exe', 'inetcpl.cpl', 'settings'],
];

const failing = (cause: Cause, more: PcInput = {}) => testPc({ signIn: { cause }, ...more });

describe.each(tools)('%s %s', (image, argument, cause) => {
  const exe = `${system}\\${image}`;

  test('makes sign-in work where it is to help', async () => {
    const { machine } = await failing(cause);
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    expect(await machine.processes.run(exe.toUpperCase(), [argument], patient())).toBe(0);
    expect(await machine.signInWorks()).toMatchObject({ works: true });
  });

  test('makes sign-in work also when it is only started', async () => {
    const { machine } = await failing(cause);
    await machine.processes.launch(exe, [argument]);
    expect(await machine.signInWorks()).toMatchObject({ works: true });
  });

  test('helps with nothing else', async () => {
    const { machine } = await failing('elsewhere');
    expect(await machine.processes.run(exe, [argument], patient())).toBe(0);
    expect(await machine.signInWorks()).toMatchObject({ works: false });
  });

  test('may fail, and then helps nothing', async () => {
    const { machine } = await failing(cause, { toolExit: { [image.toUpperCase()]: 5 } });
    expect(await machine.processes.run(exe, [argument], patient())).toBe(5);
    expect(await machine.signInWorks()).toMatchObject({ works: false });
  });

  test('may hang until its limit', async () => {
    const { machine } = await failing(cause, { toolExit: { [image]: 'hangs' } });
    const run = machine.processes.run(exe, [argument], { ...patient(), timeout: 30 });
    await expect(run).rejects.toEqual(problem('timed-out'));
    expect(await machine.signInWorks()).toMatchObject({ works: false });
  });

  test('may be missing', async () => {
    const { machine } = await testPc({ missingTools: [image.toUpperCase()] });
    expect(await machine.files.kind(exe)).toBe('none');
    await expect(machine.processes.run(exe, [argument], patient())).rejects.toEqual(problem('exe-failed'));
  });

  test('knows no other argument', async () => {
    const { machine } = await testPc({});
    expect(await machine.files.kind(exe)).toBe('file');
    await expect(machine.processes.run(exe, ['/leave'], patient())).rejects.toEqual(problem('exe-failed'));
  });
});

describe('dsregcmd.exe /status', () => {
  const exe = `${system}\\dsregcmd.exe`;
  const key = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\0A1B';
  const status = (pc: PcInput, most = 10_000) =>
    testPc(pc).then(({ machine }) => machine.processes.output(exe, ['/status'], { ...patient(), most }));

  test.each<[string, PcInput, string, string]>([
    ['joined to nothing', {}, 'NO', 'NO'],
    ['joined', { registry: { HKLM: { [key]: {} } } }, 'YES', 'YES'],
    [
      'joined, whose token is why sign-in fails',
      { registry: { HKLM: { [key]: {} } }, signIn: { cause: 'device-token' } },
      'YES',
      'NO',
    ],
  ])('tells of a PC that is %s', async (_, pc, joined, token) => {
    const text = await status(pc);
    expect(text).toMatch(new RegExp(`^ +AzureAdJoined : ${joined}\r$`, 'm'));
    expect(text).toMatch(new RegExp(`^ +AzureAdPrt : ${token}\r$`, 'm'));
  });

  test('tells what the file says, in full or not at all', async () => {
    const toolOutput = { 'DSREGCMD.exe': 'ümlaut' };
    expect(await status({ toolOutput }, 7)).toBe('ümlaut');
    await expect(status({ toolOutput }, 6)).rejects.toEqual(problem('internal'));
  });

  test('may hang until its limit, and be missing; other tools do not look', async () => {
    const { machine } = await testPc({ toolExit: { 'dsregcmd.exe': 'hangs' }, missingTools: ['klist.exe'] });
    const limit = { ...patient(), timeout: 30, most: 100 };
    await expect(machine.processes.output(exe, ['/status'], limit)).rejects.toEqual(problem('timed-out'));
    for (const [image, argument] of tools) {
      const look = machine.processes.output(`${system}\\${image}`, [argument], limit);
      await expect(look).rejects.toEqual(problem('exe-failed'));
    }
  });
});

describe('a page of Settings', () => {
  test('stands for a person who does what the guide says', async () => {
    const { machine } = await failing('settings');
    await machine.processes.open('https://learn.microsoft.com/');
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    await machine.processes.open('ms-settings:dateandtime');
    expect(await machine.signInWorks()).toMatchObject({ works: true });
  });
});

describe('a cause that only someone else can remove', () => {
  test.each(['browser-session', 'elsewhere'] as const)('%s stays until then', async (cause) => {
    const { machine, file } = await failing(cause);
    for (const [image, argument] of tools)
      await machine.processes.run(`${system}\\${image}`, [argument], patient());
    await machine.processes.open('ms-settings:workplace');
    expect(await machine.signInWorks()).toMatchObject({ works: false });
    await changeSimulatedPc(file, (pc) => {
      pc.signIn.cause = 'none';
    });
    expect(await machine.signInWorks()).toMatchObject({ works: true });
  });
});
