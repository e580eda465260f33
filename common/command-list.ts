/** How `list --json` tells other launchers of our commands. Apart from the commands, as no view needs it. */
import * as v from 'valibot';
import { ProblemSchema } from './problem.ts';

/** What other launchers are told of, in this order; `undo` leads to the history. */
const listedCommands = ['fix', 'check', 'undo', 'history', 'report', 'settings'] as const;

/** How things stand with a command; `why` is a sentence for people. */
const CommandStateSchema = v.variant('is', [
  v.strictObject({ is: v.literal('ready') }),
  /** Something waits for it. */
  v.strictObject({ is: v.literal('useful'), why: v.string() }),
  /** It cannot be opened on this PC. */
  v.strictObject({ is: v.literal('not-here'), why: v.string() }),
  /** This PC could not be looked at. */
  v.strictObject({ is: v.literal('unknown'), why: v.string(), problem: ProblemSchema }),
]);

const ListedSchema = v.strictObject({
  id: v.picklist(listedCommands),
  title: v.string(),
  /** What it does. */
  subtitle: v.string(),
  keywords: v.array(v.pipe(v.string(), v.regex(/^\S+$/))),
  /** What to give `signin-rescue` as its arguments. */
  run: v.tuple([v.literal('open'), v.string()]),
  state: CommandStateSchema,
});

/** The document of `signin-rescue list --json`. */
export const CommandListSchema = v.strictObject({
  version: v.string(),
  /** Of titles, subtitles, keywords and sentences: a BCP 47 tag. */
  language: v.string(),
  commands: v.array(ListedSchema),
});

export type CommandState = v.InferOutput<typeof CommandStateSchema>;
export type CommandList = v.InferOutput<typeof CommandListSchema>;
