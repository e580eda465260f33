/**
 * Whether Windows' own HTTP stack and a plain one come to the same result for the hosts that both looked at. Where
 * they do not, the matter lies in what only one of them uses: Windows' proxy settings, its TLS, a filter of programs.
 * Asks nobody: it compares what `endpoints` and `windows-connection` see.
 */
import { type Finding, finding, type MeaningOf } from '../../common/findings.ts';
import { toProblem } from '../../common/problem.ts';
import type { Check, CheckContext } from './check.ts';
import { judge, seeHost } from './endpoints/endpoints.ts';
import { askWindows, outcomeBy, windowsHosts } from './windows-connection.ts';

export const stacks: Check = {
  id: 'stacks',
  look: (context) => compareStacks(windowsHosts(context.cloud), context),
};

interface Comparison {
  host: string;
  meaning: MeaningOf<'stacks'>;
  evidence: Finding['evidence'];
  took: number;
}

/** Compares these hosts: a finding for each that the two disagree about, else one for all. Never fails. */
export function compareStacks(hosts: readonly string[], context: CheckContext): Promise<Finding[]>[] {
  const comparing = hosts.map((host) => compare(host, context));
  const differences = comparing.map(async (each) => difference(await each));
  return [...differences, Promise.all(comparing).then(summary)];
}

/** Both looks keep the time limit themselves. */
async function compare(host: string, context: CheckContext): Promise<Comparison> {
  const begin = performance.now();
  const seen = await Promise.all([seeHost(host, context), askWindows(host, context)]).then(
    ([plain, windows]) => compared(judge(plain), outcomeBy(windows)),
    (error) => ({ meaning: 'not-looked' as const, evidence: { error: toProblem(error).kind } }),
  );
  return { host, ...seen, took: Math.round(performance.now() - begin) };
}

function compared(
  plain: ReturnType<typeof judge>,
  windows: ReturnType<typeof outcomeBy>,
): Pick<Comparison, 'meaning' | 'evidence'> {
  if (windows.meaning === 'not-looked') return { meaning: 'not-looked', evidence: {} };
  const evidence = { plain: plain.meaning, windows: windows.meaning, ...windows.evidence };
  const works = windows.meaning === 'works';
  // A private address that answers is a warning.
  if (works === (plain.level !== 'fault')) return { meaning: 'agree', evidence };
  return { meaning: works ? 'windows-only' : 'windows-fails', evidence };
}

function difference({ host, meaning, evidence, took }: Comparison): Finding[] {
  if (meaning === 'agree' || meaning === 'not-looked') return [];
  // On a network that is left by a proxy only, that is as it should be.
  const level = meaning === 'windows-only' ? 'warning' : 'fault';
  const told = { level, subject: host, evidence, took } as const;
  return [finding({ id: `stacks:${host}`, check: 'stacks', meaning, ...told })];
}

/** One for all hosts, where no difference has been told. */
function summary(comparisons: readonly Comparison[]): Finding[] {
  const looked = comparisons.filter(({ meaning }) => meaning !== 'not-looked');
  if (looked.some(({ meaning }) => meaning !== 'agree')) return [];
  const took = Math.max(0, ...comparisons.map((each) => each.took));
  const all = { check: 'stacks', subject: '', took } as const;
  if (looked.length === 0) {
    const evidence = comparisons[0]?.evidence ?? {};
    return [finding({ ...all, level: 'unknown', meaning: 'not-looked', evidence })];
  }
  const evidence = { hosts: looked.map(({ host }) => host).join(', ') };
  return [finding({ ...all, level: 'ok', meaning: 'agree', evidence })];
}
