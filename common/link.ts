/**
 * The link by which other launchers, shortcuts and the command line ask for our window at a command. Anybody can write
 * one, a web page too: it chooses what is shown and can do nothing else, and no text of its own choosing gets through.
 */
import { type LinkCommand, linkCommands } from './commands.ts';

export const SCHEME = 'signin-rescue:';

/** In Firefox, where extensions may have only schemes that begin with `ext+`. */
export const FIREFOX_SCHEME = 'ext+signin-rescue:';

export type Link = { command: LinkCommand } | { command: 'explain'; code: string };

/** Characters; the longest code is shorter. */
const LONGEST = 120;

/** The canonical forms of codes, as common/failures/parse.ts makes them: a view does not carry all that it can read. */
const CODE = new RegExp(
  `^(?:${[
    'AADSTS[1-9]\\d{3,6}',
    'AADB2C\\d{5,7}',
    '0x[8c][\\da-f]{7}',
    '(?:net::ERR|DNS_PROBE|NS_BINDING|NS_ERROR|SSL_ERROR|SEC_ERROR|MOZILLA_PKIX_ERROR)_[A-Z\\d_]{2,60}',
    'PR_[A-Z_]{2,40}_ERROR',
    'neterror:[a-z][A-Za-z\\d]{2,40}',
    'oauth:[a-z_]{3,40}',
    'http-[45]\\d\\d',
    'signin-loop',
    'cookies-blocked',
    'secure-connection-failed',
  ].join('|')})$`,
);

/**
 * What a link asks for: `signin-rescue:COMMAND` or `signin-rescue:explain/CODE`, letter for letter, with either
 * scheme. Null for anything else: nothing is trimmed, decoded or overlooked.
 */
export function parseLink(text: string): Link | null {
  const scheme = [SCHEME, FIREFOX_SCHEME].find((each) => text.startsWith(each));
  if (scheme === undefined || text.length > LONGEST) return null;
  const rest = text.slice(scheme.length);
  const command = linkCommands.find((each) => each === rest);
  if (command) return { command };
  const [what, code = '', ...more] = rest.split('/');
  return what === 'explain' && more.length === 0 && CODE.test(code) ? { command: what, code } : null;
}

/** The link that asks for this. */
export function linkTo(link: Link, scheme: typeof SCHEME | typeof FIREFOX_SCHEME = SCHEME): string {
  return `${scheme}${link.command}${'code' in link ? `/${link.code}` : ''}`;
}

/**
 * The address of the page that shows what a link asks for, below the extension's own root. It belongs to no tab, so it
 * tells of no failure in one. `manifest.json` gives Firefox the same.
 */
export function pageOf(link: Link): string {
  return `extension/popup/index.html?tab=-1&link=${encodeURIComponent(linkTo(link))}`;
}
