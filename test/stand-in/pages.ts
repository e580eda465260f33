/**
 * The pages of the stand-in: what the real ones have that a program can go by (ids, `$Config`, element ids), in
 * our own words and looks. Pure functions, so that tests use them as fixtures too.
 */
import {
  complete,
  frame,
  html,
  type Page,
  type PageOptions,
  pageSecrets,
  signInServicePage,
} from './layout.ts';

export { type PageOptions, pageSecrets } from './layout.ts';

const sentences: Record<string, string> = {
  AADSTS50011: 'The address to return to is not one that this app has registered.',
  AADSTS50020: 'This account belongs to another organization and is not known in this one.',
  AADSTS50173:
    'This sign-in was given out before the password changed or access was revoked; a new one is needed.',
  AADSTS50196: 'The app has asked for the same thing too many times in a row.',
  AADSTS54005: 'This sign-in code has been used already.',
};

/** The sentence that stands on the error page for a code, beginning with the code. */
export function errorSentence(code: string): string {
  return `${code}: ${sentences[code] ?? 'The sign-in service could not complete this sign-in.'}`;
}

/** `AADSTS50173` → 50173; 0 for codes of other families. */
function codeNumber(code: string): number {
  return Number(/^AADSTS(\d+)$/.exec(code)?.[1] ?? 0);
}

function details(rows: Record<string, string>): string {
  const lines = Object.entries(rows).map(([name, value]) => `<div>${html(name)}: ${html(value)}</div>`);
  return `<div class="details"><b>Details for support</b>\n${lines.join('\n')}\n</div>`;
}

function hidden(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${html(name)}" value="${html(value)}">`)
    .join('\n');
}

/** A form of the sign-in service that goes on with the same authorization request. */
function form(page: Page, path: string, content: string): string {
  const action = `${page.origin('login.microsoftonline.com')}${path}`;
  return `<form method="post" action="${html(action)}">
${hidden({ request: page.request, ctx: pageSecrets.sCtx, flowToken: pageSecrets.sFT, canary: pageSecrets.canary })}
${content}
</form>`;
}

/** ConvergedError: sign-in failed. Comes with HTTP 200, as the real one does. */
export function errorPage(code: string, options: PageOptions = {}): string {
  const page = complete(options);
  const sentence = errorSentence(code);
  const main = 'We could not complete this sign-in.';
  const config = {
    iErrorCode: codeNumber(code),
    iErrorTitle: 0,
    iErrorDesc: 0,
    strMainMessage: main,
    strAdditionalMessage: '',
    strServiceExceptionMessage: sentence,
    strTraceId: page.sessionId,
    arrValErrs: [],
  };
  const content = `<h1>Sign in</h1>
<p>${html(main)}</p>
<div id="exceptionMessageContainer">${html(sentence)}</div>
${details({ 'Request Id': page.sessionId, 'Correlation Id': page.correlationId, Timestamp: page.time })}`;
  return signInServicePage(page, 'ConvergedError', config, content);
}

/** ConvergedConditionalAccess: the password was right, a policy of the organization says no. */
export function accessPolicyPage(code: string, options: PageOptions = {}): string {
  const page = complete(options);
  const config = {
    sErrorCode: String(codeNumber(code)),
    iErrorTitle: 2,
    iErrorDescription: 4,
    sDeviceId: '',
    sDeviceState: 'Unregistered',
    sPOST_Username: 'ada@contoso.example',
    sAppName: 'OfficeHome',
  };
  const content = `<h1>Your organization does not allow this</h1>
<p>You signed in, but the way in that you took (this device, app or place) is not one your organization permits.</p>
<div class="buttons"><a class="button quiet" href="${html(page.origin('www.office.com'))}/logout">Sign out</a></div>
${details({
  'Error Code': config.sErrorCode,
  'Request Id': page.sessionId,
  'Correlation Id': page.correlationId,
  Timestamp: page.time,
  'Device state': config.sDeviceState,
})}`;
  return signInServicePage(page, 'ConvergedConditionalAccess', config, content);
}

/**
 * ConvergedSignIn: a healthy page. It says 50058 and access_denied in its `$Config`, as the real one does, and
 * nothing is wrong.
 */
export function signInPage(options: PageOptions = {}): string {
  const page = complete(options);
  const config = {
    arrValErrs: ['50058'],
    sErrorCode: '50058',
    sErrTxt: '',
    iLoginMode: 1,
    fShowSwitchUser: true,
  };
  const content = `<h1>Sign in</h1>
${form(
  page,
  '/common/login',
  `<label for="i0116">E-mail address</label>
<input type="email" name="loginfmt" id="i0116" autocomplete="username">
<label for="i0118">Password</label>
<input type="password" name="passwd" id="i0118" autocomplete="off">
<div class="buttons"><button type="submit" id="idSIButton9">Next</button></div>`,
)}`;
  return signInServicePage(page, 'ConvergedSignIn', config, content);
}

/** ConvergedTFA: waits for the second factor; healthy. */
export function secondFactorPage(options: PageOptions = {}): string {
  const page = complete(options);
  const config = {
    urlPost: `${page.origin('login.microsoftonline.com')}/common/SAS/ProcessAuth`,
    arrUserProofs: [{ authMethodId: 'PhoneAppOTP', data: 'PhoneAppOTP', display: '', isDefault: true }],
    sPOST_Username: 'ada@contoso.example',
    sErrorCode: '',
    sErrTxt: '',
  };
  const content = `<h1>Enter code</h1>
<p>Open your authenticator app and type the code that it shows.</p>
${form(
  page,
  '/common/SAS/ProcessAuth',
  `<label for="idTxtBx_SAOTCC_OTC">Code</label>
<input type="tel" name="otc" id="idTxtBx_SAOTCC_OTC" autocomplete="one-time-code">
<div class="buttons"><button type="submit" id="idSubmit_SAOTCC_Continue">Verify</button></div>`,
)}`;
  return signInServicePage(page, 'ConvergedTFA', config, content);
}

/** KmsiInterrupt: asks whether to stay signed in; healthy. */
export function staySignedInPage(options: PageOptions = {}): string {
  const page = complete(options);
  const config = {
    urlPost: `${page.origin('login.microsoftonline.com')}/kmsi`,
    sPOST_Username: 'ada@contoso.example',
    sErrorCode: '50140',
    sErrTxt: '',
  };
  const content = `<h1>Stay signed in?</h1>
<p id="KmsiDescription">If you do, you will be asked for your password less often on this PC.</p>
${form(
  page,
  '/kmsi',
  `<div class="buttons"><button class="quiet" type="submit" id="idBtn_Back" name="LoginOptions" value="3">No</button>
<button type="submit" id="idSIButton9" name="LoginOptions" value="1">Yes</button></div>`,
)}`;
  return signInServicePage(page, 'KmsiInterrupt', config, content);
}

/** Carries the answer back to the app by a form that sends itself (response_mode=form_post). */
export function returnPage(
  action: string,
  fields: Record<string, string>,
  options: PageOptions = {},
): string {
  const page = complete(options);
  const content = `<form method="post" name="hiddenform" action="${html(action)}">
${hidden(fields)}
<noscript><p>Scripts are off.</p><button type="submit">Continue</button></noscript>
</form>
<p>Working…</p>
<script nonce="${page.nonce}">document.forms[0].submit();</script>`;
  return frame(page, { title: 'Working…', content });
}

/** The office home of someone who is signed in. */
export function officeHomePage(options: PageOptions = {}): string {
  const tiles = ['Documents', 'Sheets', 'Slides', 'Mail', 'Calendar', 'Files'];
  const content = `<div class="brand">Contoso</div>
<h1>Good morning, Ada</h1>
<p id="signed-in-as">You are signed in as ada@contoso.example.</p>
<div class="tiles">${tiles.map((tile) => `<span>${tile}</span>`).join('')}</div>`;
  return frame(complete(options), { title: 'Home', content, wide: true });
}

/** The office home that does not see its own sign-in and goes back for another: one half of a loop. */
export function bouncingPage(to: string, options: PageOptions = {}): string {
  const head = `<meta http-equiv="refresh" content="0; url=${html(to)}">\n`;
  return frame(complete(options), { title: 'Home', head, content: '<p>One moment…</p>' });
}

/** A page with one heading and one sentence. */
export function plainPage(title: string, sentence: string, options: PageOptions = {}): string {
  const content = `<h1>${html(title)}</h1>\n<p>${html(sentence)}</p>`;
  return frame(complete(options), { title, content });
}
