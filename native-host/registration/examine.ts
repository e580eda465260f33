/** Gathers the facts about one browser's way to the host, as far as the browser itself would get. */
import { extname } from 'node:path';
import type { Signature } from '../machine/windows/signature.ts';
import type { BrowserFamily, BrowserRow } from './browsers.ts';
import { isForeign, type Judged, judgeManifest } from './judge-manifest.ts';
import { type Answer, ping } from './ping.ts';
import { leading, type Standing } from './places.ts';
import { judgeProgram, type ProgramIs, programPath } from './program.ts';
import { readSmall, type Text } from './whole-file.ts';

export interface Facts extends Standing {
  /** Of the place that counts. */
  manifest?: { file: string } & (
    | Exclude<Text, { is: 'read' }>
    | { is: 'read'; judged: Judged; foreign: boolean }
  );
  program?: { path: string; is: ProgramIs | 'relative'; signature: Signature };
  /** Of the program, started as the browser would. */
  answer?: Answer;
}

/** The means, of which each program needs asking only once. */
export interface Means {
  ping: (program: string, family: BrowserFamily, manifest: string) => Promise<Answer>;
  signature: (program: string) => Promise<Signature>;
}

/** Never fails. */
export async function examine(standing: Standing, means: Means): Promise<Facts> {
  const place = leading(standing);
  if (!place || standing.policy.blocked) return standing;
  const { file } = place.holds;
  const manifest = await look(file, standing.browser);
  if (manifest.is !== 'read' || manifest.foreign || 'fault' in manifest.judged)
    return { ...standing, manifest };
  const path = programPath(manifest.judged.path, file);
  if (path === undefined) {
    const program = { path: manifest.judged.path, is: 'relative', signature: 'unknown' } as const;
    return { ...standing, manifest, program };
  }
  const program = { path, is: await judgeProgram(path), signature: await means.signature(path) };
  if (program.is !== 'program') return { ...standing, manifest, program };
  return { ...standing, manifest, program, answer: await means.ping(path, standing.browser.family, file) };
}

async function look(file: string, { family }: BrowserRow): Promise<NonNullable<Facts['manifest']>> {
  const there = await readSmall(file);
  if (there.is !== 'read') return { file, ...there };
  return { file, is: 'read', judged: judgeManifest(there.text, family), foreign: isForeign(there.text) };
}

/** The real means; each remembers what it was asked. */
export function realMeans(): Means {
  const signatures = new Map<string, Promise<Signature>>();
  const answers = new Map<string, Promise<Answer>>();
  // One after the other: two at once hold each other up under a virus scanner.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (ask: () => Promise<Answer>) => {
    const asking = last.then(ask);
    last = asking;
    return asking;
  };
  return {
    signature: (program) => remembered(signatures, program, () => signatureOf(program)),
    ping: (program, family, manifest) =>
      remembered(answers, `${family} ${program}`, () => inTurn(() => ping(program, family, manifest))),
  };
}

function remembered<T>(known: Map<string, T>, key: string, ask: () => T): T {
  const found = known.get(key) ?? ask();
  known.set(key, found);
  return found;
}

/** Windows alone has programs that are signed. */
async function signatureOf(path: string): Promise<Signature> {
  if (process.platform !== 'win32' || extname(path).toLowerCase() !== '.exe') return 'unknown';
  const { signature } = await import('../machine/windows/signature.ts');
  return signature(path);
}
