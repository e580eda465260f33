import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFailure, networkCode } from '../../../common/failures/index.ts';
import { guideIds, type RemedyId } from '../../../common/remedies.ts';

const words = (text: string) => text.trim().split(/\s+/);

/** What may help by the matter; nothing for the others. */
const helps: Record<string, RemedyId[]> = {
  'page-loop': ['clear-browser-session'],
  'page-expired': ['clear-browser-session'],
  clock: ['check-clock'],
  tls: ['check-clock', 'check-tls', 'check-ciphers'],
  'certificate-untrusted': ['check-clock', 'check-proxy', 'contact-it'],
  'certificate-missing': ['check-proxy', 'contact-it'],
  proxy: ['check-proxy'],
  'proxy-login': ['check-proxy'],
  'name-not-found': ['flush-dns', 'check-proxy'],
  'timed-out': ['check-proxy'],
  'no-connection': ['check-proxy'],
  'broken-answer': ['check-proxy'],
  'network-denied': ['contact-it'],
};

describe('what browsers report', () => {
  it.each([
    ['none', 'cancelled', 'net::ERR_ABORTED NS_BINDING_ABORTED NS_BINDING_CANCELLED_OLD_LOAD NS_ERROR_ABORT'],
    ['local', 'browser-blocks', 'net::ERR_BLOCKED_BY_CLIENT NS_ERROR_TRACKING_URI NS_ERROR_CONTENT_BLOCKED'],
    ['local', 'page-loop', 'net::ERR_TOO_MANY_REDIRECTS NS_ERROR_REDIRECT_LOOP neterror:redirectLoop'],
    ['local', 'page-expired', 'net::ERR_CACHE_MISS NS_ERROR_DOCUMENT_NOT_CACHED neterror:notCached'],
    [
      'policy',
      'blocked-by-policy',
      'net::ERR_BLOCKED_BY_ADMINISTRATOR NS_ERROR_BLOCKED_BY_POLICY neterror:blockedByPolicy',
    ],
    ['user', 'dangerous-page', 'NS_ERROR_PHISHING_URI neterror:deceptiveBlocked'],
    ['app', 'framed', 'net::ERR_BLOCKED_BY_RESPONSE NS_ERROR_XFO_VIOLATION neterror:xfoBlocked'],
    ['app', 'bad-address', 'net::ERR_UNSAFE_PORT net::ERR_UNSAFE_REDIRECT NS_ERROR_MALFORMED_URI'],
    [
      'network',
      'clock',
      `net::ERR_CERT_DATE_INVALID SEC_ERROR_EXPIRED_CERTIFICATE SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE
       MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE SEC_ERROR_OCSP_FUTURE_RESPONSE`,
    ],
    [
      'network',
      'certificate-untrusted',
      `net::ERR_CERT_AUTHORITY_INVALID net::ERR_CERT_COMMON_NAME_INVALID net::ERR_CERT_KNOWN_INTERCEPTION_BLOCKED
       SEC_ERROR_UNKNOWN_ISSUER SEC_ERROR_UNTRUSTED_ISSUER SSL_ERROR_BAD_CERT_DOMAIN
       MOZILLA_PKIX_ERROR_MITM_DETECTED MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT neterror:nssBadCert`,
    ],
    [
      'network',
      'certificate-missing',
      'net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED net::ERR_BAD_SSL_CLIENT_AUTH_CERT SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT',
    ],
    ['network', 'proxy-login', 'net::ERR_PROXY_AUTH_REQUESTED NS_ERROR_PROXY_AUTHENTICATION_FAILED'],
    [
      'network',
      'proxy',
      `net::ERR_PROXY_CONNECTION_FAILED net::ERR_PROXY_CERTIFICATE_INVALID net::ERR_TUNNEL_CONNECTION_FAILED
       net::ERR_MANDATORY_PROXY_CONFIGURATION_FAILED net::ERR_PAC_SCRIPT_FAILED net::ERR_PAC_NOT_IN_DHCP
       net::ERR_SOCKS_CONNECTION_FAILED NS_ERROR_UNKNOWN_PROXY_HOST NS_ERROR_PROXY_CONNECTION_REFUSED
       NS_ERROR_PROXY_BAD_GATEWAY neterror:proxyConnectFailure neterror:proxyResolveFailure`,
    ],
    ['network', 'network-login', 'neterror:captivePortal'],
    ['network', 'offline', 'net::ERR_INTERNET_DISCONNECTED NS_ERROR_OFFLINE neterror:netOffline'],
    [
      'network',
      'name-not-found',
      `net::ERR_NAME_NOT_RESOLVED net::ERR_NAME_RESOLUTION_FAILED net::ERR_DNS_TIMED_OUT NS_ERROR_UNKNOWN_HOST
       DNS_PROBE_FINISHED_NXDOMAIN DNS_PROBE_FINISHED_BAD_SECURE_CONFIG DNS_PROBE_STARTED neterror:dnsNotFound`,
    ],
    [
      'network',
      'timed-out',
      'net::ERR_TIMED_OUT net::ERR_CONNECTION_TIMED_OUT NS_ERROR_NET_TIMEOUT neterror:netTimeout',
    ],
    ['network', 'network-changed', 'net::ERR_NETWORK_CHANGED net::ERR_NETWORK_IO_SUSPENDED'],
    ['network', 'network-denied', 'net::ERR_NETWORK_ACCESS_DENIED'],
    [
      'network',
      'broken-answer',
      `net::ERR_EMPTY_RESPONSE net::ERR_INVALID_RESPONSE net::ERR_INVALID_HTTP_RESPONSE net::ERR_HTTP2_PROTOCOL_ERROR
       net::ERR_QUIC_PROTOCOL_ERROR net::ERR_RESPONSE_HEADERS_TRUNCATED net::ERR_CONTENT_LENGTH_MISMATCH
       net::ERR_INCOMPLETE_CHUNKED_ENCODING net::ERR_INVALID_CHUNKED_ENCODING
       NS_ERROR_NET_PARTIAL_TRANSFER NS_ERROR_NET_HTTP3_PROTOCOL_ERROR NS_ERROR_CORRUPTED_CONTENT`,
    ],
    [
      'network',
      'tls',
      `net::ERR_SSL_PROTOCOL_ERROR net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH net::ERR_CERT_REVOKED net::ERR_CERT_SOMETHING_NEW
       SSL_ERROR_NO_CYPHER_OVERLAP SEC_ERROR_REVOKED_CERTIFICATE MOZILLA_PKIX_ERROR_SOMETHING_NEW
       PR_END_OF_FILE_ERROR NS_ERROR_NET_INADEQUATE_SECURITY neterror:nssFailure2 secure-connection-failed`,
    ],
    [
      'network',
      'no-connection',
      `net::ERR_CONNECTION_REFUSED net::ERR_CONNECTION_RESET net::ERR_CONNECTION_CLOSED net::ERR_CONNECTION_ABORTED
       net::ERR_CONNECTION_FAILED net::ERR_ADDRESS_UNREACHABLE net::ERR_NETWORK_SOMETHING_NEW net::ERR_SOCKET_NOT_CONNECTED
       NS_ERROR_CONNECTION_REFUSED NS_ERROR_NET_RESET NS_ERROR_NET_INTERRUPT NS_ERROR_NET_ON_RESOLVING
       PR_CONNECT_RESET_ERROR neterror:connectionFailure neterror:netReset neterror:netInterrupt`,
    ],
    [
      'unknown',
      'not-explained',
      'net::ERR_FAILED net::ERR_UNEXPECTED net::ERR_NOT_HEARD_OF NS_ERROR_FAILURE NS_ERROR_DOM_BAD_URI neterror:generic',
    ],
  ])('is %s, %s', (category, text, codes) => {
    const title = `failure_${text.replaceAll('-', '_')}`;
    for (const code of words(codes)) {
      const meaning = describeFailure(code);
      const remedies = helps[text] ?? [];
      expect(meaning, code).toMatchObject({ code, category, title, remedies, identity: [], documented: [] });
      expect(meaning.source, code).toMatch(/^https:\/\//);
    }
  });

  it('knows DNS_PROBE_FINISHED_NO_INTERNET as no internet', () => {
    expect(describeFailure('DNS_PROBE_FINISHED_NO_INTERNET').title).toBe('failure_offline');
  });

  it('touches nothing that is stored on the PC, whatever the name', () => {
    const harmless: RemedyId[] = ['clear-browser-session', 'flush-dns', ...guideIds];
    const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{2,40}$/);
    const prefix = fc.constantFrom('net::ERR_', 'NS_ERROR_', 'SSL_ERROR_', 'SEC_ERROR_', 'DNS_PROBE_');
    fc.assert(
      fc.property(prefix, name, (start, rest) => {
        const { code, remedies } = describeFailure(start + rest);
        expect(code).toBe(start + rest);
        expect(harmless).toEqual(expect.arrayContaining([...remedies]));
      }),
    );
  });
});

describe('networkCode', () => {
  it.each([
    ['net::ERR_CONNECTION_RESET', 'net::ERR_CONNECTION_RESET'],
    ['NS_ERROR_UNKNOWN_HOST', 'NS_ERROR_UNKNOWN_HOST'],
    [
      'NS_ERROR_GENERATE_FAILURE(NS_ERROR_MODULE_SECURITY, SEC_ERROR_REVOKED_CERTIFICATE)',
      'SEC_ERROR_REVOKED_CERTIFICATE',
    ],
    ['Error code 2152398850', 'NS_BINDING_ABORTED'],
    ['Error code 2152398878', 'NS_ERROR_UNKNOWN_HOST'],
    ['Error code 2153390067', 'SEC_ERROR_UNKNOWN_ISSUER'],
    ['Error code 2153390069', 'SEC_ERROR_EXPIRED_CERTIFICATE'],
    ['Error code 2153394164', 'SSL_ERROR_BAD_CERT_DOMAIN'],
    ['Error code 2153390068', 'secure-connection-failed'],
    ['Error code 1', null],
    [
      'Das Zertifikat der Gegenstelle wurde von einem unbekannten Aussteller ausgestellt.',
      'secure-connection-failed',
    ],
    ['', null],
    ['undefined', null],
  ])('reads %s', (error, code) => {
    expect(networkCode(error)).toBe(code);
  });
});
