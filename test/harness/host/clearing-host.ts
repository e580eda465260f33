/**
 * A native host in a few lines: says that a run goes on, has the browser clear its session, and writes down what the
 * browser answers and asks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { browserMethods, type Hello, hostMethods, PROTOCOL } from '../../../common/contract.ts';
import type { Failure } from '../../../common/plan.ts';
import type { Run } from '../../../common/run.ts';
import { waitFor } from '../wait-for.ts';
import { speaking } from './host-program.ts';

const run: Run = {
  id: 'run-1',
  revision: 1,
  failure: {
    code: 'AADSTS90007',
    category: 'local',
    seenAt: 'login.microsoftonline.com',
    time: '2026-11-22T09:41:07.000Z',
  },
  status: 'running',
  steps: [],
  startedAt: '2026-11-22T09:42:00.000Z',
  canUndo: false,
  damaged: 0,
};
const hello: Hello = {
  ...{ protocol: PROTOCOL, version: '0.1.0', platform: 'test', machine: 'simulated' },
  run,
};

const program = `${speaking}const { appendFileSync } = require('node:fs');
const [, file, hello, ...runs] = process.argv;
const clear = () => {
  const runId = runs.shift();
  if (runId) send({ id: runId, method: 'session.clear', params: { runId } });
};
let begun = false;
hear((message) => {
  if (message.method === 'hello') send({ id: message.id, result: JSON.parse(hello) });
  else if (message.method) send({ id: message.id, result: {} });
  if (message.method !== 'hello') appendFileSync(file, JSON.stringify(message) + '\\n');
  // The first-run page greets the host too: only our window's question begins.
  const begins = message.method === 'history' && !begun;
  begun ||= begins;
  if (begins || !message.method) clear();
});`;

const Answer = v.object({ result: browserMethods['session.clear'].result });
const Added = v.object({ method: v.literal('history.add'), params: hostMethods['history.add'].params });

export interface ClearingHost {
  command: string[];
  /** What the browser answered, once for each run that it was asked for. */
  answers(): Promise<v.InferOutput<typeof Answer>['result'][]>;
  /** Failures that it gave for the history. */
  added(): Promise<Failure[]>;
}

/** A host that asks for the clearing by these runs' ids, one after the other; it tells of `run-1` only. */
export function clearingHost(folder: string, ...runs: string[]): ClearingHost {
  const file = join(folder, 'messages');
  writeFileSync(file, '');
  const messages = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
  const allOf = <T>(schema: v.GenericSchema<unknown, T>) =>
    messages().flatMap((message) => {
      const parsed = v.safeParse(schema, message);
      return parsed.success ? parsed.output : [];
    });
  const enough = <T>(all: T[], count: number) => (all.length >= count ? all : undefined);
  return {
    // What stands after belongs to the browser: its own arguments are no runs.
    command: [process.execPath, '-e', program, '--', file, JSON.stringify(hello), ...runs, ''],
    answers: async () => {
      const all = await waitFor(() => enough(allOf(Answer), runs.length), 'the browser’s answers');
      return all.map(({ result }) => result);
    },
    added: async () => {
      const all = await waitFor(() => enough(allOf(Added), 1), 'failures for the history');
      return all.flatMap(({ params }) => params.failures);
    },
  };
}
