/**
 * What browsers report when a page cannot be had, by rule: Chromium's `net::ERR_…` and `DNS_PROBE_…`, Firefox'
 * names and the ids of its error pages (`neterror:…`). The first rule that fits the whole code holds; families
 * come last, so that a member nobody has heard of is still known as one of the network's.
 */
import type { Sense } from './entry.ts';
import { helped } from './helps.ts';

const chromium = 'https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h';
const firefox = 'https://searchfox.org/mozilla-central/source/js/xpconnect/src/xpc.msg';
const nss = 'https://searchfox.org/mozilla-central/source/security/nss/lib/';

const rules: readonly (readonly [codes: string, category: Sense['category'], text: Sense['text']])[] = [
  // The person went on, or another address took its place.
  ['net::ERR_ABORTED|NS_BINDING_\\w+|NS_ERROR_ABORT|NS_ERROR_NO_CONTENT', 'none', 'cancelled'],

  [
    'net::ERR_BLOCKED_BY_CLIENT|NS_ERROR_(TRACKING|FINGERPRINTING|CRYPTOMINING|SOCIALTRACKING|EMAILTRACKING|BLOCKED)_URI|NS_ERROR_CONTENT_BLOCKED',
    'local',
    'browser-blocks',
  ],
  ['net::ERR_TOO_MANY_REDIRECTS|NS_ERROR_REDIRECT_LOOP|neterror:redirectLoop', 'local', 'page-loop'],
  ['net::ERR_CACHE_MISS|NS_ERROR_DOCUMENT_NOT_CACHED|neterror:notCached', 'local', 'page-expired'],
  [
    'net::ERR_BLOCKED_(BY_ADMINISTRATOR|ENROLLMENT_CHECK_PENDING)|NS_ERROR_BLOCKED_BY_POLICY|neterror:blockedByPolicy',
    'policy',
    'blocked-by-policy',
  ],
  [
    'NS_ERROR_(MALWARE|PHISHING|UNWANTED|HARMFUL)_URI|neterror:(malware|deceptive|phishing|unwanted|harmful)Blocked',
    'user',
    'dangerous-page',
  ],
  // X-Frame-Options and its kin.
  [
    'net::ERR_BLOCKED_BY_(RESPONSE|CSP)\\w*|NS_ERROR_(XFO|CSP_FRAME_ANCESTOR)_VIOLATION|neterror:(xfo|csp)Blocked',
    'app',
    'framed',
  ],
  [
    'net::ERR_(UNSAFE_PORT|UNSAFE_REDIRECT|(UNKNOWN|DISALLOWED)_URL_SCHEME|INVALID_URL|INVALID_REDIRECT)|NS_ERROR_(MALFORMED_URI|UNKNOWN_PROTOCOL|PORT_ACCESS_NOT_ALLOWED)|neterror:(malformedURI|unknownProtocolFound|deniedPortAccess)',
    'app',
    'bad-address',
  ],

  // Secure connections. A certificate of the wrong date is most often a clock of the wrong date.
  [
    'net::ERR_CERT_(DATE_INVALID|VALIDITY_TOO_LONG)|SEC_ERROR_(EXPIRED|OCSP_(FUTURE|OLD)|INVALID_TIME)\\w*|MOZILLA_PKIX_ERROR_NOT_YET_VALID\\w+|neterror:clockSkewError',
    'network',
    'clock',
  ],
  [
    'net::ERR_(CERT_(AUTHORITY_INVALID|COMMON_NAME_INVALID|KNOWN_INTERCEPTION_BLOCKED|NAME_CONSTRAINT_VIOLATION|NON_UNIQUE_NAME)|CERTIFICATE_TRANSPARENCY_REQUIRED|SSL_PINNED_KEY_NOT_IN_CERT_CHAIN)|SSL_ERROR_BAD_CERT_DOMAIN|SEC_ERROR_(UNKNOWN_ISSUER|UNTRUSTED_\\w+|CA_CERT_INVALID)|MOZILLA_PKIX_ERROR_(MITM_DETECTED|SELF_SIGNED_CERT|KEY_PINNING_FAILURE|CA_CERT_USED\\w+|INSUFFICIENT_CERTIFICATE_TRANSPARENCY)|neterror:nssBadCert',
    'network',
    'certificate-untrusted',
  ],
  [
    'net::ERR_(BAD_)?SSL_CLIENT_AUTH\\w+|SSL_ERROR_(NO_CERTIFICATE|\\w*CERTIFICATE_REQUIRED\\w*)',
    'network',
    'certificate-missing',
  ],

  // Proxies, before the families that share their first words.
  [
    'net::ERR_(PROXY_AUTH\\w+|UNABLE_TO_REUSE_CONNECTION_FOR_PROXY_AUTH)|NS_ERROR_PROXY_AUTHENTICATION_FAILED',
    'network',
    'proxy-login',
  ],
  [
    'net::ERR_(PROXY|HTTPS_PROXY|SOCKS|PAC|MANDATORY_PROXY|TUNNEL|RECONSIDER_PROXY|NO_SUPPORTED_PROXIES)\\w*|NS_ERROR_(UNKNOWN_)?PROXY\\w+|neterror:proxy\\w+',
    'network',
    'proxy',
  ],
  ['neterror:captivePortal', 'network', 'network-login'],

  [
    'net::ERR_INTERNET_DISCONNECTED|DNS_PROBE_FINISHED_NO_INTERNET|NS_ERROR_OFFLINE|neterror:netOffline',
    'network',
    'offline',
  ],
  [
    'net::ERR_(NAME_\\w+|DNS\\w+|ICANN_NAME_COLLISION|HOST_RESOLVER\\w+)|DNS_PROBE\\w+|NS_ERROR_(UNKNOWN_HOST|DNS\\w+)|neterror:dnsNotFound',
    'network',
    'name-not-found',
  ],
  ['net::ERR_(CONNECTION_)?TIMED_OUT|NS_ERROR_NET_TIMEOUT\\w*|neterror:netTimeout', 'network', 'timed-out'],
  ['net::ERR_NETWORK_(CHANGED|IO_SUSPENDED)', 'network', 'network-changed'],
  // "Permission to access the network was denied": a firewall or security software on the PC.
  ['net::ERR_NETWORK_ACCESS_(DENIED|REVOKED)', 'network', 'network-denied'],
  [
    'NS_ERROR_NET_INADEQUATE_SECURITY|neterror:(nssFailure2|sslv3Used|inadequateSecurityError)',
    'network',
    'tls',
  ],
  [
    'net::ERR_((EMPTY|INVALID|INVALID_HTTP|INVALID_CHUNKED)_(RESPONSE|ENCODING)|(HTTP2|SPDY|QUIC|HTTP3|RESPONSE|CONTENT|INCOMPLETE)_\\w+|HTTP_RESPONSE_CODE_FAILURE)|NS_ERROR_(NET_(PARTIAL_TRANSFER|ERROR_RESPONSE|EMPTY_RESPONSE|HTTP\\w+)|CORRUPTED_CONTENT|INVALID_CONTENT_ENCODING)|neterror:(contentEncodingError|corruptedContentError\\w*|networkProtocolError|httpErrorPage)',
    'network',
    'broken-answer',
  ],

  // Families.
  [
    'net::ERR_(SSL|CERT|CT|ECH|TLS13)_\\w+|(SSL|SEC|MOZILLA_PKIX)_ERROR_\\w+|PR_END_OF_FILE_ERROR|secure-connection-failed',
    'network',
    'tls',
  ],
  [
    'net::ERR_(CONNECTION|NETWORK|ADDRESS|SOCKET|INTERNET|WINSOCK)_\\w+|NS_ERROR_(NET|CONNECTION|SOCKET|NOT_CONNECTED|UNKNOWN_SOCKET)\\w*|PR_CONNECT\\w+|neterror:(connectionFailure|net\\w+|unknownSocketType)',
    'network',
    'no-connection',
  ],
];

/** Where a browser's codes are written; null for a code of another kind. */
function sourceOf(code: string): string | null {
  if (/^(net::ERR|DNS_PROBE)_/.test(code)) return chromium;
  if (/^(NS_|neterror:)/.test(code)) return firefox;
  if (/^(SSL_ERROR_|PR_|secure-connection-failed$)/.test(code)) return `${nss}ssl/sslerr.h`;
  if (code.startsWith('SEC_ERROR_')) return `${nss}util/secerr.h`;
  return code.startsWith('MOZILLA_PKIX_') ? `${nss}mozpkix/include/pkix/pkixnss.h` : null;
}

/** What a browser's code means; null for a code of another kind. */
export function browserSense(code: string): Sense | null {
  const source = sourceOf(code);
  if (source === null) return null;
  const rule = rules.find(([codes]) => new RegExp(`^(?:${codes})$`).test(code));
  return { ...helped(rule?.[1] ?? 'unknown', rule?.[2] ?? 'not-explained'), source };
}
