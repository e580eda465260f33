/** What our window can be opened at, from outside of it: named in its address, it is shown and never run by itself. */
import type { WindowCommand } from '../common/commands.ts';

/** The address of our window for a tab, below the extension's own root. */
export function windowAddress(tabId: number, command?: WindowCommand): string {
  return `extension/popup/index.html?tab=${tabId}${command ? `&command=${command}` : ''}`;
}
