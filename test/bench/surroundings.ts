/** With what was measured: nothing that tells whose machine it is. */
import { arch, cpus, release, totalmem, type } from 'node:os';
import { execa } from 'execa';
import { findBrowser } from '../harness/browser/find-browser.ts';
import { findProgram } from '../harness/system-packages.ts';

export interface Surroundings {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  /** Null where there is none. */
  chromium: string | null;
  firefox: string | null;
  wine: string | null;
}

async function versionOf(program: string | undefined): Promise<string | null> {
  if (program === undefined) return null;
  const { stdout } = await execa(program, ['--version'], { env: { WINEDEBUG: '-all' }, reject: false });
  return /\d+(?:\.\d+)+/.exec(String(stdout))?.[0] ?? null;
}

function browser(family: 'chromium' | 'firefox'): string | undefined {
  try {
    return findBrowser(family);
  } catch {
    return undefined;
  }
}

export async function surroundings(): Promise<Surroundings> {
  const [chromium, firefox, wine] = await Promise.all(
    [browser('chromium'), browser('firefox'), findProgram('wine')].map(versionOf),
  );
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.versions.node,
    chromium: chromium ?? null,
    firefox: firefox ?? null,
    wine: wine ?? null,
  };
}

/** The same as one line. */
export function tellSurroundings(here: Surroundings): string {
  const programs = [
    `Node ${here.node}`,
    ...(here.chromium ? [`Chromium ${here.chromium}`] : []),
    ...(here.firefox ? [`Firefox ${here.firefox}`] : []),
    ...(here.wine ? [`Wine ${here.wine}`] : []),
  ];
  return `${here.cpu}, ${here.cores} cores, ${here.memoryGiB} GiB, ${here.system}; ${programs.join(', ')}`;
}
