import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CHROMIUM_EXTENSION_ID } from '../../../common/identity.ts';
import { cli, documentOf } from '../../harness/host/host-process.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { type ChosenBrowser, EDGE, pcWith, pcWithout } from './browser-pc.ts';

const PAGE = `chrome-extension://${CHROMIUM_EXTENSION_ID}/extension/popup/index.html?tab=-1&link=`;
const LOCAL = 'C:\\Users\\ada\\AppData\\Local';

const Opened = v.strictObject({ opened: v.strictObject({ browser: v.string(), address: v.string() }) });
const ByHand = v.strictObject({
  opened: v.null(),
  byHand: v.strictObject({ chromium: v.string(), firefox: v.string() }),
});

async function setUp(pc?: PcInput) {
  const { file, read } = await testPc(pc);
  const open = (...args: string[]) => cli('open', '--machine', `simulated:${file}`, ...args);
  return { open, read, log: () => read().log.map(({ operation, subject }) => [operation, subject]) };
}

const chromium = (progId: string, exe: string, hive: ChosenBrowser['hive'] = 'HKLM'): ChosenBrowser => ({
  ...{ progId, exe, hive },
  command: `"${exe}" --single-argument %1`,
});

const browsers: [string, ChosenBrowser][] = [
  ['Edge', EDGE],
  ['Chrome', chromium('ChromeHTML', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe')],
  [
    'Chrome of one person',
    chromium('ChromeHTML.A1B2', `${LOCAL}\\Google\\Chrome\\Application\\chrome.exe`, 'HKCU'),
  ],
  ['Brave', chromium('BraveHTML', 'C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe')],
  ['Vivaldi', chromium('VivaldiHTM.X', `${LOCAL}\\Vivaldi\\Application\\vivaldi.exe`, 'HKCU')],
  ['Chromium', chromium('ChromiumHTM.X', `${LOCAL}\\Chromium\\Application\\chrome.exe`, 'HKCU')],
  [
    'one without quotes',
    {
      progId: 'ChromeHTML',
      command: 'D:\\Apps\\chrome.exe -- %1',
      exe: 'D:\\Apps\\chrome.exe',
      hive: 'HKLM',
    },
  ],
];

describe('open', () => {
  it.each(browsers)('gives %s our page and nothing else of its command line', async (_, browser) => {
    const { open, log } = await setUp(pcWith(browser));
    const opened = await open('signin-rescue:check', '--json');
    const address = `${PAGE}signin-rescue%3Acheck`;
    expect(opened.code).toBe(0);
    expect(documentOf(opened, Opened).opened).toEqual({ browser: browser.exe.split('\\').at(-1), address });
    expect(log()).toEqual([['processes.launch', `${browser.exe} ${address}`]]);
  });

  it('gives Firefox the link that its manifest knows', async () => {
    const exe = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe';
    const firefox = {
      progId: 'FirefoxURL-308046B0AF4A39CB',
      command: `"${exe}" -osint -url "%1"`,
    };
    const { open, log } = await setUp(pcWith({ ...firefox, exe, hive: 'HKLM' }));
    const opened = await open('signin-rescue:explain/net::ERR_TIMED_OUT');
    expect(opened).toMatchObject({ code: 0, stdout: expect.stringContaining('firefox.exe') });
    expect(log()).toEqual([['processes.launch', `${exe} ext+signin-rescue:explain/net::ERR_TIMED_OUT`]]);
  });

  it.each([
    ['none is chosen', undefined],
    ['it is one for which there is no extension', chromium('OperaStable', 'C:\\Opera\\opera.exe')],
    ['its name leads elsewhere in the registry', chromium('..\\..\\Evil', 'C:\\Evil\\chrome.exe')],
    [
      'it is on another PC',
      { ...EDGE, command: '"\\\\evil.example\\share\\msedge.exe" %1', exe: 'C:\\msedge.exe' },
    ],
    ['it has no full path', { ...EDGE, command: 'msedge.exe %1', exe: 'msedge.exe' }],
    ['it is a script', { ...EDGE, command: '"C:\\msedge.exe.cmd" %1', exe: 'C:\\msedge.exe.cmd' }],
  ])('says where to go by hand if %s, and starts nothing', async (_, browser) => {
    const { open, log } = await setUp(browser ? pcWith(browser) : pcWithout());
    const [plain, json] = [await open('signin-rescue:check'), await open('signin-rescue:check', '--json')];
    const byHand = { chromium: `${PAGE}signin-rescue%3Acheck`, firefox: 'ext+signin-rescue:check' };
    expect([plain.code, json.code]).toEqual([4, 4]);
    expect(documentOf(json, ByHand).byHand).toEqual(byHand);
    for (const address of Object.values(byHand)) expect(plain.stderr).toContain(address);
    expect(log()).toEqual([]);
  });

  it.each([
    ['no link', []],
    ['another scheme', ['https://evil.example/']],
    ['a text to explain', ['signin-rescue:explain/call us']],
    ['two links', ['signin-rescue:check', 'signin-rescue:fix']],
    ['options behind the mark that ends them', ['--', 'signin-rescue:check', '--machine', 'simulated:x']],
    ['characters that steer a terminal', ['signin-rescue:\u001b]0;x\u0007']],
  ])('refuses %s with 2, does not repeat it, and starts nothing', async (_, args) => {
    const { open, log } = await setUp(pcWith(EDGE));
    const refused = await open(...args);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('signin-rescue:explain/CODE');
    for (const own of ['evil', 'call us', '\u001b']) expect(refused.stderr).not.toContain(own);
    expect(log()).toEqual([]);
  });

  it('says when the browser does not start', async () => {
    const { open } = await setUp({ ...pcWith(EDGE), files: [] });
    expect(await open('signin-rescue:check')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('msedge.exe'),
    });
  });
});
