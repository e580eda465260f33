/**
 * What a web page's address or answer tells: OAuth's errors in a redirect, HTTP's statuses, and the signals that
 * the extension makes up itself, which stand in nobody's reference.
 */
import type { Category } from './category.ts';
import type { Sense } from './entry.ts';
import { helped } from './helps.ts';
import { decode } from './parse.ts';

/** Space-separated codes, read whole. */
type Lines = readonly (readonly [codes: string, category: Category, text: Sense['text']])[];

const find = (lines: Lines, code: string) => lines.find(([codes]) => codes.split(' ').includes(code));

// Table of errors of the authorisation endpoint, and of the device code flow beside it.
const oauthSource =
  'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-codes-for-authorization-endpoint-errors';
const oauth: Lines = [
  // The person chose Cancel; or an app asked in the background, where "sign in first" is an expected answer.
  ['cancel', 'none', 'cancelled'],
  ['silent authorization_pending slow_down', 'none', 'normal-step'],
  ['login_required interaction_required account_selection_required', 'user', 'sign-in-needed'],
  ['access_denied authorization_declined', 'user', 'consent-declined'],
  ['expired_token bad_verification_code', 'user', 'code-wrong'],
  ['consent_required', 'account', 'consent-missing'],
  ['invalid_resource', 'account', 'service-missing'],
  ['invalid_grant', 'local', 'grant-expired'],
  ['server_error temporarily_unavailable', 'service', 'service-trouble'],
  [
    'invalid_request invalid_client invalid_scope unauthorized_client unsupported_grant_type unsupported_response_type request_not_supported',
    'app',
    'app-setup',
  ],
];

const httpSource = 'https://www.iana.org/assignments/http-status-codes';
const http: Lines = [
  ['400 414 431 494', 'local', 'request-too-long'],
  ['403 451', 'network', 'refused'],
  ['404 410', 'user', 'page-missing'],
  ['407', 'network', 'proxy-login'],
  ['408 504', 'network', 'timed-out'],
  ['429', 'service', 'too-many-tries'],
  ['511', 'network', 'network-login'],
];

const ownSource = 'https://learn.microsoft.com/microsoftteams/troubleshoot/teams-sign-in/sign-in-loop';
const own: Lines = [
  ['signin-loop', 'local', 'page-loop'],
  ['cookies-blocked', 'local', 'cookies-blocked'],
  // No failure that was seen: a repair that somebody wants done.
  ['by-hand', 'unknown', 'by-hand'],
];

const unexplained = (source: string): Sense => ({ category: 'unknown', text: 'not-explained', source });

/**
 * What such a code means; null for a code of another kind. An error of OAuth's never has remedies: any page can be
 * led to with one in its address.
 */
export function answerSense(code: string): Sense | null {
  const [, kind, name = ''] = /^(oauth:|http-)(.+)$/.exec(code) ?? [];
  const source = kind === 'oauth:' ? oauthSource : kind === 'http-' ? httpSource : ownSource;
  const line = find(kind === 'oauth:' ? oauth : kind === 'http-' ? http : own, kind ? name : code);
  if (line) return { ...helped(line[1], line[2]), source };
  if (kind === 'http-' && /^5\d\d$/.test(name))
    return { category: 'service', text: 'service-trouble', source };
  return kind ? unexplained(source) : null;
}

/**
 * The error of OAuth that an address carries in query or fragment, as a code: `oauth:access_denied`. Only names
 * that are OAuth's count, as any page may have an `error` of its own. Microsoft has apps react on this name and
 * never on the description.
 */
export function oauthError(address: string): string | null {
  const text = decode(address.slice(0, 100_000));
  const error = /[?#&]error=([a-z_]{5,40})(?![\w.-])/.exec(text)?.[1];
  if (error === undefined || !find(oauth, error)) return null;
  if (/[?#&]error_subcode=cancel(?![\w.-])/.test(text)) return 'oauth:cancel';
  const silent = /[?#&]prompt=none(?![\w.-])/.test(text);
  return silent && /_required$/.test(error) ? 'oauth:silent' : `oauth:${error}`;
}
