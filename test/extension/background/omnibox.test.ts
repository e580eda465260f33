import { beforeEach, describe, expect, it, vi } from 'vitest';
import { extendCatalogue } from '../../../common/failures/extend.ts';
import { setExtension } from '../../../common/failures/index.ts';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

const { listenToOmnibox } = await import('../../../extension/background/omnibox.ts');
const { recall, remember } = await import('../../../extension/background/memory.ts');

beforeEach(async () => {
  reset(null);
  fake.tabs = [{ id: 5, windowId: 1 }];
  setExtension(new Map());
  await remember((memory) => {
    memory.explained = null;
  });
  listenToOmnibox();
});

/** The lines below the address bar, without marks: the first, which Enter stands for, and the rest. */
function lines(text: string): string[] {
  let below: { content: string; description: string }[] = [];
  fake.addressBar.changed.fire(text, (suggested: typeof below) => {
    below = suggested;
  });
  return [fake.addressBar.first, ...below.map(({ description }) => description)];
}
const enter = (text: string) => fake.addressBar.entered.fire(text, 'currentTab');
const explained = async () => (await recall()).explained;
const window = (query: string) => `extension://test/extension/popup/index.html?tab=5${query}`;

const CODE =
  '<match>AADSTS50173</match> · <dim>Who can fix it: This PC</dim> · Your password changed or your sign-in was withdrawn, so the saved sign-in no longer counts.';

it('a keyword alone says what it wants, and offers all there is', () => {
  fake.addressBar.started.fire();
  expect(fake.addressBar.first).toBe('Type or paste a code or an error text');
  expect(lines('')).toEqual([
    fake.addressBar.first,
    'Check connection',
    'History',
    'Report for IT',
    'Settings',
  ]);
});

it.each([
  ['a code', 'AADSTS50173'],
  ['its number', '50173'],
  ['a text with it', 'Sorry, but we’re having trouble: aadsts50173: The provided grant has expired'],
])('%s is explained at once, with who can fix it', (_, text) => {
  expect(lines(text)).toEqual([CODE]);
});

it('of several codes each has a line, the most telling first', () => {
  const all = lines('0x80190190 and AADSTS50173 and AADSTS53003');
  expect(all[0]).toContain('AADSTS50173');
  expect(all).toHaveLength(3);
});

it('Firefox shows all as it is, without marks', () => {
  fake.firefox = true;
  expect(lines('AADSTS50173')).toEqual([CODE.replace(/<\/?(?:match|dim)>/g, '')]);
});

describe('the organisation’s own words', () => {
  const entry = {
    code: 'AADSTS50173',
    category: 'policy',
    title: 'Call "IT" & say it\'s you',
    todo: 'Call.',
    remedies: [],
  };
  it('are text to Chromium, whatever is in them', () => {
    const { entries, refused } = extendCatalogue([entry]);
    expect(refused).toEqual([]);
    setExtension(entries);
    const [first = ''] = lines('AADSTS50173');
    expect(first).toContain('Call &quot;IT&quot; &amp; say it&apos;s you');
  });
});

it.each([
  ['chec', ['Check connection']],
  ['HISTORY', ['History']],
  ['report', ['Report for IT']],
  ['options', ['Settings']],
  ['proxy', ['Check connection']],
  ['set', ['Settings']],
])('%s finds its command', (text, found) => {
  expect(lines(text)).toEqual(found);
});

it('a text that says nothing is told so', () => {
  expect(lines('it does not work')).toEqual([expect.stringContaining('no known code')]);
});

it('Enter on a text shows in our window what it means', async () => {
  enter(' AADSTS50173 ');
  await vi.waitFor(async () =>
    expect(await explained()).toEqual({ text: 'AADSTS50173', codes: ['AADSTS50173'] }),
  );
  await vi.waitFor(() => expect(fake.opened).toEqual(['popup']));
});

it('without a popup it is a window for the tab that is looked at', async () => {
  fake.popup = false;
  enter('it does not work');
  await vi.waitFor(() => expect(fake.opened).toEqual([window('')]));
  await vi.waitFor(async () => expect((await explained())?.text).toBe('it does not work'));
});

it.each([
  ['check', '&command=check'],
  ['Check connection', '&command=check'],
  ['history', '&command=history'],
  ['Report for IT', '&command=report'],
])('Enter on %s opens our window there, and explains nothing', async (text, query) => {
  enter(text);
  await vi.waitFor(() => expect(fake.opened).toEqual([window(query)]));
  expect(await explained()).toBeNull();
});

it('Enter on the settings opens them, and on nothing our window', async () => {
  enter('Settings');
  expect(fake.opened).toEqual(['settings']);
  enter('');
  await vi.waitFor(() => expect(fake.opened).toEqual(['settings', 'popup']));
  expect(await explained()).toBeNull();
});
