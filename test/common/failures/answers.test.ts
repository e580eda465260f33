import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../../common/failures/index.ts';

describe('HTTP, OAuth and our own signals', () => {
  it.each<[code: string, category: string, title: string, remedies?: string[]]>([
    ['http-400', 'local', 'failure_request_too_long', ['clear-browser-session']],
    ['http-431', 'local', 'failure_request_too_long', ['clear-browser-session']],
    ['http-403', 'network', 'failure_refused', ['check-proxy', 'contact-it']],
    ['http-451', 'network', 'failure_refused', ['check-proxy', 'contact-it']],
    ['http-404', 'user', 'failure_page_missing'],
    ['http-407', 'network', 'failure_proxy_login', ['check-proxy']],
    ['http-408', 'network', 'failure_timed_out', ['check-proxy']],
    ['http-418', 'unknown', 'failure_not_explained'],
    ['http-429', 'service', 'failure_too_many_tries'],
    ['http-500', 'service', 'failure_service_trouble'],
    ['http-504', 'network', 'failure_timed_out', ['check-proxy']],
    ['http-511', 'network', 'failure_network_login'],
    ['http-599', 'service', 'failure_service_trouble'],
    ['oauth:cancel', 'none', 'failure_cancelled'],
    ['oauth:silent', 'none', 'failure_normal_step'],
    ['oauth:access_denied', 'user', 'failure_consent_declined'],
    ['oauth:login_required', 'user', 'failure_sign_in_needed'],
    ['oauth:interaction_required', 'user', 'failure_sign_in_needed'],
    ['oauth:consent_required', 'account', 'failure_consent_missing'],
    ['oauth:invalid_resource', 'account', 'failure_service_missing'],
    ['oauth:invalid_grant', 'local', 'failure_grant_expired'],
    ['oauth:invalid_client', 'app', 'failure_app_setup'],
    ['oauth:temporarily_unavailable', 'service', 'failure_service_trouble'],
    ['oauth:something_new', 'unknown', 'failure_not_explained'],
    ['signin-loop', 'local', 'failure_page_loop', ['clear-browser-session']],
    ['cookies-blocked', 'local', 'failure_cookies_blocked'],
  ])('%s is %s', (code, category, title, remedies = []) => {
    expect(describeFailure(code)).toMatchObject({ code, category, title, remedies, documented: [] });
    expect(describeFailure(code).source).toMatch(/^https:/);
  });

  it('does not know what is no code', () => {
    expect(describeFailure('ConvergedError')).toMatchObject({
      category: 'unknown',
      remedies: [],
      source: null,
    });
    expect(describeFailure('constructor').category).toBe('unknown');
    expect(describeFailure('')).toMatchObject({ category: 'unknown', remedies: [] });
  });
});
