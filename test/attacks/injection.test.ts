/** Names that others may choose (accounts, entries, files, addresses) where they come near a program or a terminal. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { harmless, processTerminal } from '../../native-host/cli/terminal.ts';
import type { Machine } from '../../native-host/machine/machine.ts';
import { commandLine } from '../../native-host/machine/windows/launch.ts';
import { openUrl } from '../../native-host/machine/windows/open-url.ts';
import { writeStarter } from '../../native-host/registration/own-program.ts';
import { openSetup } from '../../native-host/remedies/accounts.ts';
import { connect } from '../harness/host/connection.ts';
import { problemOf } from '../harness/problem-of.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { testPc } from '../harness/test-pc.ts';
import { detecting, see } from '../native-host/checks/proxy/proxy-scene.ts';

const nasty = fc.string({
  unit: fc.constantFrom(...'"\'\\/%&|<>^;$`!*?#=@:. \t\n\r\0\u202e…aé', '😀', '..', '%00', '${', '--x'),
});

/** What an account's address has Windows open. */
async function setupOf(email: string): Promise<URL> {
  const { machine } = await testPc();
  const opened: string[] = [];
  const watched: Machine = {
    ...machine,
    processes: { ...machine.processes, open: async (url) => void opened.push(url) },
  };
  const account = { name: 'Business1', email, folder: '', tenant: '', since: '' };
  await openSetup(watched, account);
  return new URL(opened[0] ?? '');
}

describe('the address of an account', () => {
  it('is one parameter of one link, whatever is in it', async () => {
    const property = fc.asyncProperty(nasty, async (email) => {
      const { protocol, host, pathname, hash, searchParams } = await setupOf(email);
      expect([protocol, host, pathname, hash]).toEqual(['odopen:', 'sync', '', '']);
      expect([...searchParams]).toEqual([['useremail', email]]);
    });
    await fc.assert(property, { seed: 20261123, numRuns: 40 });
  });

  it('that is no text opens nothing', async () => {
    await expect(setupOf('a\ud800@contoso.example')).rejects.toThrow();
  });
});

describe('what Windows is asked to open', () => {
  it.each([
    ...[
      'C:\\Windows\\System32\\calc.exe',
      '\\\\evil.example\\share\\x.exe',
      'file:///C:/x.exe',
      'calc.exe',
      '',
    ],
    ...['javascript:alert(1)', 'ms-msdt:/id x', 'search-ms:query=x', 'ms-settings', 'http://evil.example/'],
    ...['odopen', 'odopen-x:a', 'x-odopen:a', 'shell:startup', 'signin-rescue:check'],
  ])('is never `%s`', async (url) => {
    expect((await problemOf(openUrl(url))).kind).toBe('not-supported');
  });

  it.each([
    'ms-settings:network-vpn',
    '../../calc.exe',
    'calc.exe',
    'vpn-settings\0',
    '__proto__',
    'toString',
  ])('is chosen by an id that we list, never by `%s`', async (link) => {
    const { machine } = await testPc();
    const { client } = connect(machine);
    await client.hello();
    const runId = '20261122T120003-0a1b2c3d';
    expect(await client.refusal('guide.open', { runId, link })).toBe('bad-params');
  });
});

/** As a C program reads its command line: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments */
function readBack(line: string): string[] {
  const found: string[] = [];
  let [word, quoted]: [string | undefined, boolean] = [undefined, false];
  for (const [piece] of line.matchAll(/\\*"|\\+|[^\\]/g)) {
    const slashes = piece.length - 1;
    if (piece.endsWith('"')) {
      word = (word ?? '') + '\\'.repeat(slashes / 2) + (slashes % 2 === 1 ? '"' : '');
      if (slashes % 2 === 0) quoted = !quoted;
    } else if (quoted || !/[ \t]/.test(piece)) {
      word = (word ?? '') + piece;
    } else {
      if (word !== undefined) found.push(word);
      word = undefined;
    }
  }
  return word === undefined ? found : [...found, word];
}

describe('an argument', () => {
  it('stays one argument to a program of Windows', () => {
    const words = fc.array(nasty.map((text) => text.replaceAll('\0', '')));
    const property = fc.property(words, (args) => {
      expect(readBack(commandLine('C:\\Program Files\\a b.exe', args))).toEqual([
        'C:\\Program Files\\a b.exe',
        ...args,
      ]);
    });
    fc.assert(property, { seed: 20261123 });
  });

  it('stays one argument to a starter that browsers run', async () => {
    const path = join(temporaryFolder(), 'starter');
    const evil = ["it's; touch x", '$(touch x)', '`touch x`', '"\\', '', '*', '--\n#'];
    await writeStarter(path, [
      process.execPath,
      '-p',
      'JSON.stringify(process.argv.slice(1))',
      '--',
      ...evil,
    ]);
    const folder = temporaryFolder();
    expect(JSON.parse(execFileSync(path, ['"; touch x'], { cwd: folder, encoding: 'utf8' }))).toEqual([
      ...evil,
      '"; touch x',
    ]);
    expect(execFileSync('ls', [folder], { encoding: 'utf8' })).toBe('');
  });
});

describe('a proxy script that the network names', () => {
  it.each([
    'file://evil.example/share/wpad.dat',
    'file:///C:/wpad.dat',
    'file:///%5C%5Cevil.example/share/x',
  ])('is not read from a folder: %s', async (wpad) => {
    const script = "function FindProxyForURL() { return 'PROXY evil.example:1' }";
    const everywhere = new Proxy<Record<string, string>>({}, { get: () => script });
    const found = await see({ wpad, connections: detecting(), files: everywhere });
    const [told, ...others] = found;
    expect(told).toMatchObject({ level: 'warning', meaning: 'script-unreachable' });
    expect([told?.evidence, others]).toEqual([{ error: 'no-http-address' }, []]);
  });
});

describe('on a terminal', () => {
  const written = (say: (terminal: ReturnType<typeof processTerminal>) => void): string => {
    const texts: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => texts.push(String(text)) > 0);
    say(processTerminal(false));
    vi.restoreAllMocks();
    return texts.join('');
  };

  it('a name moves no cursor, renames no window and hides no line', () => {
    const name = 'MicrosoftOffice16\u001b[2J\u001b]0;evil\u0007\r\b\u009b1A\u0000x';
    const text = written((terminal) => {
      terminal.print(`- ${name}`);
      terminal.progress(name);
    });
    expect(text.match(/\p{Cc}/gu)).toEqual(['\n', '\n']);
    expect(text).toContain('MicrosoftOffice16');
  });

  it('colours and line ends stay', () => {
    const own = '\u001b[1mBold\u001b[22m\n  and \u001b[38;5;1mred\u001b[39m';
    expect(harmless(own)).toBe(own);
  });
});
