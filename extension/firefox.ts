import browser from 'webextension-polyfill';

/** Whether the browser is Firefox: it alone says who it is, and has options that Chromium refuses. */
export function isFirefox(): boolean {
  return 'getBrowserInfo' in browser.runtime;
}
