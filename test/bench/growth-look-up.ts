/** The catalogue and the launcher's search, with more and more to find and to look through. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extendCatalogue } from '../../common/failures/extend.ts';
import { describeFailure, explain, setExtension } from '../../common/failures/index.ts';
import type { Item } from '../../extension/popup/launcher/items.ts';
import { search } from '../../extension/popup/launcher/search.ts';
import { root } from '../harness/build.ts';
import type { Subject } from './growth-of.ts';

/** Some of all families, known and unknown, spelt as people do. */
const codes = [
  'AADSTS50173',
  '0x8004de40',
  'AADSTS9999999',
  'ERR_TIMED_OUT',
  '0x80070005',
  'oauth:access_denied',
];

/** A line of a log with a code in it now and then. */
const LINE =
  '2026-05-04 12:00:00.123 [info] request 4f7e0a51-1d1c-4c57-9a51-0d4a3c0a4c11 took 132 ms, status 200\n';
const textOf = (kib: number) =>
  `AADSTS50173 ${LINE.repeat(Math.ceil((kib * 1024) / LINE.length))} 0x8004de40`;

const entriesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    code: `AADSTS${900_000 + index}`,
    category: 'policy',
    title: 'The organisation has closed this.',
    todo: 'Ask the help desk.',
  }));

const queries = ['repair', 'sign in', 'onedrv', 'histry', 'AADSTS', 'network'];

/** Items that read as ours do: their words are those of the product. */
async function itemsOf(count: number): Promise<Item[]> {
  const text = await readFile(join(root, 'common', '_locales', 'en', 'messages.json'), 'utf8');
  const messages = Object.values<{ message: string }>(JSON.parse(text)).map(({ message }) => message);
  const word = (at: number) => messages[at % messages.length] ?? '';
  return Array.from({ length: count }, (_, index) => ({
    id: `item${index}`,
    section: 'repairs',
    title: word(index).slice(0, 40),
    subtitle: word(index * 7 + 1),
    keywords: word(index * 13 + 2).slice(0, 60),
    off: false,
    actions: [{ does: 'nothing', label: '', press: () => undefined }],
  }));
}

const lookUp = (count: number) => () => {
  for (let index = 0; index < count; index++) describeFailure(codes[index % codes.length] ?? '');
};

export const lookUpSubjects: readonly Subject[] = [
  { name: 'catalogue', of: 'codes looked up', first: 500, ready: lookUp },
  {
    name: 'catalogue, 5,000 codes looked up',
    of: 'entries of the organisation',
    first: 20,
    ready: (size) => {
      const { entries } = extendCatalogue(entriesOf(size));
      return () => {
        setExtension(entries);
        lookUp(5_000)();
        setExtension(new Map());
      };
    },
  },
  {
    name: 'catalogue, taking in',
    of: 'entries of the organisation',
    first: 20,
    ready: (size) => {
      const entries = entriesOf(size);
      return () => extendCatalogue(entries);
    },
  },
  {
    name: 'a text explained',
    of: 'KiB',
    first: 20,
    ready: (size) => {
      const text = textOf(size);
      return () => explain(text);
    },
  },
  {
    name: 'launcher, six searches',
    of: 'items',
    first: 50,
    ready: async (size) => {
      const items = await itemsOf(size);
      return () => {
        for (const query of queries) search(items, query);
      };
    },
  },
];
