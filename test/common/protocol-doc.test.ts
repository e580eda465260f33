/** docs/PROTOCOL.md and the code say the same. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  browserMethods,
  hostMethods,
  hostNotifications,
  MAX_TO_BROWSER,
  MAX_TO_HOST,
  PROTOCOL,
} from '../../common/contract.ts';
import { ProblemSchema, problemNumbers } from '../../common/problem.ts';

const text = readFileSync('docs/PROTOCOL.md', 'utf8');
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
);
const section = (name: string) => sections.get(name) ?? '';

/** The first cells of a section's table, header left out. */
function rows(name: string): string[][] {
  const lines = section(name)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
const unquoted = (cell = '') => cell.replaceAll('`', '');

interface Example {
  /** The heading that it stands under. */
  under: string;
  kind: string;
  message: unknown;
}

const examples: Example[] = text.split(/^#{2,3} /m).flatMap((part) => {
  const under = unquoted(part.slice(0, part.indexOf('\n')));
  const blocks = [...part.matchAll(/^```json (\w+)\n([\s\S]*?)^```/gm)];
  return blocks.map(([, kind = '', json = '']) => ({ under, kind, message: JSON.parse(json) as unknown }));
});
const examplesOf = (under: string) => examples.filter((example) => example.under === under);

const version = v.literal('2.0');
const methods = { ...hostMethods, ...browserMethods };

function schemaOf({ under, kind }: Example): v.GenericSchema {
  const id = v.number();
  const method = v.literal(under);
  const entry = Object.entries(methods).find(([name]) => name === under)?.[1];
  const notified = Object.entries(hostNotifications).find(([name]) => name === under)?.[1];
  if (entry && kind === 'request')
    return v.strictObject({ jsonrpc: version, id, method, params: entry.params });
  if (entry && kind === 'response') return v.strictObject({ jsonrpc: version, id, result: entry.result });
  if (notified && kind === 'notification')
    return v.strictObject({ jsonrpc: version, method, params: notified });
  const error = v.strictObject({ code: v.number(), message: v.string(), data: ProblemSchema });
  if (under === 'Problems' && kind === 'error') return v.strictObject({ jsonrpc: version, id, error });
  throw new Error(`an example of no known kind: ${kind} under ${under}`);
}

describe('docs/PROTOCOL.md', () => {
  it('lists every method and notification, and no other', () => {
    const listed = (name: string) => rows(name).map(([cell]) => unquoted(cell));
    expect(listed('What the browser may ask')).toEqual(Object.keys(hostMethods));
    expect(listed('What the host may ask')).toEqual(Object.keys(browserMethods));
    expect(listed('What the host tells unasked')).toEqual(Object.keys(hostNotifications));
  });

  it('describes each under its own heading, and no other', () => {
    const headings = [...text.matchAll(/^### `(.+)`$/gm)].map(([, name]) => name);
    expect(headings).toEqual([
      ...Object.keys(hostMethods),
      ...Object.keys(browserMethods),
      ...Object.keys(hostNotifications),
    ]);
  });

  it('has a request and a response for every method, and an example of every notification', () => {
    for (const name of Object.keys(methods)) {
      expect(
        examplesOf(name).map(({ kind }) => kind),
        name,
      ).toEqual(['request', 'response']);
    }
    for (const name of Object.keys(hostNotifications)) {
      expect(
        examplesOf(name).map(({ kind }) => kind),
        name,
      ).toEqual(['notification']);
    }
  });

  it.each(examples.map((example) => [`${example.kind} of ${example.under}`, example] as const))(
    'gives a valid example: %s',
    (_, example) => {
      const { success, issues } = v.safeParse(schemaOf(example), example.message);
      expect(issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)).toBeUndefined();
      expect(success).toBe(true);
    },
  );

  it('has no block of JSON that is not held to the code', () => {
    expect(text.match(/^```\w/gm)).toHaveLength(examples.length);
  });

  it('lists every problem with its number, in order, with meaning and advice', () => {
    const table = rows('Problems');
    expect(table.map(([number, kind]) => [unquoted(kind), Number(number)])).toEqual(
      Object.entries(problemNumbers),
    );
    for (const cells of table) expect(cells.filter((cell) => cell.length > 2)).toHaveLength(4);
  });

  it('gives no number to two problems', () => {
    const numbers = Object.values(problemNumbers);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('names the protocol and the limits that the code has', () => {
    expect(section('Versions')).toContain(`number, now ${PROTOCOL},`);
    expect(section('Limits')).toContain(`${MAX_TO_BROWSER.toLocaleString('en')} bytes`);
    expect(section('Limits')).toContain(`${MAX_TO_HOST.toLocaleString('en')} bytes`);
  });

  it('names only problems that there are', () => {
    const kinds = new Set(Object.keys(problemNumbers));
    const refusals = [
      ...text.matchAll(/(?:refused with|answers?|answered with) ((?:`[a-z-]+`(?:, | or | and )?)+)/gi),
    ];
    const named = refusals.flatMap(([, list = '']) =>
      [...list.matchAll(/`([a-z-]+)`/g)].map(([, kind = '']) => kind),
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
