import { describe, expect, it } from 'vitest';
import { bannerWith, readBanner } from '../harness/browser/banner.ts';
import { inScene } from '../harness/browser/scene.ts';
import { badgeText } from '../harness/browser/service-worker.ts';
import type { AnswerKind } from '../stand-in/index.ts';

const healthy: AnswerKind[] = ['sign-in', 'second-factor', 'stay-signed-in'];

describe.each(['chromium', 'firefox'] as const)('healthy sign-in pages in %s', (family) => {
  it('show nothing, where a failed one right after shows the banner', async () => {
    await inScene(family, {}, async ({ standIn, browser, openOffice }) => {
      for (const kind of healthy) {
        standIn.next(kind);
        const page = await openOffice();
        expect(page.url()).toContain('login.microsoftonline.com');
        // The same page a moment later, with a failure: by then a wrong banner would have been there.
        const failed = await openOffice();
        await bannerWith(browser, failed, ({ text }) => text.includes('AADSTS50173'), 'the banner');
        expect(await readBanner(browser, page), kind).toBeUndefined();
        await Promise.all([page.close(), failed.close()]);
      }
    });
  });
});

describe('the toolbar badge in Chromium', () => {
  it('stands on the failed tab only, and goes when sign-in works', async () => {
    await inScene('chromium', {}, async ({ pc, standIn, browser, openOffice }) => {
      standIn.next('sign-in');
      const healthyPage = await openOffice();
      expect(await badgeText(browser, 'https://login.microsoftonline.com/')).toBe('');
      await healthyPage.close();
      const page = await openOffice();
      await bannerWith(browser, page, () => true, 'the banner');
      expect(await badgeText(browser, 'https://login.microsoftonline.com/')).toBe('!');
      await pc.change((each) => {
        for (const entry of each.credentials) entry.stale = false;
      });
      await page.goto('https://www.office.com/');
      expect(await badgeText(browser, 'https://www.office.com/')).toBe('');
    });
  });
});
