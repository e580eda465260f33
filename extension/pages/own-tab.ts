/** The tab that a page is in: our window is opened for it. */
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';

/** Known before anybody can press: within a press there is no time to ask (Firefox). */
export function useOwnTab(): number {
  const [id, setId] = useState<number>(browser.tabs.TAB_ID_NONE);
  useEffect(() => {
    void browser.tabs.getCurrent().then((tab) => setId(tab?.id ?? browser.tabs.TAB_ID_NONE));
  }, []);
  return id;
}
