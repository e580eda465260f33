/** A run in the popup: guides, proofs, what was left alone, and undo by step. */
import { describe, expect, test } from 'vitest';
import { popupPage } from './popup-page.ts';

const { page, show, sent, stage, texts, press, focused } = popupPage();

describe('a guide that waits', () => {
  test('says what to do, and shows the whole run beneath', async () => {
    await show('your-turn');
    expect(await focused()).toBe('Check the proxy');
    expect(await texts('.to-do .guide li')).toHaveLength(3);
    expect(await texts('.steps .step-state')).toEqual(['Sign-in still fails', 'Your turn', 'Waiting']);
    expect((await texts('[role=status]'))[0]).toContain('It is your turn. Check the proxy.');
  });

  test.each([
    ['proxy-settings', { do: 'guide', link: 'proxy-settings' }],
    ['done', { do: 'answer', answer: 'done' }],
    ['skip', { do: 'answer', answer: 'skip' }],
    ['cancel', { do: 'cancel' }],
  ])('%s is a press away', async (does, action) => {
    await show('your-turn');
    await press(`[data-do=${does}]`);
    expect(await sent()).toEqual([action]);
  });

  test('Enter says that it is done; Tab and Space open the place in Windows', async () => {
    await show('your-turn');
    await page().keyboard.press('Tab');
    expect(await focused()).toBe('Open proxy settings');
    await page().keyboard.press('Space');
    await page().focus('h1');
    await page().keyboard.press('Enter');
    expect(await sent()).toEqual([
      { do: 'guide', link: 'proxy-settings' },
      { do: 'answer', answer: 'done' },
    ]);
  });

  test('one that was answered is not answered twice', async () => {
    await show('your-turn-busy');
    await page().click('[data-do=done]');
    await page().keyboard.press('Enter');
    expect(await sent()).toEqual([]);
  });

  test('the next guide takes the focus anew', async () => {
    await show('your-turn');
    await page().focus('[data-do=done]');
    await show('your-turn-it');
    expect(await focused()).toBe('Ask your IT team');
    expect(await texts('.facts dt')).toContain('Correlation ID');
  });
});

describe('the steps', () => {
  test('show what proved them, each with its own outcome', async () => {
    await show('unverified-proofs');
    expect(await texts('.proofs li')).toEqual([
      'Signing in on the webCould not be tested',
      'OneDrive runs and is linked a…@contoso.exampleWorks',
      'A file of the OneDrive folder opens Budget 2027 – draft for the board meeting.xlsxDoes not work',
    ]);
  });

  test('list what they left alone, and fold it when it is much', async () => {
    await show('unverified-proofs');
    expect(await texts('div.skipped li')).toEqual([
      'OneDrive Cached Credential Business - Business1 changed since the plan was shown, and left alone',
      'MicrosoftOffice16_Data:SSPI:a1@contoso.example no longer there',
    ]);
    await show('fixed-skipped');
    expect(await page().$eval('details.skipped', ({ open }) => open)).toBe(false);
    expect(await texts('details.skipped summary')).toEqual(['Left alone: 8']);
  });

  test('say when their journal is damaged', async () => {
    await show('interrupted-damaged');
    expect(await texts('.run-steps .note')).toEqual(['2 lines of this repair’s journal could not be read.']);
    await show('interrupted');
    expect(await texts('.run-steps .note')).toEqual([]);
  });
});

describe('undo', () => {
  test('of one step says which, by its place', async () => {
    await show('fixed');
    await press('[data-remedy=reset-onedrive] [data-do=undo-step]');
    await press('[data-do=undo]');
    expect(await sent()).toEqual([{ do: 'undo', steps: [1] }, { do: 'undo' }]);
  });

  test.each(['undone-partly', 'failed', 'undone', 'fixed-by-hand', 'run-purging'])(
    'of a step is not offered beside the undo of all in %s',
    async (name) => {
      await show(name);
      expect(await texts('[data-do=undo-step]')).toEqual([]);
    },
  );

  test('asks before what is new gives way, one by one or all', async () => {
    await show('undone-conflicts');
    await press('.conflicts li:nth-child(2) [data-do=replace]');
    await press('[data-do=replace-all]');
    expect(await sent()).toEqual([
      { do: 'undo', replace: ['conflict-1'] },
      { do: 'undo', replace: ['conflict-0', 'conflict-1'] },
    ]);
    const labels = await page().$$eval('[data-do=replace]', (all) => all.map(({ ariaLabel }) => ariaLabel));
    expect(labels[0]).toBe('Put the old one back: OneDrive Cached Credential Business - Business1');
    await show('undone');
    expect(await texts('[data-do=replace-all]')).toEqual([]);
  });

  test('says why a thing did not come back', async () => {
    await show('undone');
    expect(await texts('.undone .names li')).toEqual([
      'C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe: this step has no undo',
      'MicrosoftOffice16_Data:SSPI:a9@contoso.example: its backup cannot be read',
    ]);
    expect(await stage()).toBe('undone');
  });
});
