/** What browsers report of a request or a navigation that failed, as a code of the catalogue. */
import { findCodes } from './parse.ts';

/** Firefox' results as numbers: module "network" (0x4b) and "security" (0x5a), then the number within it. */
const results: Readonly<Record<number, string>> = {
  2147500036: 'NS_ERROR_ABORT',
  2152398850: 'NS_BINDING_ABORTED',
  2152398861: 'NS_ERROR_CONNECTION_REFUSED',
  2152398862: 'NS_ERROR_NET_TIMEOUT',
  2152398864: 'NS_ERROR_OFFLINE',
  2152398868: 'NS_ERROR_NET_RESET',
  2152398878: 'NS_ERROR_UNKNOWN_HOST',
  2152398879: 'NS_ERROR_REDIRECT_LOOP',
  2152398890: 'NS_ERROR_UNKNOWN_PROXY_HOST',
  2152398919: 'NS_ERROR_NET_INTERRUPT',
  2152398920: 'NS_ERROR_PROXY_CONNECTION_REFUSED',
  2153390067: 'SEC_ERROR_UNKNOWN_ISSUER',
  2153390069: 'SEC_ERROR_EXPIRED_CERTIFICATE',
  2153394164: 'SSL_ERROR_BAD_CERT_DOMAIN',
};

const isSecurity = (result: number) => result >>> 16 === 0x805a;

/**
 * The code of `details.error`; null where it says nothing that can be told. Chromium and Firefox' webRequest give
 * names; Firefox' webNavigation gives "Error code 2152398878"; and when a secure connection fails, Firefox'
 * webRequest gives a sentence in the browser's language, of which no more than that can be known.
 */
export function networkCode(error: string): string | null {
  const [, digits] = /^Error code (\d{1,10})$/.exec(error) ?? [];
  if (digits !== undefined) {
    const result = Number(digits);
    return results[result] ?? (isSecurity(result) ? 'secure-connection-failed' : null);
  }
  const named = findCodes(error).find((code) => /^(?:net::ERR|[A-Z]{2,7}_)/.test(code));
  if (named !== undefined) return named;
  return /\S\s+\S/.test(error) ? 'secure-connection-failed' : null;
}
