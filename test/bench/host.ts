/** From the start of the process to the host's first reply, against the same Node running an empty script, and others. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostScript } from '../harness/build.ts';
import { helloFrame, hostArguments } from '../harness/host/hello.ts';
import { openPackaged } from '../harness/packaged.ts';
import { findProgram } from '../harness/system-packages.ts';
import { openWine } from '../harness/wine/wine.ts';
import { nativeHost, pythonHost } from './floor.ts';
import type { WineStarts } from './host-inside.ts';
import { makeLinuxOneFile } from './linux-one-file.ts';
import { type Effort, type Part, type Row, row } from './row.ts';
import { EMPTY_SCRIPT, type Start, startAll } from './start.ts';

/** The design's: at most 1.1 times the same Node running an empty script. */
const goal = { of: 'ratio', atMost: 1.1 } as const;
const BARE = 'the same Node, an empty script';

const times = (starts: readonly Start[]) => starts.map(({ took }) => took);
const works = (starts: readonly Start[]) => starts.flatMap(({ worked }) => worked ?? []);

/** Rows of one way to run the host: against Node itself, and the work of all its threads. */
function rowsOf(name: string, ours: readonly Start[], bare: readonly Start[]): Row[] {
  const rows = [row({ name, ours: times(ours), against: { name: BARE, figures: times(bare) }, goal })];
  if (works(ours).length < ours.length || works(bare).length < bare.length) return rows;
  const against = { name: BARE, figures: works(bare) };
  return [...rows, row({ name: `${name}: processor time`, ours: works(ours), against })];
}

/** Every program in every round. */
async function hereRows(
  folder: string,
  executable: string,
  rounds: number,
): Promise<Pick<Part, 'rows' | 'notes'>> {
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, EMPTY_SCRIPT);
  const args = await hostArguments(folder);
  const host = (...command: string[]) => ({ command: [...command, ...args], hello: helloFrame });
  const script = host(process.execPath, hostScript);
  const [answered] = (await startAll({ script }, 1)).script;
  if (!answered) throw new Error('no answer');
  const canBeOneFile = process.platform === 'linux' && process.arch === 'x64';
  const oneFile = join(folder, 'signin-rescue');
  if (canBeOneFile) await makeLinuxOneFile(executable, oneFile);
  const native = await nativeHost(folder, answered.answer);
  const python = await pythonHost(folder, answered.answer);
  const found = await startAll(
    {
      bare: { command: [process.execPath, empty], hello: null },
      script,
      oneFile: canBeOneFile ? host(oneFile) : undefined,
      native: native && { command: native, hello: helloFrame },
      python: python && { command: python, hello: helloFrame },
    },
    rounds,
  );
  const against = (name: string, figures: readonly Start[]): Row[] =>
    figures.length > 0
      ? [row({ name: 'script', ours: times(found.script), against: { name, figures: times(figures) } })]
      : [];
  return {
    rows: [
      ...rowsOf('script', found.script, found.bare),
      ...(canBeOneFile ? rowsOf('one file, on Linux', found.oneFile, found.bare) : []),
      ...against('a Python host', found.python),
      ...against('a native program', found.native),
    ],
    notes: [
      ...(native ? [] : ['Not measured: a native program, as there is no C compiler (cc).']),
      ...(python ? [] : ['Not measured: a Python host, as there is no python3.']),
      ...(canBeOneFile ? [] : ['Not measured: one file on this system; it is made for Linux on x64.']),
    ],
  };
}

/** The executable that ships, under Wine. */
async function wineRow(executable: string, rounds: number): Promise<Row> {
  const wine = await openWine();
  try {
    const inside = await wine.bundle('test/bench/host-inside.ts');
    const empty = join(wine.folder, 'empty.mjs');
    await writeFile(empty, EMPTY_SCRIPT);
    const args = [...[executable, empty].map(wine.windowsPath), String(rounds)];
    const env = { SIGNIN_RESCUE_STATE: wine.windowsPath(join(wine.folder, 'state')) };
    const { code, stdout, stderr } = await wine.runNode(inside, args, { env, timeout: 300_000 });
    if (code !== 0) throw new Error(stderr);
    const { ours, bare }: WineStarts = JSON.parse(stdout);
    const against = { name: 'node.exe, an empty script', figures: bare };
    return row({ name: 'one file, under Wine', ours, against, goal });
  } finally {
    await wine[Symbol.asyncDispose]();
  }
}

/** As it was built last. */
export async function hostCost({ rounds }: Effort): Promise<Part> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  const packaged = await openPackaged();
  try {
    const executable = await packaged.executable();
    const { rows, notes } = await hereRows(folder, executable, rounds ?? 25);
    const wine = findProgram('wine');
    return {
      title: 'Host: from its start to its first reply',
      rows: wine ? [...rows, await wineRow(executable, rounds ?? 12)] : rows,
      notes: wine ? notes : [...notes, 'Not measured: one file under Wine, as there is no Wine.'],
    };
  } finally {
    await packaged[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  }
}
