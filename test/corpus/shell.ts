/** What the pages of the corpus have in common: head, `$Config` with its many keys, loader, footer. */
import { pageSecrets } from '../stand-in/pages.ts';
import { type LanguageName, languages } from './languages.ts';

/** Where a page comes from: the clouds of `common/clouds.ts`, and older names. */
export const hosts = {
  worldwide: 'login.microsoftonline.com',
  short: 'login.microsoft.com',
  windows: 'login.windows.net',
  government: 'login.microsoftonline.us',
  china: 'login.partner.microsoftonline.cn',
  oldChina: 'login.chinacloudapi.cn',
  live: 'login.live.com',
} as const;
export type CloudHost = keyof typeof hosts;

/** How the page came to us: as the server sent it, as a browser saved it after its scripts ran, or years ago. */
export type Age = 'served' | 'rendered' | 'old';

export interface Shell {
  readonly language?: LanguageName;
  readonly host?: CloudHost;
  readonly age?: Age;
  /** How the script spells its assignment. */
  readonly spelling?: 'plain' | 'var' | 'window' | 'one-line' | 'crlf' | 'pretty' | 'literal' | 'server-data';
  /** The page's id; null for pages that have none. */
  readonly id: string | null;
  /** False leaves the id to `$Config` alone. */
  readonly meta?: boolean;
  /** Null for a page without `$Config`. */
  readonly config?: Readonly<Record<string, unknown>> | null;
  readonly head?: string;
  /** What stands in the page once its scripts have run. */
  readonly body?: string;
}

export const ids = {
  correlationId: '3f0a7c52-6d1e-4b8f-9a23-5c7e1d2f4b60',
  requestId: 'a91d4e6b-2c3f-4d5a-8b7c-0e1f2a3b4c00',
  time: '2026-10-05T08:09:10',
} as const;
export const user = 'ada.lovelace@contoso.example';

export const html = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function commonConfig({ language = 'en', host = 'worldwide' }: Shell): Record<string, unknown> {
  const { mkt, lcid, dir } = languages[language];
  const origin = `https://${hosts[host]}`;
  const cdn = host === 'china' || host === 'oldChina' ? 'aadcdn.msauth.cn' : 'aadcdn.msauth.net';
  return {
    iMaxStackForKnockoutAsyncComponents: 10000,
    fShowButtons: true,
    urlCdn: `https://${cdn}/shared/1.0/`,
    urlPost: `${origin}/common/login`,
    urlLogin: `${origin}/common/reprocess?ctx=${pageSecrets.sCtx}`,
    urlCancel: `${origin}/common/reprocess?prompt=select_account&error=access_denied&error_subcode=cancel`,
    urlLogout: `${origin}/common/uxlogout`,
    urlMsaLogout: 'https://login.live.com/logout.srf?iframed_by=https%3a%2f%2flogin.microsoftonline.com',
    sPOST_Username: user,
    sFT: pageSecrets.sFT,
    sFTName: 'flowToken',
    sCtx: pageSecrets.sCtx,
    sCanaryTokenName: 'canary',
    oCancelPostParams: { error: 'access_denied', error_subcode: 'cancel', state: 'State=}{;' },
    desktopSsoConfig: {
      isEdgeAnaheimAllowed: true,
      redirectDssoErrorPostParams: {
        error: 'interaction_required',
        error_description: `AADSTS81010: not shown to anybody.\r\nTrace ID: ${ids.requestId}`,
      },
    },
    sTraps: 'a "quoted" }; \\ \'//]]>; $Config={"pgid":"ConvergedError","iErrorCode":"50011"};',
    bsso: { type: 'chrome', reason: 'Pull suppressed because it was already attempted' },
    scid: 1000,
    hpgact: 2000,
    hpgid: 1104,
    apiCanary: pageSecrets.apiCanary,
    canary: `${pageSecrets.canary}=0:1`,
    correlationId: ids.correlationId,
    sessionId: ids.requestId,
    locale: { mkt, lcid },
    strings: { desktopsso: { authenticatingmessage: 'One moment' } },
    browser: { ltr: dir === 'ltr' ? 1 : 0, Chrome: 1, _M130: 1, b: { name: 'Chrome', major: 130 } },
    loader: { cdnRoots: [`https://${cdn}/`], logByThrowing: true },
    serverDetails: {
      slc: 'ProdSlices',
      dc: 'TESTDC',
      ri: 'TESTDC01',
      ver: { v: [2, 1, 1, 1] },
      rt: ids.time,
    },
    country: 'DE',
    sCloudInstanceName: hosts[host].replace(/^login\./, ''),
    urlNoCookies: `${origin}/cookiesdisabled`,
  };
}

const inScript = (json: string) =>
  json
    .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
    .replaceAll(']]\\u003e', ']]\\u003e');

/** As a script writes an object: keys without quotes, strings in single ones. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${key}:${literal(each)}`)
      .join(', ')}}`;
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function script(value: object, spelling: Shell['spelling'] = 'plain'): string {
  const json = inScript(JSON.stringify(value));
  const spelt = {
    plain: `//<![CDATA[\n$Config=${json};\n//]]>`,
    var: `//<![CDATA[\nvar $Config = ${json};\n//]]>`,
    window: `window.$Config = ${json};`,
    'one-line': `//<![CDATA[ $Config=${json};//]]>`,
    crlf: `//<![CDATA[\r\n$Config=${json};\r\n//]]>`,
    pretty: `$Config =\n${inScript(JSON.stringify(value, null, 1))}\n;`,
    literal: `var ServerData = ${inScript(literal(value))};`,
    'server-data': `var ServerData = ${json};`,
  };
  return `<script type="text/javascript">${spelt[spelling]}</script>`;
}

/** A whole page. */
export function pageOf(shell: Shell): string {
  const {
    language = 'en',
    host = 'worldwide',
    age = 'rendered',
    id,
    meta = true,
    head = '',
    body = '',
  } = shell;
  const { mkt, lcid, dir, signIn } = languages[language];
  const config =
    shell.config === null ? null : { ...commonConfig(shell), ...shell.config, ...(id && { pgid: id }) };
  const pageId = id && meta ? `\n    <meta name="PageID" content="${id}"${age === 'old' ? '' : ' /'}>` : '';
  const saved =
    age === 'rendered' ? `<!-- saved from url=(0048)https://${hosts[host]}/common/login -->\n` : '';
  return `${age === 'old' ? '' : '<!-- Made for the tests of Signin Rescue; modelled on the structure of sign-in pages. -->\n'}<!DOCTYPE html>
${saved}<html dir="${dir}" class="" lang="${mkt}">
<head>
    <title>${html(signIn)}</title>
    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">${pageId}
    <meta name="SiteID" content="">
    <meta name="ReqLC" content="${lcid}">
    <meta name="LocLC" content="${mkt}">
    <noscript><meta http-equiv="Refresh" content="0; URL=https://${hosts[host]}/jsdisabled"></noscript>
    <meta name="robots" content="none">
${config === null ? '' : script(config, shell.spelling)}
<script type="text/javascript">//<![CDATA[
!function(e){var t=/["'/{]/g,n="};";e.$Loader=e.$Loader||{On:function(){return t.test(n)}}}(window);
//]]></script>
<style>
html,body{height:100%;margin:0} .text-title{font-size:1.5rem}
.alert-error{margin-bottom:0} @media print{.ext-footer{display:none}}
</style>
${head}</head>
<body class="cb"${age === 'served' ? ' style="display: none"' : ''}>
${
  age === 'served'
    ? '<script type="text/javascript">//<![CDATA[\n/* the page builds itself */\n//]]></script>'
    : `<div id="lightbox" role="main">\n${body}\n</div>\n<div id="footer" role="contentinfo"><span>&copy; 2026 · One Way, Redmond, WA 98052 · 1.0.50105.1</span></div>`
}
</body>
</html>
`;
}

/** The block that IT asks for, as today's error pages show it. */
export function details(language: LanguageName, code: string | null): string {
  const words = languages[language];
  const rows: [string, string][] = [
    ...(code === null ? [] : [[words.errorCode, code] as [string, string]]),
    [words.requestId, ids.requestId],
    [words.correlationId, ids.correlationId],
    [words.timestamp, `${ids.time}Z`],
  ];
  const lines = rows.map(
    ([name, value]) => `<div><span>${html(name)}: </span><span dir="ltr">${value}</span></div>`,
  );
  return `<div class="row"><div>${html(words.more)}</div>\n${lines.join('\n')}</div>`;
}

/** What strServiceExceptionMessage says. */
export function message(code: string, language: LanguageName = 'en'): string {
  return `${code}: ${languages[language].sorry} '${user}' (app '00000003-0000-0ff1-ce00-000000000000').\r\nTrace ID: ${ids.requestId}\r\nCorrelation ID: ${ids.correlationId}\r\nTimestamp: ${ids.time.replace('T', ' ')}Z`;
}
