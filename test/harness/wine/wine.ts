/**
 * Windows for tests: `await using wine = await openWine()` gives a fresh Windows 10 with the Node that
 * ships. Everything started in it ends with it; nothing else is touched.
 *
 * A Wine process cannot use a Linux pipe as a standard stream, so runs go through files, and what must
 * talk while it runs goes through the relay: Linux relay ↔ TCP on loopback ↔ bridge in Wine ↔ host by pipes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { cache, repository, windowsNode } from '../../../installer/package/windows-parts.ts';
import { basePrefix, copyPrefix, quiet, windowsModules, wineTool } from './wine-parts.ts';

export interface Output {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Further environment variables. */
  env?: Record<string, string>;
  /** What the program reads from its standard input. */
  input?: string | Uint8Array;
  /** Files (name → text) written to the working folder first. */
  files?: Record<string, string>;
  /** Milliseconds after which the program is killed and the call fails. */
  timeout?: number;
}

/** A program that runs in Wine; `pid` is the Linux process. */
export interface Running {
  pid: number;
  finished: Promise<Output>;
  kill(): void;
}

export interface Wine extends AsyncDisposable {
  readonly prefix: string;
  /** node.exe as Windows names it. */
  readonly node: string;
  /** A scratch folder on Linux, also the working folder of what is run. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** A Linux path as Wine's programs name it. */
  windowsPath(path: string): string;
  start(program: string, args?: readonly string[], options?: RunOptions): Promise<Running>;
  /** Runs a Windows program (`reg`, `C:\\…\\x.exe`) to its end. */
  run(program: string, args?: readonly string[], options?: RunOptions): Promise<Output>;
  /** Runs a script, a Linux path, with the Windows Node. */
  runNode(script: string, args?: readonly string[], options?: RunOptions): Promise<Output>;
  /** Makes one script of a TypeScript file and all it imports, koffi alone left out. Gives its Linux path. */
  bundle(entry: string): Promise<string>;
  /** Writes an executable that a Linux browser can start as a native host, and that is `host` in Wine. */
  installRelay(directory: string, host: readonly string[]): Promise<string>;
  /** Starts `host` in Wine behind a relay whose standard streams are pipes. */
  startRelay(host: readonly string[], args?: readonly string[]): Promise<ChildProcess>;
}

function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/**
 * Under load a thread of Wine's own now and then meets memory that is gone, while a program that has ended well leaves:
 * told here, and no fault of the program, whose exit code says how it ended.
 */
function withoutExitFault(stderr: string): string {
  const rest = stderr.replace(/^wine: Unhandled page fault .* starting debugger\.\.\.\r?\n/m, '');
  if (rest !== stderr) console.warn(`Wine: a fault at the end of a program that ended with 0`);
  return rest;
}

const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

async function bundleInto(outDir: string, entry: string): Promise<string> {
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['koffi', 'quickjs-wasi'] },
    build: {
      ssr: entry,
      outDir,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        external: ['koffi', 'quickjs-wasi'],
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, basename(entry).replace(/\.[cm]?ts$/, '.mjs'));
}

/** A new Windows for one test file; opened in about a second once the cache is filled. */
export async function openWine(): Promise<Wine> {
  const [base, nodeExe, modules] = [await basePrefix(), await windowsNode(), await windowsModules()];
  await mkdir(join(cache, 'wine-runs'), { recursive: true });
  const root = await mkdtemp(join(cache, 'wine-runs', 'run-'));
  const prefix = join(root, 'prefix');
  const folder = join(root, 'work');
  const bundles = await mkdtemp(join(modules, 'bundle-'));
  const node = windowsPath(nodeExe);
  await Promise.all([copyPrefix(base, prefix), mkdir(folder)]);
  // Wine's sockets lie with the rest, so that nothing stays in /tmp.
  const own = {
    ...{ WINEPREFIX: prefix, WINEDEBUG: quiet.WINEDEBUG, DISPLAY: quiet.DISPLAY, TMPDIR: root },
    // It would write what a program adds to the Start menu into this Linux user's own menus.
    WINEDLLOVERRIDES: 'winemenubuilder.exe=d',
  };
  const env = { ...quiet, ...own };
  // Services then start once and not with every program; the server ends 20 s after a crash of the tests.
  await wineTool(env, 'wineserver', ['-p20']);
  let count = 0;

  async function start(program: string, args: readonly string[] = [], options: RunOptions = {}) {
    count += 1;
    const path = (name: string) => join(folder, `${count}.${name}`);
    const [input, stdout, stderr] = [path('in'), path('out'), path('err')];
    await writeFile(input, options.input ?? '');
    for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
    const streams = await Promise.all([open(input), open(stdout, 'w'), open(stderr, 'w')]);
    const child = spawn('wine', [program, ...args], {
      cwd: folder,
      env: { ...env, ...options.env },
      stdio: streams.map(({ fd }) => fd),
    });
    await once(child, 'spawn');
    await Promise.all(streams.map((stream) => stream.close()));
    const limit = options.timeout ?? 60_000;
    const finished = (async (): Promise<Output> => {
      let late = false;
      const timer = setTimeout(() => {
        late = child.kill('SIGKILL');
      }, limit);
      const [code]: (number | null)[] = await once(child, 'exit');
      clearTimeout(timer);
      if (late) throw new Error(`${[program, ...args].join(' ')} ran for more than ${limit} ms`);
      const texts = await Promise.all([readFile(stdout, 'utf8'), readFile(stderr, 'utf8')]);
      return {
        code: code ?? null,
        stdout: texts[0],
        stderr: code === 0 ? withoutExitFault(texts[1]) : texts[1],
      };
    })();
    // A caller may kill it and never ask.
    finished.catch(() => undefined);
    return { pid: child.pid ?? 0, finished, kill: () => void child.kill('SIGKILL') };
  }

  const run: Wine['run'] = async (...parameters) => (await start(...parameters)).finished;

  async function installRelay(directory: string, host: readonly string[]): Promise<string> {
    const harness = import.meta.dirname;
    const settings = join(directory, 'relay.json');
    const relay = join(directory, 'relay');
    const bridge = [node, windowsPath(join(harness, 'bridge.mjs'))];
    const log = join(folder, 'relay.log');
    await writeFile(settings, JSON.stringify({ env: own, bridge, host, log }));
    const command = [process.execPath, join(harness, 'relay.mjs'), settings].map(shellQuote).join(' ');
    await writeFile(relay, `#!/bin/sh\nexec ${command} "$@"\n`);
    await chmod(relay, 0o755);
    return relay;
  }

  async function close(): Promise<void> {
    // Ends what runs in this prefix, which is ours alone.
    await wineTool(env, 'wineserver', ['-k']).catch(() => undefined);
    await wineTool(env, 'wineserver', ['-w']);
    const options = { recursive: true, force: true, maxRetries: 5 };
    await Promise.all([rm(root, options), rm(bundles, options)]);
  }

  return {
    prefix,
    node,
    folder,
    env,
    windowsPath,
    start,
    run,
    runNode: (script, args = [], options = {}) => run(node, [windowsPath(script), ...args], options),
    bundle: async (entry) => bundleInto(await mkdtemp(join(bundles, 'out-')), entry),
    installRelay,
    async startRelay(host, args = []) {
      const relay = await installRelay(await mkdtemp(join(folder, 'relay-')), host);
      const child = spawn(relay, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      await once(child, 'spawn');
      return child;
    },
    [Symbol.asyncDispose]: close,
  };
}
