/** Healthy pages of other kinds, pages that only look failing, and failing pages of hosts that are not Microsoft's. */
import { languages } from './languages.ts';
import { at, type CorpusPage, healthy } from './page.ts';
import { details, html, message, pageOf } from './shell.ts';

const signIn = (extra: string, head = '', config: object = {}) =>
  pageOf({
    id: 'ConvergedSignIn',
    head,
    config: { sErrorCode: '50058', sErrTxt: '', ...config },
    body: `${extra}<input name="loginfmt">`,
  });
const container = html(message('AADSTS50020'));

/** Containers that nobody sees, hidden in every way that pages know. */
const hidden = Object.entries({
  attribute: [`<div id="exceptionMessageContainer" hidden>${container}</div>`, ''],
  ancestor: [
    `<section style="color:red;display : none"><p><b id="service_exception_message">${container}</b></p></section>`,
    '',
  ],
  visibility: [
    `<div style="visibility:hidden"><div id="exceptionMessageContainer">${container}</div></div>`,
    '',
  ],
  class: [
    `<div class="row off"><div id="exceptionMessageContainer">${container}</div></div>`,
    '<style>.row{display:block} .row.off{display:none}</style>',
  ],
  id: [
    `<div id="exceptionMessageContainer">${container}</div>`,
    '<style>#lightbox > #exceptionMessageContainer { visibility : hidden !important }</style>',
  ],
  'off-screen': [`<div class="moveOffScreen"><div class="alert-error">${container}</div></div>`, ''],
  template: [`<template><div id="exceptionMessageContainer">${container}</div></template>`, ''],
  noscript: [`<noscript><div id="exceptionMessageContainer">${container}</div></noscript>`, ''],
  comment: [`<!-- <div id="exceptionMessageContainer">${container}</div> -->`, ''],
  script: [`<script type="text/html"><div id="exceptionMessageContainer">${container}</div></script>`, ''],
  empty: ['<div id="exceptionMessageContainer">   </div>', ''],
  inside: [`<div id="exceptionMessageContainer"><span hidden>${container}</span></div>`, ''],
  folded: [
    `<details><summary>?</summary><div id="exceptionMessageContainer">${container}</div></details>`,
    '',
  ],
  collapsed: [
    `<div class="alert-error">${container}</div>`,
    '<style>@media screen{.alert-error{display:none}} @media print{.alert-error{display:block}}</style>',
  ],
} as const).map(([file, [body, head]]) => healthy(`hidden-${file}`, at('worldwide'), signIn(body, head)));

/** Words of the organization or of a person: they may say anything. */
const written = Object.entries({
  boilerplate:
    '<div id="boilerPlateText" class="boilerplate-text">Known trouble: AADSTS53003. Call 50105.</div>',
  'boilerplate-container': `<div class="ext-boilerplate-text"><div id="exceptionMessageContainer">${container}</div></div>`,
  'boilerplate-by-id': `<p id="idBoilerPlateText"><b class="alert-error">AADSTS53003</b></p>`,
  'branding-text': `<div id="bannerLogoText"><p class="alert-error">AADSTS50057: disabled</p></div>`,
  notice: '<div class="custom-notice">Error Code: 53003, AADSTS50020. See the wiki.</div>',
  'text-field': `<textarea id="exceptionMessageContainer">${container}</textarea>`,
  'quoted-config': '<pre>$Config={"pgid":"ConvergedError","iErrorCode":50105};</pre>',
}).map(([file, body]) => healthy(`written-${file}`, at('worldwide'), signIn(body)));

/** Scripts that only speak of `$Config`. */
const scripts = Object.entries({
  string: 'var t=\'$Config={"pgid":"ConvergedError","iErrorCode":50105,"sErrTxt":"x"}\';',
  comment: '/* $Config={"pgid":"ConvergedError","iErrorCode":50105}; */',
  json: '',
}).map(([file, text]) => {
  const json =
    '<script type="application/json">$Config={"pgid":"ConvergedError","sErrorCode":"50105"}</script>';
  const head = `${text ? `<script>${text}</script>` : json}\n`;
  const page = pageOf({ id: null, config: null, head, body: '<input name="loginfmt">' });
  return healthy(`script-${file}`, at('worldwide'), page);
});

const live = [
  ['sign-in', '/oauth20_authorize.srf', { sErrTxt: '', sErrorCode: '' }, 'literal'],
  [
    'wrong-password',
    '/ppsecure/post.srf',
    { sErrTxt: languages.en.wrongPassword, sErrorCode: '80041012' },
    'literal',
  ],
  [
    'wrong-password-json',
    '/ppsecure/post.srf',
    { sErrTxt: languages.en.wrongPassword, sErrorCode: '80041012' },
    'server-data',
  ],
] as const;
const livePages = live.map(([file, path, config, spelling]) => {
  const body = `<input type="password" name="passwd">${config.sErrTxt ? `<div id="passwordError">${config.sErrTxt}</div>` : ''}`;
  const page = pageOf({ host: 'live', id: 'i5030', age: 'old', spelling, config, body });
  return healthy(`live-${file}`, at('live', path), page);
});

const policy = '/te/contoso.example/b2c_1_sign_in/oauth2/v2.0/authorize';
const customer = (body: string) => pageOf({ id: null, age: 'old', config: null, body });
const customers = [
  healthy(
    'customer-sign-in',
    at('worldwide', policy),
    customer('<div id="api" data-name="Unified"><input id="signInName"></div>'),
  ),
  healthy(
    'customer-wrong-password',
    at('worldwide', policy),
    customer(`<div id="api" data-name="Unified"><div class="error pageLevel" aria-hidden="false"><p>${languages.en.wrongPassword}</p></div></div>
<div data-name="GlobalException" style="display:none"><div class="error-page-detail">AADB2C90047: x</div></div>`),
  ),
  healthy(
    'customer-own-host',
    `https://contoso.b2clogin.com${policy}`,
    customer('<div data-name="GlobalException">AADB2C90047: x</div>'),
  ),
];

const federation = (body: string) =>
  pageOf({
    id: null,
    age: 'old',
    config: null,
    body: `<div id="workArea"><div id="loginArea">${body}</div></div>`,
  });
const adfsForm = (text: string) =>
  federation(`<form id="loginForm"><div id="error" class="fieldMargin error smallText"><span id="errorText" role="alert">${text}</span></div>
<input id="userNameInput" name="UserName"><input id="passwordInput" name="Password" type="password"></form>`);
const adfs = [
  healthy('adfs-sign-in', 'https://sts.contoso.example/adfs/ls/', adfsForm('')),
  healthy(
    'adfs-wrong-password',
    'https://sts.contoso.example/adfs/ls/',
    adfsForm(languages.de.wrongPassword),
  ),
  healthy('adfs-wrong-password-here', at('worldwide', '/adfs/ls/'), adfsForm(languages.en.wrongPassword)),
  healthy(
    'adfs-home-realm',
    'https://sts.contoso.example/adfs/ls/',
    federation('<div id="hrdArea"><div class="idp">Contoso</div></div>'),
  ),
  healthy(
    'adfs-error-elsewhere',
    'https://sts.contoso.example/adfs/ls/',
    federation('<div id="errorArea"><div id="errorMessage">MSIS7065: x</div></div>'),
  ),
];

const failed = pageOf({
  id: 'ConvergedError',
  config: { iErrorCode: 50020, strServiceExceptionMessage: message('AADSTS50020') },
  body: `<div id="exceptionMessageContainer">${container}</div>${details('en', '50020')}`,
});
/** The very page that would be a failure at Microsoft's. */
const lookAlikes = Object.entries({
  suffix: 'https://login.microsoftonline.com.evil.example/common/login',
  dash: 'https://login-microsoftonline.com/common/login',
  user: 'https://login.microsoftonline.com@evil.example/common/login',
  'trailing-dot': 'https://login.microsoftonline.com./common/login',
  plain: 'http://login.microsoftonline.com/common/login',
  punycode: 'https://login.xn--microsoftonlne-fkb.com/common/login',
  subdomain: 'https://evil.login.microsoftonline.com/common/login',
  parent: 'https://microsoftonline.com/common/login',
  path: 'https://evil.example/login.microsoftonline.com/common/login',
}).map(([file, url]) => healthy(`look-alike-${file}`, url, failed));

const others = [
  healthy(
    'code-look-up',
    at('worldwide', '/error?code=50020'),
    pageOf({
      id: null,
      config: null,
      body: `<h1>Error look-up</h1><table><tr><td>50020</td><td>${container}</td></tr></table>`,
    }),
  ),
  healthy(
    'form-post',
    at('worldwide', '/common/login'),
    '<html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="https://www.office.com/landingv2"><input type="hidden" name="state" value="AADSTS50020"></form></body></html>',
  ),
];

export const healthyElsewhere: readonly CorpusPage[] = [
  ...hidden,
  ...written,
  ...scripts,
  ...livePages,
  ...customers,
  ...adfs,
  ...lookAlikes,
  ...others,
];
