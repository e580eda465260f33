/** What is said of a browser: how it stands, or what became of its registration. */
import { messageKey } from '../../common/text.ts';
import { browsers } from '../registration/browsers.ts';
import type { Diagnosis } from '../registration/diagnose.ts';
import type { Outcome } from '../registration/outcome.ts';
import { say } from './words.ts';

const nameOf = (id: string) => browsers.find((each) => each.id === id)?.name ?? id;

/** One line for each thing to know; the first names the browser. */
export function diagnosisLines(diagnosis: Diagnosis): string[] {
  const { browser, cause, shown, todo, detail, version, place, manifest, program, signature } = diagnosis;
  if (cause === 'not-here') return [`${nameOf(browser)}: ${say('cli_cause_not_here')}`];
  // Where it is reached, and something is the matter all the same, that is the headline.
  const [title, ...why] = [
    ...(shown === 'ready' && cause !== 'ready' ? [] : [say(messageKey('host', shown))]),
    ...(cause === 'ready' ? [] : [say(messageKey('cli_cause', cause))]),
  ];
  const head = `${nameOf(browser)}: ${title}${version === null ? '' : ` (${version})`}`;
  const next = todo === null ? [] : [say(messageKey('cli_todo', todo))];
  // The last of them leads to the others.
  const path = program ?? manifest ?? place;
  const where = [...new Set([place, cause === 'ready' ? program : path])].filter((each) => each !== null);
  const signed = signature === 'unknown' ? [] : [say(messageKey('cli_signature', signature))];
  const details = detail === null ? [] : [detail];
  return [head, ...[...why, ...next, ...where, ...signed, ...details].map((line) => `  ${line}`)];
}

/** What became of one browser's registration. */
export function outcomeLine({ browser, is, place, detail }: Outcome): string {
  const words = `${nameOf(browser)}: ${say(messageKey('cli_registration', is))}`;
  if (is === 'not-here' || is === 'packed') return words;
  return `${words}\n  ${place}${detail === undefined ? '' : ` (${detail})`}`;
}
