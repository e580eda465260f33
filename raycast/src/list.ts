/** What the helper lists, as docs/LAUNCHERS.md tells: parsed here anew, since Raycast builds this folder alone. */
import * as v from 'valibot';

const Command = v.object({
  id: v.string(),
  title: v.string(),
  subtitle: v.string(),
  keywords: v.array(v.string()),
  run: v.tuple([v.literal('open'), v.string()]),
  state: v.object({ is: v.string(), why: v.optional(v.string()) }),
});

const List = v.object({ commands: v.array(Command) });

export type Listed = v.InferOutput<typeof Command>;

/** The commands in the output of `signin-rescue list --json`; fails where it is something else. */
export function parseList(output: string): Listed[] {
  return v.parse(List, JSON.parse(output)).commands;
}
