/** The ways to open our window: keys, address bar, menu. */
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { say } from '../text.ts';
import { Button } from '../views/button.tsx';

/** The keys that open our window: empty where none do, undefined until that is known. */
function useShortcut(): string | undefined {
  const [keys, setKeys] = useState<string>();
  useEffect(() => {
    const look = async () => {
      const all = await browser.commands.getAll();
      setKeys(all.find(({ name }) => name === '_execute_action')?.shortcut ?? '');
    };
    void look();
    // Whoever comes back from the browser's own page may have changed them.
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return keys;
}

export function Shortcut() {
  const keys = useShortcut();
  const text = keys === '' ? say('ways_no_shortcut') : say('ways_shortcut', keys ?? '…');
  return (
    <li class="row">
      <p class="row-text">{text}</p>
      <Button does="shortcut" class="small-button" onPress={changeShortcut}>
        {say('ways_shortcut_change')}
      </Button>
    </li>
  );
}

/** Only the browser's own page can change it. Firefox has a way there, Chromium an address. */
function changeShortcut(): void {
  if ('openShortcutSettings' in browser.commands) void browser.commands.openShortcutSettings();
  else void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

export function Ways() {
  const { omnibox } = browser.runtime.getManifest();
  return (
    <ul>
      <Shortcut />
      <li class="row">
        <p class="row-text">{say('ways_omnibox', omnibox?.keyword ?? '')}</p>
      </li>
      <li class="row">
        <p class="row-text">{say('ways_menu', say('menu_explain'))}</p>
      </li>
    </ul>
  );
}
