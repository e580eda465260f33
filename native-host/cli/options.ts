/** The command line, parsed and checked before anything runs. */
import { parseArgs } from 'node:util';
import { type RemedyId, remedyIds } from '../../common/remedies.ts';
import { UsageError } from './exit.ts';

const commands = ['explain', 'check', 'plan', 'fix', 'undo', 'history', 'status'] as const;
export type Command = (typeof commands)[number];

export interface Options {
  command: Command | 'help' | 'version';
  /** What follows the command: a code, a run's id. */
  rest: string[];
  machine: string | undefined;
  json: boolean;
  yes: boolean;
  only: RemedyId[] | undefined;
  /** Also what a plan leaves unticked. */
  all: boolean;
  /** Steps to undo, from 0. */
  steps: number[] | undefined;
  /** Ids of conflicts to replace in an undo. */
  replace: string[] | undefined;
  /** Delete the history. */
  clear: boolean;
  /** Milliseconds. */
  timeout: number | undefined;
  /** A saved page to judge, and where it came from. */
  page: { file: string; url: string } | undefined;
}

const known = {
  machine: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  only: { type: 'string' },
  all: { type: 'boolean' },
  step: { type: 'string' },
  replace: { type: 'string' },
  clear: { type: 'boolean' },
  timeout: { type: 'string' },
  page: { type: 'string' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** Fails with a UsageError, naming what was not understood. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const [name, ...rest] = positionals;
  const base = {
    rest,
    machine: values.machine,
    json: values.json ?? false,
    yes: values.yes ?? false,
    only: values.only === undefined ? undefined : remedyList(values.only),
    all: values.all ?? false,
    steps: values.step === undefined ? undefined : stepList(values.step),
    replace: values.replace?.split(',').map((id) => id.trim()),
    clear: values.clear ?? false,
    timeout: values.timeout === undefined ? undefined : seconds(values.timeout),
    page: savedPage(values.page, values.url),
  };
  if (values.version) return { ...base, command: 'version' };
  if (values.help || name === undefined || name === 'help') return { ...base, command: 'help' };
  const command = commands.find((each) => each === name);
  if (!command) throw new UsageError(`there is no command "${name}"; commands: ${commands.join(', ')}`);
  return { ...base, command };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function savedPage(file: string | undefined, url: string | undefined): Options['page'] {
  if (file === undefined && url === undefined) return undefined;
  if (!file || !url) throw new UsageError('--page FILE and --url URL go together');
  if (!URL.canParse(url)) throw new UsageError(`--url takes an address, got "${url.slice(0, 100)}"`);
  return { file, url };
}

function remedyList(text: string): RemedyId[] {
  return text.split(',').map((name) => {
    const remedy = remedyIds.find((id) => id === name.trim());
    if (!remedy) throw new UsageError(`there is no remedy "${name}"; remedies: ${remedyIds.join(', ')}`);
    return remedy;
  });
}

/** Steps as people count them, from 1. */
function stepList(text: string): number[] {
  return text.split(',').map((part) => {
    const number = Number(part);
    if (!Number.isInteger(number) || number < 1)
      throw new UsageError(`--step takes numbers from 1, got "${text}"`);
    return number - 1;
  });
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 600)) {
    throw new UsageError(`--timeout takes seconds from 0 to 600, got "${text}"`);
  }
  return number * 1000;
}
