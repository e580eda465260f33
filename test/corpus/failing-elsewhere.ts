/** Failing pages of the other kinds: login.live.com, customer sign-in (B2C), wrapped codes, no code at all. */
import type { Category } from '../../common/failures/category.ts';
import { languages } from './languages.ts';
import { at, type CorpusPage, failing } from './page.ts';
import { details, html, ids, message, pageOf, type Shell } from './shell.ts';

interface LiveRow extends Pick<Shell, 'spelling' | 'language' | 'id'> {
  readonly file: string;
  readonly code: string | null;
  readonly category: Category;
  readonly path: string;
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly head?: string;
  readonly body?: string;
}

const liveRows: readonly LiveRow[] = [
  {
    file: 'err-server-data',
    code: '0x80041034',
    category: 'account',
    path: '/err.srf?lc=1033',
    id: null,
    spelling: 'literal',
    config: { sErrorCode: '80041034', sErrTxt: languages.en.sorry },
  },
  {
    file: 'err-config-de',
    code: '0x80043431',
    category: 'federation',
    path: '/err.srf',
    id: 'i5600',
    language: 'de',
    config: { sErrorCode: '80043431', sErrTxt: languages.de.sorry },
  },
  {
    file: 'err-entra-code',
    code: 'AADSTS50020',
    category: 'local',
    path: '/err.srf?lc=1041',
    id: null,
    language: 'ja',
    spelling: 'server-data',
    config: { sErrorCode: '', sErrTxt: message('AADSTS50020', 'ja') },
  },
  {
    file: 'reason-in-comment',
    code: '0x80041317',
    category: 'federation',
    path: '/login.srf?wa=wsignin1.0',
    id: null,
    config: null,
    head: '<!-- PP2 v:1 HR=80041317 -->\n',
    body: '<h1>x</h1>',
  },
  {
    file: 'reason-in-script',
    code: '0x8004786c',
    category: 'account',
    path: '/login.srf',
    id: null,
    language: 'ar',
    config: null,
    head: '<script>var g_sReason="HR=8004786C&x=1";</script>\n',
  },
  {
    file: 'reason-in-link',
    code: '0x80048163',
    category: 'account',
    path: '/login.srf',
    id: null,
    config: null,
    body: '<p>…</p><a href="/help.srf?lc=1033&HR=80048163">?</a>',
  },
  {
    file: 'reason-in-text',
    code: '0x8004789a',
    category: 'federation',
    path: '/login.srf',
    id: null,
    language: 'fr',
    config: null,
    body: '<p>…</p><small>HR=8004789A</small>',
  },
  {
    file: 'sign-in-told',
    code: '0x8004789a',
    category: 'federation',
    path: '/ppsecure/post.srf?wa=wsignin1.0',
    id: 'i5030',
    spelling: 'literal',
    config: { sErrorCode: '8004789A', sErrTxt: languages.en.blocked },
  },
];

const livePages = liveRows.map(({ file, code, category, path, ...shell }) =>
  failing(`live-${file}`, at('live', path), pageOf({ host: 'live', age: 'old', ...shell }), code, category),
);

const customerRows = [
  ['AADB2C90047', 'en', ''],
  ['AADB2C99002', 'fr', ''],
  ['AADB2C90118', 'ar', ' class="error-page"'],
] as const;

/** Customer sign-in, as Microsoft documents its error page. */
const customerPages = customerRows.map(([code, language, attributes]) => {
  const words = languages[language];
  const body = `<div id="api" data-name="GlobalException"${attributes}><div class="heading"><h1>${html(words.sorry)}</h1></div>
<div class="error-page-messages"><div class="error-page-correlationid">Correlation ID: ${ids.correlationId}</div>
<div class="error-page-timestamp">Timestamp: ${ids.time.replace('T', ' ')}Z</div>
<div class="error-page-detail">${code}: ${html(words.sorry)}</div></div></div>`;
  const page = pageOf({ language, age: 'old', id: null, config: null, body });
  const url = at('worldwide', '/te/contoso.example/b2c_1_sign_in/oauth2/v2.0/authorize');
  return failing(`customer-${code.slice(6)}-${language}`, url, page, code, 'app');
});

const wrapped = (code: string, language: 'en' | 'ru') => {
  const text = `AADSTS70002: ${languages[language].sorry} ${message(code, language)}`;
  const body = `<div id="exceptionMessageContainer">${html(text)}</div>`;
  const config = { iErrorCode: 70002, strServiceExceptionMessage: text };
  return failing(
    `wrapped-${code.slice(6)}-${language}`,
    at('worldwide', '/common/oauth2/token'),
    pageOf({ language, id: 'ConvergedError', config, body }),
    code,
    'device',
  );
};

const sorry = (language: 'en' | 'ko') => html(languages[language].sorry);
const withoutCode = [
  failing(
    'no-code-error-en',
    at('worldwide'),
    pageOf({
      id: 'ConvergedError',
      config: { iErrorCode: 0 },
      body: `<p>${sorry('en')}</p>${details('en', null)}`,
    }),
    null,
    'unknown',
  ),
  failing(
    'no-code-error-ko',
    at('worldwide'),
    pageOf({ id: 'ConvergedError', language: 'ko', config: null, body: `<p>${sorry('ko')}</p>` }),
    null,
    'unknown',
  ),
];

/** Error pages of other names, and error containers on pages of no error name. */
const others = [
  failing(
    'paginated-error',
    at('worldwide'),
    pageOf({ id: 'ConvergedLoginPaginatedError', config: { sErrorCode: '50020' }, age: 'served' }),
    'AADSTS50020',
    'local',
  ),
  failing(
    'container-on-sign-in',
    at('worldwide'),
    pageOf({
      id: 'ConvergedSignIn',
      config: { sErrorCode: '50058', sErrTxt: '' },
      body: `<div id="exceptionMessageContainer">${html(message('AADSTS50020'))}</div>`,
    }),
    'AADSTS50020',
    'local',
  ),
  failing(
    'second-container-shown',
    at('windows'),
    pageOf({
      id: null,
      config: null,
      body: `<div id="service_exception_message" style="display:none">AADSTS50011: x</div>
<div id="exceptionMessageContainer">${html(message('AADSTS50196', 'en'))}</div>`,
    }),
    'AADSTS50196',
    'local',
  ),
  failing(
    'marks-inside-code',
    at('worldwide'),
    pageOf({
      id: 'ConvergedError',
      language: 'he',
      config: null,
      body: `<div id="exceptionMessageContainer">\u202b\u200eAADSTS\u200e50105\u200f: ${html(languages.he.sorry)}\u202c</div>`,
    }),
    'AADSTS50105',
    'account',
  ),
  failing(
    'arabic-digits-details',
    at('worldwide'),
    pageOf({
      id: 'ConvergedConditionalAccess',
      language: 'ar',
      config: {},
      body: `<ul><li>${languages.ar.errorCode}: ٥٣٠٠٠</li></ul>`,
    }),
    'AADSTS53000',
    'policy',
  ),
  failing(
    'full-width-details',
    at('china'),
    pageOf({
      id: 'ConvergedConditionalAccess',
      language: 'zh',
      host: 'china',
      config: {},
      body: `<table><tr><td>${languages.zh.errorCode}：</td><td>５３００３</td></tr></table>`,
    }),
    'AADSTS53003',
    'policy',
  ),
];

export const failingElsewhere: readonly CorpusPage[] = [
  ...livePages,
  ...customerPages,
  wrapped('AADSTS135011', 'en'),
  wrapped('AADSTS50155', 'ru'),
  ...withoutCode,
  ...others,
];
