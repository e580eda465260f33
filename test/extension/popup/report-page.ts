/** The popup with a report in it, for the tests of a file. */
import { type ReportState, reportPresses, reportStates } from '../../fixtures/ui-report.ts';
import { push } from '../../gallery/stage.ts';
import { popupPage } from './popup-page.ts';

/** Wherever its lines are broken. */
export const words = (text = '') => text.split(/\s+/).join(' ').trim();

export function reportPage() {
  const popup = popupPage();
  return {
    ...popup,
    /** Goes to a report by the way that belongs to it. */
    open: async (name: ReportState): Promise<void> => {
      const page = popup.page();
      await push(page, reportStates[name]);
      for (const selector of reportPresses[name]) await (await page.waitForSelector(selector))?.click();
      await page.waitForSelector('[data-stage=report]');
    },
    preview: async () => (await popup.texts('.report-preview'))[0] ?? '',
  };
}
