/** The command line, parsed and checked before anything runs. */
import { parseArgs } from 'node:util';
import { type CloudName, cloudNames } from '../../common/clouds.ts';
import { type HostCheckId, hostCheckIds } from '../../common/findings.ts';
import { type RemedyId, remedyIds } from '../../common/remedies.ts';
import type { ConnectTo } from '../checks/endpoints/endpoint-route.ts';
import { parseConnectTo } from './connect-to.ts';
import { UsageError } from './exit.ts';

const commands = [
  'explain',
  'check',
  'plan',
  'fix',
  'undo',
  'history',
  'report',
  'status',
  'install',
  'uninstall',
  'list',
  'open',
] as const;
export type Command = (typeof commands)[number];

export interface Options {
  command: Command | 'help' | 'version';
  /** What follows the command: a code, a run's id, a link. */
  rest: string[];
  machine: string | undefined;
  json: boolean;
  yes: boolean;
  /** `--only` names remedies, and of `check` checks. */
  only: RemedyId[] | undefined;
  checks: HostCheckId[] | undefined;
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
  cloud: CloudName | undefined;
  connectTo: ConnectTo[];
  /** A file of certificates to trust besides, as PEM. */
  ca: string | undefined;
  /** Ask for a newer list of servers first. */
  refresh: boolean;
  /** Only what can be told within a few seconds. */
  quick: boolean;
  /** Of `report`: with names as they are; into this file, as HTML; with a look at the connection. */
  full: boolean;
  html: string | undefined;
  look: boolean;
  /** Of `status`: mend what can be mended of the browsers' registration. */
  fix: boolean;
  /** Of `install` and `uninstall`: only say what would be done. */
  dryRun: boolean;
  /** Of `uninstall`: the history and all backups, too. */
  backups: boolean;
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
  cloud: { type: 'string' },
  'connect-to': { type: 'string', multiple: true },
  ca: { type: 'string' },
  refresh: { type: 'boolean' },
  quick: { type: 'boolean' },
  full: { type: 'boolean' },
  html: { type: 'string' },
  'no-check': { type: 'boolean' },
  fix: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  backups: { type: 'boolean' },
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
    ...only(name, values.only),
    all: values.all ?? false,
    steps: values.step === undefined ? undefined : stepList(values.step),
    replace: values.replace?.split(',').map((id) => id.trim()),
    clear: values.clear ?? false,
    timeout: values.timeout === undefined ? undefined : seconds(values.timeout),
    page: savedPage(values.page, values.url),
    cloud: values.cloud === undefined ? undefined : oneOf('cloud', cloudNames, values.cloud),
    connectTo: (values['connect-to'] ?? []).map(parseConnectTo),
    ca: values.ca,
    refresh: values.refresh ?? false,
    quick: values.quick ?? false,
    full: values.full ?? false,
    html: values.html,
    look: !values['no-check'],
    fix: values.fix ?? false,
    dryRun: values['dry-run'] ?? false,
    backups: values.backups ?? false,
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

function only(command: string | undefined, text: string | undefined): Pick<Options, 'only' | 'checks'> {
  const names = text?.split(',').map((name) => name.trim());
  return command === 'check'
    ? { only: undefined, checks: names?.map((name) => oneOf('check', hostCheckIds, name)) }
    : { only: names?.map((name) => oneOf('remedy', remedyIds, name)), checks: undefined };
}

const plurals = { check: 'checks', remedy: 'remedies', cloud: 'clouds' };

function oneOf<T extends string>(kind: keyof typeof plurals, ids: readonly T[], name: string): T {
  const found = ids.find((id) => id === name);
  if (found) return found;
  throw new UsageError(`there is no ${kind} "${name}"; ${plurals[kind]}: ${ids.join(', ')}`);
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
