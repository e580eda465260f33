/** Facts of a page, with everything that a test does not care for left empty. */
import type { Config } from '../../../common/pages/config.ts';
import type { PageFacts } from '../../../common/pages/facts.ts';
import { judge } from '../../../common/pages/judge.ts';

/** What a `$Config` says in which nothing can be read. */
export const noConfig: Config = {
  page: null,
  errorCode: null,
  message: null,
  errorText: null,
  correlationId: null,
  requestId: null,
  time: null,
};
export const correlationId = '11111111-2222-3333-4444-555555555555';
export const requestId = '66666666-7777-8888-9999-aaaaaaaaaaaa';

export const facts = (
  pageId: string | null,
  config: Partial<Config> | null = null,
  exception: string | null = null,
  rest: Partial<PageFacts> = {},
): PageFacts => ({
  host: 'login.microsoftonline.com',
  path: '/common/login',
  pageId,
  config: config && { ...noConfig, ...config },
  exception,
  inline: null,
  denied: null,
  canAgree: false,
  text: () => '',
  source: () => '',
  ...rest,
});
export const codeOf = (of: PageFacts) => judge(of)?.code;
