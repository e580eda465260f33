/** Managed storage in a real Chromium: its schema loads, what a policy file sets is shown, and a change is seen. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ManagedChromium, startManagedChromium } from '../harness/browser/managed-chromium.ts';
import { setPolicy } from '../harness/policy-pc.ts';
import { waitFor } from '../harness/wait-for.ts';
import { makePc, type StoryPc } from '../story/story-pc.ts';

let chromium: ManagedChromium | undefined;
let pc: StoryPc;
beforeAll(async () => {
  pc = await makePc((made) => setPolicy(made, { remedies: { 'relink-onedrive': 'off' } }));
  const settings = {
    helpDesk: 'help.desk@contoso.example',
    helpDeskText: 'Call 555 0100',
    clouds: ['us-government'],
    watch: false,
    remedies: { 'reset-onedrive': 'off', 'purge-credentials': 'approval', 'flush-dns': 'allowed' },
  };
  chromium = await startManagedChromium(settings, pc.file);
});
afterAll(async () => {
  await chromium?.close();
  await pc.remove();
});

/** A page of the extension. */
async function open(path: string): Promise<Page> {
  if (!chromium) throw new Error('no browser');
  return chromium.open(path);
}

const POPUP = 'extension/popup/index.html';
const OFF = 'Your organisation has turned this off.';
const APPROVAL = 'Your organisation wants to approve this first.';

/** What the launcher says of a repair, and whether it can be pressed. */
async function said(page: Page, remedy: string) {
  const item = await page.waitForSelector(`[data-item=${remedy}]`);
  return item?.evaluate((option) => ({
    text: option.textContent ?? '',
    off: option.getAttribute('aria-disabled') === 'true',
  }));
}

describe('a policy file', () => {
  it('is told in the popup: what is off, what wants an approval, and whom to ask', async () => {
    const page = await open(POPUP);
    const desk = 'Your help desk: Call 555 0100 · help.desk@contoso.example';
    const off = await waitFor(async () => {
      const told = await said(page, 'reset-onedrive');
      return told?.off && told;
    }, 'the policy');
    expect(off.text).toContain(`${OFF} ${desk}`);
    expect(await said(page, 'purge-credentials')).toMatchObject({
      text: expect.stringContaining(`${APPROVAL} ${desk}`),
    });
    expect((await said(page, 'flush-dns'))?.text).not.toContain('organisation');
    expect(await said(page, 'watch')).toMatchObject({ off: true });
    // By the host, whose word is the last.
    await waitFor(async () => (await said(page, 'relink-onedrive'))?.off, 'what the host says');
    await page.close();
  });

  it('is told in the settings', async () => {
    const page = await open('extension/pages/options/index.html');
    const facts = await waitFor(
      () =>
        page.$$eval('dl.facts dd', (all) => {
          const words = all.map(({ textContent }) => textContent);
          return words.includes('us-government') && words;
        }),
      'what is set by the organisation',
    );
    expect(facts).toEqual(
      expect.arrayContaining(['Reset OneDrive', 'Remove stored sign-in entries', 'Switched off']),
    );
    await page.close();
  });

  it('takes effect when it changes while the browser runs', async () => {
    const page = await open(POPUP);
    await waitFor(async () => (await said(page, 'reset-onedrive'))?.off, 'the policy');
    await chromium?.manage({
      helpDeskText: 'Call 555 0199',
      // Neither is as the schema wants it: only the rest counts.
      helpDesk: 7,
      unheardOf: true,
      remedies: { 'flush-dns': 'off' },
    });
    await waitFor(async () => (await said(page, 'flush-dns'))?.off, 'the new policy');
    expect((await said(page, 'flush-dns'))?.text).toContain(`${OFF} Your help desk: Call 555 0199`);
    expect((await said(page, 'flush-dns'))?.text).not.toContain('·');
    expect(await said(page, 'reset-onedrive')).toMatchObject({ off: false });
    await page.close();
  });
});
