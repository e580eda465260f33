import { beforeEach, expect, it, vi } from 'vitest';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

const { listenToContextMenu } = await import('../../../extension/background/context-menu.ts');
const { LONGEST } = await import('../../../extension/background/explain.ts');
const { recall, remember } = await import('../../../extension/background/memory.ts');

beforeEach(async () => {
  reset(null);
  await remember((memory) => {
    memory.explained = null;
  });
  listenToContextMenu();
});

const settled = () => vi.waitFor(() => expect(fake.menu.size).toBe(1));
const select = (selectionText: string | undefined, tab: object | undefined = { id: 7 }) =>
  fake.menuPressed.fire({ menuItemId: 'explain', selectionText }, tab);
const explained = async () => (await recall()).explained;

it('there is one entry, on selected text and nowhere else, after installation, update and start', async () => {
  fake.installed.fire({ reason: 'update' });
  await settled();
  expect(fake.menu.get('explain')).toEqual({ title: 'Explain this error', contexts: ['selection'] });
  fake.menu.clear();
  fake.started.fire();
  await settled();
});

it('a press opens our window and shows what the text means', async () => {
  select(' Sorry, AADSTS50173: the grant has expired. ');
  await vi.waitFor(async () => expect(await explained()).toBeTruthy());
  expect(await explained()).toEqual({
    text: 'Sorry, AADSTS50173: the grant has expired.',
    codes: ['AADSTS50173'],
  });
  expect(fake.opened).toEqual(['popup']);
});

it('the popup is asked for within the press, as Firefox wants it', () => {
  select('0x8004de40');
  expect(fake.opened).toEqual(['popup']);
});

it('where the browser opens no popup it is a window for that tab', async () => {
  fake.popup = false;
  select('0x8004de40', { id: 42 });
  await vi.waitFor(() => expect(fake.opened).toEqual(['extension://test/extension/popup/index.html?tab=42']));
});

it('a whole page of text is cut, and only blanks ask nothing', async () => {
  select(`AADSTS50173 ${'x'.repeat(1_000_000)}`);
  await vi.waitFor(async () => expect((await explained())?.codes).toEqual(['AADSTS50173']));
  expect((await explained())?.text).toHaveLength(LONGEST);
  select('  \n ');
  await vi.waitFor(async () => expect(await explained()).toBeNull());
  select(undefined, undefined);
  await vi.waitFor(() => expect(fake.opened).toHaveLength(3));
});

it('another entry is not ours', () => {
  fake.menuPressed.fire({ menuItemId: 'other', selectionText: 'AADSTS50173' }, { id: 7 });
  expect(fake.opened).toEqual([]);
});
