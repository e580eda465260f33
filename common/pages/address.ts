/** Which addresses are sign-in pages at all. */
import { isSignInHost } from '../clouds.ts';

/** Where a page stands, as far as judging it needs. */
export interface Place {
  readonly host: string;
  /** In lower case. */
  readonly path: string;
}

/**
 * The place of a sign-in page, or null for any other address: https only, and exact hosts. Browsers take
 * `login.microsoftonline.com.` for another host than the same without the dot, and so does this.
 */
export function signInPlace(address: string): Place | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname } = new URL(address);
  if (protocol !== 'https:' || !isSignInHost(hostname)) return null;
  return { host: hostname, path: pathname.toLowerCase() };
}
