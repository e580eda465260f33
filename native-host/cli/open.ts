/** `open`: shows the extension's own window at what a link asks for. It repairs nothing and looks at nothing. */
import { win32 } from 'node:path';
import { CHROMIUM_ORIGIN } from '../../common/identity.ts';
import { FIREFOX_SCHEME, type Link, linkTo, pageOf, parseLink } from '../../common/link.ts';
import type { BrowserFamily } from '../registration/browsers.ts';
import { defaultBrowser } from './default-browser.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { CommandContext } from './main.ts';
import { say } from './words.ts';

/**
 * What each family's browsers are given: in Chromium's the page is at a known address; in Firefox at one that only
 * the browser knows, so it gets the link, which the manifest's `protocol_handlers` leads to the same page
 * (https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/protocol_handlers).
 */
const addresses: Record<BrowserFamily, (link: Link) => string> = {
  chromium: (link) => `${CHROMIUM_ORIGIN}${pageOf(link)}`,
  firefox: (link) => linkTo(link, FIREFOX_SCHEME),
};

/** Fails with `exe-failed` where the browser does not start. */
export async function open(context: CommandContext): Promise<ExitCode> {
  const { terminal, options } = context;
  const link = onlyLink(options.rest);
  const machine = await context.machine();
  const browser = await defaultBrowser(machine);
  if (!browser) {
    const [chromium, firefox] = [addresses.chromium(link), addresses.firefox(link)];
    terminal.document({ opened: null, byHand: { chromium, firefox } });
    terminal.progress(`${say('cli_no_browser')}\n${say('cli_open_by_hand', chromium, firefox)}`);
    return EXIT.cannotRun;
  }
  const address = addresses[browser.family](link);
  await machine.processes.launch(browser.exe, [address]);
  const name = win32.basename(browser.exe);
  terminal.document({ opened: { browser: name, address } });
  terminal.print(say('cli_opened', name));
  return EXIT.fine;
}

/** One link and nothing beside it: what stands behind it may come from whoever wrote it. */
function onlyLink([text = '', ...more]: readonly string[]): Link {
  const link = more.length === 0 ? parseLink(text) : null;
  if (!link) throw new UsageError(say('cli_link_refused'));
  return link;
}
