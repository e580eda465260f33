/** A world, from outside: given namespaces, run, and what was found there held against what is expected. */
import { join } from 'node:path';
import { execa } from 'execa';
import * as v from 'valibot';
import { DiagnosisSchema } from '../../common/check.ts';
import { type Finding, FindingSchema } from '../../common/findings.ts';
import { ensurePrograms, type Program, searchPath } from '../harness/system-packages.ts';
import type { World } from './world.ts';

/** Milliseconds; a world that is not over by then hangs. */
const LIMIT = 60_000;

export interface Row {
  world: World;
  /** Findings as `level check: meaning`: all warnings and faults, and those that were expected besides. */
  found: string[];
  cause: string | null;
  seconds: number;
  /** What differs from what is expected; empty when nothing does. */
  wrong: string[];
}

const OutcomeSchema = v.strictObject({
  exitCode: v.nullable(v.number()),
  stdout: v.string(),
  stderr: v.string(),
  seconds: v.number(),
});

const ResultSchema = v.object({ findings: v.array(FindingSchema), diagnosis: DiagnosisSchema });

/** What worlds are made of. */
export const matrixPrograms: readonly Program[] = [
  'unshare',
  'ip',
  'nft',
  'sysctl',
  'dnsmasq',
  'tinyproxy',
  'mitmdump',
];

/** Makes sure that worlds can be made. Fails when something is missing and cannot be had. */
export async function prepare(): Promise<void> {
  if (process.platform !== 'linux') throw new Error('The network matrix needs the namespaces of Linux.');
  await ensurePrograms(matrixPrograms);
}

/**
 * Namespaces of networks, mounts and processes; for those who are not root within one of users. The first process
 * ends with `unshare`, and all others of the world with the first.
 */
function apart(): string[] {
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? [] : ['--user', '--map-root-user'];
  return ['unshare', ...user, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
}

/** More would wait for two cores longer than for the network. */
const AT_ONCE = 3;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs a world when it is its turn. Fails when it cannot be built, never for what is found there. */
export async function runWorld(world: World): Promise<Row> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await runApart(world);
  } finally {
    const next = waiting.shift();
    // Whose turn it is takes this one's place.
    if (next) next();
    else running -= 1;
  }
}

async function runApart(world: World): Promise<Row> {
  const [command = '', ...args] = apart();
  const inside = [process.execPath, join(import.meta.dirname, 'inside.ts'), world.name];
  const ran = await execa(command, [...args, ...inside], {
    // Left open: a world ends with whoever wanted it.
    stdin: 'pipe',
    env: { PATH: searchPath() },
    reject: false,
    timeout: LIMIT,
  });
  if (ran.exitCode !== 0) throw new Error(`${world.name}: ${whyNot(ran.stderr)}`);
  return judge(world, v.parse(OutcomeSchema, JSON.parse(ran.stdout)));
}

function whyNot(said: string): string {
  if (!/^unshare: /m.test(said)) return said;
  return `${said}\nThe network matrix needs namespaces of its own: run it as root, or allow them to users (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns).`;
}

const levels = ['fault', 'warning', 'ok', 'unknown'] as const satisfies Finding['level'][];
const textOf = ({ check, meaning }: Finding) => `${check}: ${meaning}`;

/** `level check: meaning`, once each, with the strongest level: a host that is not needed is a warning only. */
function summarised(findings: readonly Finding[]): string[] {
  const found = levels.flatMap((level) => findings.filter((finding) => finding.level === level));
  const strongest = new Map(found.toReversed().map((finding) => [textOf(finding), finding.level]));
  return [...strongest].map(([text, level]) => `${level} ${text}`);
}

/** All that a finding goes by, for whoever wants to know why. */
const evidenceOf = (finding: Finding) =>
  `found: ${finding.level} ${textOf(finding)} ${JSON.stringify({ subject: finding.subject, ...finding.evidence })}`;

const isAbout = (check: string, texts: readonly string[]) =>
  texts.some((text) => text.split(' ')[1] === `${check}:`);

function judge(world: World, outcome: v.InferOutput<typeof OutcomeSchema>): Row {
  const { exitCode, stdout, stderr, seconds } = outcome;
  const none = { world, found: [], cause: null, seconds };
  if (exitCode === null) return { ...none, wrong: ['the check did not end'] };
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ResultSchema), stdout);
  if (!parsed.success) return { ...none, wrong: [`no result, exit code ${exitCode}: ${stderr}`] };
  const { findings, diagnosis } = parsed.output;
  const summary = summarised(findings);
  const isTrouble = (text: string) => /^(?:fault|warning) /.test(text);
  const others = summary.filter((text) => isTrouble(text) && !world.expects.includes(text));
  const found = [...world.expects.filter((text) => summary.includes(text)), ...others];
  const behind = findings.find(({ id }) => id === diagnosis.cause);
  const cause = behind ? textOf(behind) : null;
  const missing = world.expects.filter((text) => !found.includes(text));
  const wrong = [
    ...missing.map((text) => `missing: ${text}`),
    ...others.map((text) => `not expected: ${text}`),
    ...findings.filter(({ check }) => isAbout(check, [...missing, ...others])).map(evidenceOf),
  ];
  if (cause !== world.cause) wrong.push(`cause: ${cause}, not ${world.cause}`);
  const exit = summary.some((text) => text.startsWith('fault ')) ? 1 : 0;
  if (exitCode !== exit) wrong.push(`exit code ${exitCode}, not ${exit}`);
  return { world, found, cause, seconds, wrong };
}
