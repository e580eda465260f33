/** Pages on which nothing failed, however many codes and error words they carry. */
import { type LanguageName, languages } from './languages.ts';
import { at, type CorpusPage, healthy } from './page.ts';
import { type Age, type CloudHost, html, pageOf } from './shell.ts';

const fields = (
  language: LanguageName,
  error = '',
) => `<div class="text-title">${html(languages[language].signIn)}</div>
<div id="usernameError" class="alert alert-error" style="display:none"></div>${error}
<input type="email" name="loginfmt" id="i0116"><input type="password" name="passwd" id="i0118">
<div id="exceptionMessageContainer" style="display: none">AADSTS50011: a template</div>
<input type="submit" id="idSIButton9" value="${html(languages[language].signIn)}">`;

const freshRows: readonly (readonly [LanguageName, CloudHost, Age])[] = [
  ['en', 'worldwide', 'served'],
  ['en', 'worldwide', 'rendered'],
  ['de', 'worldwide', 'served'],
  ['ja', 'worldwide', 'rendered'],
  ['zh', 'china', 'served'],
  ['zh', 'oldChina', 'rendered'],
  ['ar', 'worldwide', 'rendered'],
  ['he', 'worldwide', 'served'],
  ['ko', 'short', 'rendered'],
  ['en', 'government', 'served'],
  ['fr', 'windows', 'rendered'],
];
const fresh = freshRows.map(([language, host, age]) => {
  const config = { arrValErrs: ['50058'], sErrorCode: '50058', sErrTxt: '', iLoginMode: 1 };
  const page = pageOf({ language, host, age, id: 'ConvergedSignIn', config, body: fields(language) });
  return healthy(
    `sign-in-${language}-${host}-${age}`,
    at(host, '/organizations/oauth2/v2.0/authorize'),
    page,
  );
});

/** Asked to sign in again, for reasons that are no failure. */
const interrupted = ['16000', '50076', '50078', '50132', '50173', '70043', '70044', '50140', '50199'].map(
  (number, index) => {
    const config = { arrValErrs: [number], sErrorCode: number, sErrTxt: '' };
    const language = (['en', 'ar', 'ja', 'ru'] as const)[index % 4] ?? 'en';
    const page = pageOf({
      language,
      age: index % 2 ? 'served' : 'rendered',
      id: 'ConvergedSignIn',
      config,
      body: fields(language),
    });
    return healthy(`sign-in-again-${number}`, at('worldwide', '/common/reprocess'), page);
  },
);

const ownRows: readonly (readonly [string, LanguageName, 'told' | 'shown'])[] = [
  ['50126', 'en', 'shown'],
  ['50126', 'ar', 'told'],
  ['50126', 'zh', 'shown'],
  ['50034', 'de', 'shown'],
  ['50053', 'ja', 'told'],
  ['50055', 'fr', 'shown'],
  ['50056', 'he', 'shown'],
  ['51004', 'ko', 'told'],
];
/** The person's own slip: the page says it already. */
const own = ownRows.map(([number, language, how]) => {
  const text = languages[language].wrongPassword;
  const config = { arrValErrs: [number], sErrorCode: number, sErrTxt: how === 'told' ? text : '' };
  const error = `<div id="passwordError" class="alert alert-error" role="alert">${html(text)}</div>`;
  const page = pageOf({ language, id: 'ConvergedSignIn', config, body: fields(language, error) });
  return healthy(`own-${number}-${language}`, at('worldwide'), page);
});

const hiddenViews = `<div class="moveOffScreen"><div id="idDiv_SAASDS_Title">x</div><div id="idDiv_SAASDS_Description">AADSTS500121</div></div>
<div hidden><div id="idDiv_SAASTO_Description">x</div></div>`;
const factors = (['en', 'ja', 'ar', 'pt'] as const).map((language, index) => {
  const error = index % 2 ? '<span id="idSpan_SAOTCC_Error_OTC" class="alert-error">x</span>' : '';
  const config = {
    arrUserProofs: [{ authMethodId: 'PhoneAppOTP' }],
    sErrorCode: index % 2 ? '500121' : '50074',
    sErrTxt: '',
  };
  const body = `${hiddenViews}<div class="text-title">123456</div><input type="tel" name="otc">${error}`;
  const page = pageOf({
    language,
    age: index === 3 ? 'served' : 'rendered',
    id: 'ConvergedTFA',
    config,
    body,
  });
  return healthy(`factor-${language}`, at('worldwide', '/common/login'), page);
});

const steps: readonly (readonly [string, string, LanguageName, string, string])[] = [
  ['kmsi-en', 'KmsiInterrupt', 'en', '50140', '<div id="KmsiDescription">…</div>'],
  ['kmsi-he', 'KmsiInterrupt', 'he', '50140', '<div id="KmsiDescription">…</div>'],
  ['kmsi-zh', 'KmsiInterrupt', 'zh', '', '<div id="KmsiDescription">…</div>'],
  ['cmsi', 'CmsiInterrupt', 'en', '50199', '<div>Are you trying to sign in to this app?</div>'],
  ['bsso', 'BssoInterrupt', 'de', '', ''],
  ['proof-up', 'ConvergedProofUpRedirect', 'en', '50203', '<div>More information is needed</div>'],
  ['proof-up-ja', 'ConvergedProofUpRedirect', 'ja', '50079', ''],
  [
    'consent',
    'ConvergedConsent',
    'en',
    '',
    '<div>Permissions requested</div><input type="submit" id="idSIButton9">',
  ],
  [
    'consent-named',
    'ConvergedConsent',
    'fr',
    '',
    '<div>App "AADSTS90094: hello"</div><input id="idSIButton9">',
  ],
  ['device-code', 'ConvergedRemoteConnectCode', 'en', '', '<input name="otc">'],
  ['device-code-wrong', 'ConvergedRemoteConnectCode', 'ko', '70018', '<div class="alert-error">x</div>'],
  ['password-change', 'ConvergedChangePassword', 'ru', '50055', '<input type="password" name="oldpasswd">'],
  ['password-change-wrong', 'ConvergedChangePassword', 'en', '120000', '<div class="alert-error">x</div>'],
  ['password-reset', 'ConvergedPasswordReset', 'tr', '50125', ''],
  [
    'chooser',
    'ConvergedSignIn',
    'hi',
    '16000',
    '<div id="tilesHolder"><div id="aadTile"></div><div id="msaTile"></div></div>',
  ],
  ['passwordless', 'ConvergedSignIn', 'en', '50058', '<div id="idRemoteNGC_DisplaySign">42</div>'],
  ['fido', 'ConvergedFido', 'ar', '', '<div>…</div>'],
  ['terms', 'ConvergedTermsOfUse', 'de', '', '<div>Terms of use</div>'],
  ['signed-out', 'ConvergedSignOut', 'en', '', '<div id="SignOutStatusMessage">You have signed out.</div>'],
  [
    'signed-out-sorry',
    'ConvergedSignOut',
    'en',
    '',
    '<div>Sorry, but we’re having trouble signing you out.</div>',
  ],
  [
    'after-consent-sorry',
    'ConvergedConsent',
    'en',
    '',
    '<div>Sorry, but we’re having trouble signing you in.</div>',
  ],
];
const interrupts = steps.map(([file, id, language, number, body], index) => {
  const page = pageOf({
    language,
    id,
    age: index % 5 === 4 ? 'served' : 'rendered',
    config: { sErrorCode: number, sErrTxt: '' },
    body,
  });
  return healthy(file, at('worldwide', '/common/reprocess'), page);
});

export const healthyPages: readonly CorpusPage[] = [
  ...fresh,
  ...interrupted,
  ...own,
  ...factors,
  ...interrupts,
];
