/** Closes the toolbar's popup in Firefox, which without a screen keeps it open when the person goes on elsewhere. */

import { waitFor } from '../wait-for.ts';
import { chromeContext, runBidi } from './bidi.ts';
import type { TestBrowser } from './browsers.ts';

/** In Chromium the popup is a page as others are, and is closed as one. */
export async function closePopup({ family, browser }: TestBrowser): Promise<void> {
  if (family === 'chromium') return;
  const context = await chromeContext(browser);
  const popups = `[...document.querySelectorAll('.webextension-popup-browser')]`;
  await runBidi(browser, context, {
    expression: `${popups}.forEach((popup) => popup.closest('panel').hidePopup())`,
  });
  await waitFor(async () => {
    const { value } = await runBidi(browser, context, { expression: `${popups}.length` });
    return value === 0;
  }, "the end of Firefox's popup");
}
