/** A guide on the terminal: what to do by hand, the ways to get there, and the answer. */
import { type GuideId, guides, isGuide } from '../../common/remedies.ts';
import type { Run } from '../../common/run.ts';
import { messageKey } from '../../common/text.ts';
import type { RunHost } from '../runs/run-host.ts';
import type { CommandContext } from './main.ts';
import type { Terminal } from './terminal.ts';
import { say } from './words.ts';

/** The sentences of a guide, in their order. */
export function guideWords(id: GuideId): string[] {
  return Array.from({ length: guides[id].steps }, (_, index) =>
    say(`${messageKey('guide', id)}_${index + 1}` as Parameters<typeof say>[0]),
  );
}

function guideOf({ steps }: Run): GuideId | undefined {
  const remedy = steps.find(({ status }) => status === 'your-turn')?.remedy;
  return remedy !== undefined && isGuide(remedy) ? remedy : undefined;
}

export function printGuide(run: Run, terminal: Terminal): void {
  const guide = guideOf(run);
  if (!guide) return;
  terminal.print(terminal.style('bold', say(messageKey('remedy', guide))));
  terminal.print(say(`${messageKey('remedy', guide)}_what`));
  for (const [index, words] of guideWords(guide).entries()) terminal.print(`  ${index + 1}. ${words}`);
}

/** Shows the guide that waits and asks; undefined where nobody can be asked, or it is left for later. */
export async function answerOf(
  { terminal, signal }: CommandContext,
  host: RunHost,
  run: Run,
): Promise<'done' | 'skip' | undefined> {
  printGuide(run, terminal);
  const guide = guideOf(run);
  if (!guide || !terminal.interactive || terminal.json) return undefined;
  const { links } = guides[guide];
  for (;;) {
    const answer = await terminal.ask(say(links.length > 0 ? 'cli_guide_ask_open' : 'cli_guide_ask'), signal);
    if (/^d(one)?$/i.test(answer)) return 'done';
    if (/^s(kip)?$/i.test(answer)) return 'skip';
    if (!/^o(pen)?$/i.test(answer)) return undefined;
    for (const link of links) await host.openGuide(run.id, link);
  }
}
