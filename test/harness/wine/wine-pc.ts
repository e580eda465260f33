/**
 * A PC in Wine with what the remedies are for, OneDrive and Windows' tools being stand-ins; the host as it ships; and
 * a look at what is really there by other means than the host's.
 */
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type Run, RunSchema } from '../../../common/run.ts';
import { windowsNode } from '../../../installer/package/windows-parts.ts';
import type { PcOrders, tell } from '../../windows/inside/raw-pc.ts';
import type { Accounts, Behaviour } from '../../windows/inside/stand-in-onedrive.ts';
import { waitFor } from '../wait-for.ts';
import { type Output, openWine, type Running, type RunOptions, type Wine } from './wine.ts';
import { wineTool } from './wine-parts.ts';
import { processesOf } from './wine-processes.ts';

export interface WinePc extends AsyncDisposable {
  readonly wine: Wine;
  /** The user's LOCALAPPDATA and OneDrive's folder in it, as Linux paths. */
  readonly localAppData: string;
  readonly oneDrive: string;
  /** Starts a command of the host. */
  begin(...args: string[]): Promise<Running>;
  /** Runs one that prints a run; gives its exit code and the run. */
  run(...args: string[]): Promise<{ code: number | null; run: Run }>;
  /** Runs one that prints anything else. */
  document(...args: string[]): Promise<{ code: number | null; document: ReturnType<typeof JSON.parse> }>;
  /** Runs a script with the Windows Node, the stand-ins about it. */
  script(script: string, args?: readonly string[], options?: RunOptions): Promise<Output>;
  /** Arranges the PC; gives all credentials and the keys of HKCU that were asked for. */
  arrange(orders: PcOrders & { tell?: string[] }): Promise<ReturnType<typeof tell>>;
  /** Waits until OneDrive was told that many things since this was last asked; gives all of them. */
  oneDriveTold(count: number): Promise<string[]>;
  /** How OneDrive behaves from now on; properly when left out. */
  behave(behaviour?: Behaviour): Promise<void>;
  /** Starts OneDrive as Windows does when a person signs in, and waits until it runs. */
  startOneDrive(): Promise<void>;
  /** Command lines of the programs of this name that run. */
  programs(image: string): Promise<string[]>;
}

/** Windows without a screen, where windows open all the same. Wine asks for its driver only once. */
async function openWineWithoutScreen(): Promise<Wine> {
  const wine = await openWine();
  const drivers = ['add', 'HKCU\\Software\\Wine\\Drivers', '/v', 'Graphics', '/d', 'null', '/f'];
  await wine.run('reg', drivers);
  for (const order of ['-k', '-w', '-p20']) await wineTool(wine.env, 'wineserver', [order]);
  return wine;
}

async function importKeys(wine: Wine, keys: readonly string[]): Promise<void> {
  const lines = ['Windows Registry Editor Version 5.00', ...keys.map((key) => `[HKEY_LOCAL_MACHINE\\${key}`)];
  await writeFile(join(wine.folder, 'pc.reg'), `${lines.join('\r\n\r\n')}\r\n`);
  const { code, stderr } = await wine.run('reg', ['import', 'pc.reg']);
  if (code !== 0) throw new Error(`reg import failed: ${stderr}`);
}

async function addOneDrive(wine: Wine, folder: string, linked: Accounts): Promise<void> {
  await mkdir(join(folder, 'settings'), { recursive: true });
  const exe = join(folder, 'OneDrive.exe');
  // A copy: Wine shows a link by its first name.
  await copyFile(await windowsNode(), exe);
  await writeFile(join(folder, 'linked.json'), JSON.stringify(linked));
  const path = wine.windowsPath(exe).replaceAll('\\', '\\\\');
  // Wine looks for URL schemes in HKLM alone.
  await importKeys(wine, [
    'Software\\Classes\\odopen]\r\n"URL Protocol"=""',
    `Software\\Classes\\odopen\\shell\\open\\command]\r\n@="\\"${path}\\" \\"%1\\""`,
    'System\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo\\0A1B]',
  ]);
}

async function addTools(wine: Wine): Promise<void> {
  const system = join(wine.prefix, 'drive_c', 'windows', 'system32');
  for (const tool of ['klist.exe', 'dsregcmd.exe', 'ipconfig.exe']) {
    // Never written into: it is the same file as in the prefix that all are copied from.
    await rm(join(system, tool), { force: true });
    await link(await windowsNode(), join(system, tool));
  }
}

async function localAppDataOf({ prefix }: Wine): Promise<string> {
  const users = join(prefix, 'drive_c', 'users');
  const [user = ''] = (await readdir(users)).filter((name) => name !== 'Public');
  return join(users, user, 'AppData', 'Local');
}

/** A new PC; `linked` are the accounts that OneDrive's set-up can link. */
export async function openWinePc(linked: Accounts = {}): Promise<WinePc> {
  const wine = await openWineWithoutScreen();
  const localAppData = await localAppDataOf(wine);
  const oneDrive = join(localAppData, 'Microsoft', 'OneDrive');
  await addOneDrive(wine, oneDrive, linked);
  await addTools(wine);
  const [host, arranger, standIn] = await Promise.all(
    ['native-host/main.ts', 'test/windows/inside/pc.ts', 'test/windows/inside/stand-in.ts'].map(wine.bundle),
  );
  if (!host || !arranger || !standIn) throw new Error('not bundled');
  const preload = `file:///${wine.windowsPath(standIn).replaceAll('\\', '/')}`;
  const env = { NODE_OPTIONS: `--import=${preload}` };

  const script: WinePc['script'] = (path, args = [], options = {}) =>
    wine.runNode(path, args, { ...options, env: { ...env, ...options.env } });
  const begin: WinePc['begin'] = (...args) =>
    wine.start(wine.node, [wine.windowsPath(host), ...args], { env });
  const document: WinePc['document'] = async (...args) => {
    const { code, stdout } = await script(host, [...args, '--json']);
    return { code, document: JSON.parse(stdout) };
  };

  return {
    wine,
    localAppData,
    oneDrive,
    begin,
    document,
    script,
    async run(...args) {
      const { code, document: run } = await document(...args);
      return { code, run: v.parse(RunSchema, run) };
    },
    async arrange(orders) {
      const files = { 'pc.json': JSON.stringify(orders) };
      const { stdout, stderr } = await wine.runNode(arranger, [], { files });
      if (stderr) throw new Error(stderr);
      return JSON.parse(stdout);
    },
    async oneDriveTold(count) {
      const path = join(oneDrive, 'told.txt');
      const told = await waitFor(async () => {
        const text = await readFile(path, 'utf8').catch(() => '');
        const lines = text.split('\n').filter(Boolean);
        return lines.length >= count && lines;
      }, `OneDrive to be told ${count} things`);
      await rm(path, { force: true });
      return told;
    },
    async startOneDrive() {
      const { finished } = await wine.start(
        wine.windowsPath(join(oneDrive, 'OneDrive.exe')),
        ['/background'],
        {
          env,
          timeout: 600_000,
        },
      );
      // It ends when it is told to, or with this Windows.
      finished.catch(() => undefined);
      await waitFor(() => existsSync(join(oneDrive, 'told.txt')), 'OneDrive to run');
    },
    programs: (image) => processesOf(wine.prefix, image),
    behave: (behaviour = {}) => writeFile(join(oneDrive, 'behaviour.json'), JSON.stringify(behaviour)),
    [Symbol.asyncDispose]: () => wine[Symbol.asyncDispose](),
  };
}
