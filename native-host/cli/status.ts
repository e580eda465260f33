/** `status`: which PC this is, whether something is going on or was cut off, what is kept, and whether browsers find us. */
import * as v from 'valibot';
import { type Run, RunSchema } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import { forNobody, forPerson } from '../registration/causes.ts';
import { type Diagnosis, DiagnosisSchema, diagnose } from '../registration/diagnose.ts';
import { examine, realMeans } from '../registration/examine.ts';
import { type Ground, groundOf, programOf, register, standings } from '../registration/ground.ts';
import { type Outcome, OutcomeSchema } from '../registration/outcome.ts';
import { VERSION } from '../version.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { CommandContext } from './main.ts';
import { ownRunHost } from './own-run-host.ts';
import { diagnosisLines, outcomeLine } from './registration-words.ts';
import { tellPolicy } from './tell-policy.ts';
import { say } from './words.ts';

export const StatusSchema = v.strictObject({
  version: v.string(),
  machine: v.picklist(['windows', 'simulated']),
  stateFolder: v.string(),
  run: v.nullable(RunSchema),
  /** Repairs that can be undone. */
  undoable: v.number(),
  /** Each of the table of browsers, as it stands now. */
  browsers: v.array(DiagnosisSchema),
  /** What `--fix` did; empty without it. */
  fixed: v.array(OutcomeSchema),
});

export async function status(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  const { host } = await ownRunHost(context);
  await tellPolicy(host.machine, terminal);
  const { kind, stateFolder } = host.machine;
  const run = (await host.past.current()) ?? null;
  const undoable = (await host.past.history()).runs.filter(({ canUndo }) => canUndo).length;
  const { browsers, fixed } = await doctor(groundOf(host.machine, options.machine), options.fix);
  const document = { version: VERSION, machine: kind, stateFolder, run, undoable, browsers, fixed };
  terminal.document(document satisfies v.InferOutput<typeof StatusSchema>);
  terminal.print(`Signin Rescue ${VERSION}`);
  terminal.print(say(kind === 'simulated' ? 'cli_simulated' : 'cli_this_pc'));
  terminal.print(say('cli_state_folder', stateFolder));
  terminal.print(run ? `${say(messageKey('run', run.status))} ${run.id}` : say('cli_no_run'));
  terminal.print(say('cli_undoable', undoable));
  for (const outcome of fixed) terminal.progress(outcomeLine(outcome));
  for (const line of browsers.flatMap(diagnosisLines)) terminal.print(line);
  return exitCode(browsers, run);
}

/** Examines every browser; with `fix` those that can be mended are, and are examined again. */
async function doctor(ground: Ground, fix: boolean): Promise<{ browsers: Diagnosis[]; fixed: Outcome[] }> {
  const before = await diagnoseAll(ground);
  const mendable = before.filter(({ todo }) => todo === 'fix').map(({ browser }) => browser);
  if (!fix || mendable.length === 0) return { browsers: before, fixed: [] };
  const fixed = await register(ground, { only: mendable });
  // What a new registration did not mend, another will not either.
  const after = (await diagnoseAll(ground)).map((each) =>
    each.todo === 'fix' ? { ...each, todo: 'reinstall' as const } : each,
  );
  return { browsers: after, fixed };
}

async function diagnoseAll(ground: Ground): Promise<Diagnosis[]> {
  const means = realMeans();
  const facts = (await standings(ground)).map((standing) => examine(standing, means));
  return (await Promise.all(facts)).map((each) => diagnose(each, programOf(ground)));
}

/** What the person can mend comes before what only others can. */
function exitCode(browsers: readonly Diagnosis[], run: Run | null): ExitCode {
  const todos = browsers.flatMap(({ todo }) => (todo === null || forNobody.includes(todo) ? [] : todo));
  if (todos.some((todo) => forPerson.includes(todo))) return EXIT.remains;
  const isWaiting = run?.status === 'interrupted' || run?.status === 'your-turn';
  return isWaiting || todos.length > 0 ? EXIT.needsSomeone : EXIT.fine;
}
