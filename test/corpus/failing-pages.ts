/** Pages that say that sign-in failed. The categories are written down by hand, not looked up. */
import type { Category } from '../../common/failures/category.ts';
import { type LanguageName, languages } from './languages.ts';
import { at, type CorpusPage, failing } from './page.ts';
import { type Age, type CloudHost, details, html, ids, message, pageOf, type Shell } from './shell.ts';

type ErrorRow = readonly [string, Category, LanguageName, CloudHost, Age, Shell['spelling']?];

const errorRows: readonly ErrorRow[] = [
  ['AADSTS50020', 'local', 'en', 'worldwide', 'served'],
  ['AADSTS50173', 'local', 'en', 'worldwide', 'rendered'],
  ['AADSTS700082', 'local', 'de', 'worldwide', 'served', 'var'],
  ['AADSTS50196', 'local', 'ja', 'worldwide', 'rendered'],
  ['AADSTS54005', 'local', 'ar', 'worldwide', 'rendered'],
  ['AADSTS90015', 'local', 'he', 'worldwide', 'served', 'crlf'],
  ['AADSTS16003', 'local', 'zh', 'china', 'rendered', 'var'],
  ['AADSTS500133', 'network', 'fr', 'worldwide', 'served', 'pretty'],
  ['AADSTS90012', 'network', 'ko', 'worldwide', 'rendered', 'one-line'],
  ['AADSTS900001', 'network', 'ru', 'worldwide', 'served', 'window'],
  ['AADSTS50105', 'account', 'en', 'government', 'rendered'],
  ['AADSTS50057', 'account', 'ar', 'worldwide', 'served', 'var'],
  ['AADSTS65001', 'account', 'pt', 'worldwide', 'rendered'],
  ['AADSTS90072', 'local', 'tr', 'windows', 'rendered'],
  ['AADSTS900432', 'account', 'en', 'government', 'served'],
  ['AADSTS50155', 'device', 'hi', 'worldwide', 'rendered'],
  ['AADSTS135011', 'device', 'zh', 'oldChina', 'served', 'one-line'],
  ['AADSTS50011', 'app', 'en', 'short', 'rendered'],
  ['AADSTS700016', 'app', 'ja', 'worldwide', 'served', 'crlf'],
  ['AADSTS7000218', 'app', 'he', 'worldwide', 'rendered', 'pretty'],
  ['AADSTS50107', 'federation', 'de', 'worldwide', 'rendered'],
  ['AADSTS80002', 'federation', 'ko', 'worldwide', 'served'],
  ['AADSTS90033', 'service', 'fr', 'government', 'rendered'],
  ['AADSTS50000', 'service', 'zh', 'china', 'served'],
  ['AADSTS500011', 'app', 'ar', 'worldwide', 'rendered'],
  ['AADSTS500021', 'policy', 'en', 'worldwide', 'rendered', 'var'],
  ['AADSTS50053', 'user', 'ru', 'worldwide', 'rendered'],
  ['AADSTS500121', 'user', 'pt', 'worldwide', 'served'],
];

/** Today's error page. */
const errorPages = errorRows.map(([code, category, language, host, age, spelling = 'plain'], index) => {
  const number = code.slice('AADSTS'.length);
  const words = languages[language];
  const config = {
    // Written as a number and as a string, both have been seen.
    iErrorCode: index % 2 ? number : Number(number),
    strMainMessage: words.sorry,
    strServiceExceptionMessage: message(code, language),
    strTraceId: ids.requestId,
    arrValErrs: [],
  };
  const body = `<div class="text-title" role="heading">${html(words.signIn)}</div>
<div id="idDiv_ErrorMain">${html(words.sorry)}</div>
<div class="row" id="exceptionMessageContainer">${words.dir === 'rtl' ? '\u200e' : ''}${html(message(code, language))}</div>
${details(language, null)}`;
  const file = `error-${number}-${language}-${host}-${age}`;
  const shell = { language, host, age, spelling, id: 'ConvergedError', meta: index % 7 !== 6, config, body };
  return failing(file, at(host, '/organizations/oauth2/v2.0/authorize'), pageOf(shell), code, category);
});

const accessRows: readonly (readonly [
  string,
  Category,
  LanguageName,
  CloudHost,
  'string' | 'number' | 'text',
])[] = [
  ['53000', 'policy', 'en', 'worldwide', 'string'],
  ['53001', 'policy', 'de', 'worldwide', 'number'],
  ['53003', 'policy', 'ja', 'worldwide', 'text'],
  ['53003', 'policy', 'ar', 'worldwide', 'text'],
  ['53003', 'policy', 'zh', 'china', 'text'],
  ['53003', 'policy', 'en', 'government', 'text'],
  ['530032', 'policy', 'fr', 'worldwide', 'string'],
  ['530003', 'policy', 'he', 'worldwide', 'text'],
  ['53002', 'policy', 'ko', 'government', 'number'],
  ['530002', 'policy', 'hi', 'worldwide', 'text'],
  ['50129', 'device', 'ru', 'short', 'number'],
];

/** Conditional Access: the code in `$Config`, or only among the details, which may be folded. */
const accessPages = accessRows.map(([number, category, language, host, how], index) => {
  const words = languages[language];
  const codes = { string: { sErrorCode: number }, number: { iErrorCode: Number(number) }, text: {} };
  const config = {
    iErrorTitle: 2,
    iErrorDescription: 4,
    sDeviceId: '',
    sDeviceState: 'Unregistered',
    sAppName: 'OfficeHome',
    ...codes[how],
  };
  const folded = index % 2 ? ' style="display:none"' : '';
  const body = `<div class="text-title">${html(words.blocked)}</div>
<div id="moreDetails"${folded}>${details(language, how === 'text' ? number : null)}</div>`;
  const shell = { language, host, id: 'ConvergedConditionalAccess', config, body } as const;
  const age: Age = how !== 'text' && index % 3 === 0 ? 'served' : 'rendered';
  const file = `access-${number}-${language}-${host}-${how}`;
  return failing(file, at(host), pageOf({ ...shell, age }), `AADSTS${number}`, category);
});

const inlineRows: readonly (readonly [string, Category, LanguageName, 'sErrTxt' | 'shown' | 'both'])[] = [
  ['50057', 'account', 'en', 'sErrTxt'],
  ['50057', 'account', 'ja', 'shown'],
  ['53003', 'policy', 'de', 'both'],
  ['53011', 'policy', 'ar', 'both'],
  ['50105', 'account', 'zh', 'sErrTxt'],
  ['135011', 'device', 'fr', 'shown'],
  ['80001', 'federation', 'ru', 'both'],
  ['90033', 'service', 'en', 'shown'],
];

/** The sign-in page itself, with an error that is no slip of the person's. */
const inlinePages = inlineRows.map(([number, category, language, how]) => {
  const words = languages[language];
  const config = {
    arrValErrs: [number],
    sErrorCode: number,
    sErrTxt: how === 'shown' ? '' : words.blocked,
    iLoginMode: 1,
  };
  const error =
    how === 'sErrTxt'
      ? ''
      : `<div id="passwordError" class="alert alert-error" role="alert">${html(words.blocked)}</div>`;
  const body = `<div class="text-title">${html(words.signIn)}</div>${error}
<input type="email" name="loginfmt" id="i0116"><input type="password" name="passwd" id="i0118">`;
  const age: Age = how === 'sErrTxt' ? 'served' : 'rendered';
  const file = `inline-${number}-${language}-${how}`;
  const page = pageOf({ language, age, id: 'ConvergedSignIn', config, body });
  return failing(file, at('worldwide'), page, `AADSTS${number}`, category);
});

/** The second factor was denied, or nobody answered; the other views stay in the page, hidden in many ways. */
const factorPages = (['en', 'de', 'ar', 'ja', 'he', 'zh'] as const).map((language, index) => {
  const words = languages[language];
  const [shown, other] = index % 2 ? ['SAASTO', 'SAASDS'] : ['SAASDS', 'SAASTO'];
  const hiding = ['class="moveOffScreen"', 'style="display: none"', 'hidden', 'class="no-display"'][
    index % 4
  ];
  const body = `<div ${hiding}><div id="idDiv_${other}_Title">-</div><div id="idDiv_${other}_Description">x</div></div>
<div><div id="idDiv_${shown}_Title" class="text-title">${html(words.denied)}</div>
<div id="idDiv_${shown}_Description">${html(words.denied)} <a href="#" id="idA_${shown}_Resend">↻</a></div></div>`;
  const config = {
    arrUserProofs: [{ authMethodId: 'PhoneAppNotification', isDefault: true }],
    sErrorCode: '',
  };
  const page = pageOf({ language, id: 'ConvergedTFA', config, body });
  return failing(
    `factor-${shown}-${language}`,
    at('worldwide', '/common/SAS/ProcessAuth'),
    page,
    'AADSTS500121',
    'user',
  );
});

/** An administrator has to agree first. */
const consentPages = (['90094', '90095'] as const).flatMap((number) =>
  (['en', 'fr'] as const).map((language) => {
    const words = languages[language];
    const inConfig = language === 'en';
    const body = `<div class="text-title">${html(words.blocked)}</div><div>OfficeHome</div>
${inConfig ? '' : `<div>${html(message(`AADSTS${number}`, language))}</div>`}<a id="idA_Back" href="#">←</a>`;
    const config = inConfig ? { sErrorCode: number } : {};
    const page = pageOf({ language, id: 'ConvergedConsent', config, body });
    return failing(
      `consent-${number}-${language}`,
      at('worldwide', '/common/reprocess'),
      page,
      `AADSTS${number}`,
      'account',
    );
  }),
);

/** The page of years ago, which some hosts still serve: no `$Config`, one container. */
const oldRows: readonly (readonly [string, Category, LanguageName, CloudHost])[] = [
  ['AADSTS50020', 'local', 'en', 'windows'],
  ['AADSTS50105', 'account', 'de', 'windows'],
  ['AADSTS90002', 'user', 'ja', 'worldwide'],
  ['AADSTS50034', 'user', 'ar', 'worldwide'],
  ['AADSTS70001', 'app', 'zh', 'oldChina'],
];
const oldPages = oldRows.map(([code, category, language, host]) => {
  const words = languages[language];
  const body = `<div id="login_workload_logo_container"></div><h1 id="login_error_title">${html(words.sorry)}</h1>
<div id="service_exception_message" class="error_msg">${html(message(code, language))}</div>`;
  const page = pageOf({ language, host, age: 'old', id: null, config: null, body });
  return failing(
    `old-${code.slice(6)}-${language}`,
    at(host, '/common/oauth2/authorize'),
    page,
    code,
    category,
  );
});

export const failingPages: readonly CorpusPage[] = [
  ...errorPages,
  ...accessPages,
  ...inlinePages,
  ...factorPages,
  ...consentPages,
  ...oldPages,
];
