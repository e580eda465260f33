/** Which cookies are those of a sign-in, and how exactly one cookie is removed and none of the same name beside it. */
import type { Cookies } from 'webextension-polyfill';
import type { Cloud } from '../../common/clouds.ts';

/**
 * Whether a cookie of this domain belongs to the sign-in: set by one of the cloud's sign-in hosts or homes for itself,
 * or for a domain above that serves nothing but signing in. Those of `.live.com`, `.microsoft.com` or `.office365.us`
 * serve mail and shops as well, and those of hosts below are others' own: they stay.
 */
export function isOfSignIn(domain: string, { signIn, homes, signInDomains }: Cloud): boolean {
  const host = domain.replace(/^\./, '');
  return [...signIn, ...homes, ...signInDomains].includes(host);
}

/**
 * The cookie, over already. Browsers' `cookies.remove` goes by address and name, and so takes a cookie of the domain
 * above with the same name, in Firefox even instead; a cookie that is set anew takes the place of exactly one.
 */
export function expired({
  name,
  domain,
  hostOnly,
  path,
  secure,
  httpOnly,
  sameSite,
  storeId,
  partitionKey,
  firstPartyDomain,
}: Cookies.Cookie): Cookies.SetDetailsType {
  const host = domain.replace(/^\./, '');
  return {
    url: `https://${host}${path}`,
    name,
    value: 'gone',
    path,
    secure,
    httpOnly,
    sameSite,
    storeId,
    expirationDate: 1,
    ...(hostOnly ? {} : { domain }),
    ...(partitionKey ? { partitionKey } : {}),
    // Only Firefox knows it, with a value where it isolates by first party.
    ...(firstPartyDomain ? { firstPartyDomain } : {}),
  };
}
