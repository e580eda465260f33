/** What all pages of the stand-in share: the frame, the style, and the `$Config` that a sign-in page carries. */

export interface PageOptions {
  lang?: string;
  dir?: 'ltr' | 'rtl';
  /** For inline scripts and styles, as the page's Content-Security-Policy wants it. */
  nonce?: string;
  correlationId?: string;
  /** Also the request id and trace id. */
  sessionId?: string;
  /** ISO 8601. */
  time?: string;
  /** Makes `https://name` or `https://name:port`. */
  origin?: (host: string) => string;
  /** The authorization request that the page belongs to, as its query. */
  request?: string;
}

export type Page = Required<PageOptions>;

/** Options with everything filled in. */
export function complete(options: PageOptions): Page {
  return {
    lang: 'en',
    dir: 'ltr',
    nonce: 'c3RhbmQtaW4',
    correlationId: '6f1d2c3b-4a59-4e87-9b0a-1c2d3e4f5a6b',
    sessionId: 'b7e8d9c0-1a2b-4c3d-8e4f-5a6b7c8d0900',
    time: '2026-05-04T07:12:45.000Z',
    origin: (host) => `https://${host}`,
    request: '',
    ...options,
  };
}

/** Values that no tool may log, store or send on. They stand in every sign-in page, as the real ones do. */
export const pageSecrets = {
  sFT: 'STAND-IN-SECRET-flow-token',
  sCtx: 'STAND-IN-SECRET-context',
  canary: 'STAND-IN-SECRET-canary',
  apiCanary: 'STAND-IN-SECRET-api-canary',
} as const;

/** Text for HTML, in an element or a quoted attribute. */
export function html(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** JSON that may stand in a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const style = `
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;
  font:15px/1.35 "Segoe UI",system-ui,"Helvetica Neue",Arial,sans-serif;color:#1b1b1b;
  background:linear-gradient(135deg,#eef3f8,#dfe8f1 55%,#e9e6f2)}
main{width:min(440px,100vw);padding:44px;background:#fff;box-shadow:0 2px 6px rgba(0,0,0,.2)}
.brand{display:flex;align-items:center;gap:8px;margin-bottom:16px;font-weight:600;color:#5b5f66}
.brand::before{content:"";width:22px;height:22px;border-radius:6px;background:#2f6f8f}
h1{margin:0 0 12px;font-size:24px;line-height:28px;font-weight:600}
p{margin:0 0 12px}
form{margin:0}
label{display:block;margin-bottom:4px;font-size:13px;color:#5b5f66}
input[type=email],input[type=password],input[type=tel]{width:100%;height:36px;padding:6px 10px;margin-bottom:16px;
  border:0;border-bottom:1px solid #666;font:inherit;background:#fff}
input:focus{outline:2px solid #1f5f8b;outline-offset:0}
.buttons{display:flex;justify-content:flex-end;gap:8px;margin-top:24px}
button,.button{min-width:108px;height:32px;padding:4px 12px;border:0;font:inherit;color:#fff;background:#1f5f8b;
  text-align:center;text-decoration:none;cursor:pointer}
.quiet{color:#1b1b1b;background:rgba(0,0,0,.12)}
.details{margin-top:20px;padding-top:12px;border-top:1px solid #e1e1e1;font-size:13px;color:#44474c}
.details b{display:block;margin-bottom:4px}
.details div{overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:12px;margin-top:20px}
.tiles span{padding:18px 6px;border-radius:8px;text-align:center;background:#eef3f8}
main.wide{width:min(720px,100vw);border-radius:12px}
footer{padding:16px;font-size:12px;color:#5b5f66}
`;

interface Frame {
  title: string;
  /** Markup between `<main>` and `</main>`. */
  content: string;
  head?: string;
  wide?: boolean;
}

/** A whole page. */
export function frame(page: Page, { title, content, head = '', wide = false }: Frame): string {
  return `<!DOCTYPE html>
<html dir="${page.dir}" lang="${html(page.lang)}">
<head>
<meta charset="utf-8">
<title>${html(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="none">
${head}<style nonce="${page.nonce}">${style}</style>
</head>
<body>
<main${wide ? ' class="wide"' : ''}>
${content}
</main>
<footer>Stand-in page of the Signin Rescue tests</footer>
</body>
</html>
`;
}

/** What every page of the sign-in service has in its `$Config`, errors or not. */
function commonConfig(page: Page, login: string): Record<string, unknown> {
  return {
    urlPost: `${login}/common/login`,
    urlLogin: `${login}/common/reprocess?ctx=${pageSecrets.sCtx}`,
    urlRefresh: `${login}/common/reprocess?prompt=login&ctx=${pageSecrets.sCtx}`,
    urlCancel: `${page.origin('www.office.com')}/landingv2?error=access_denied&error_subcode=cancel`,
    urlLogout: `${login}/common/uxlogout`,
    urlForget: `${login}/forgetuser`,
    urlMsaLogout: 'https://login.live.com/logout.srf?iframed_by=https%3a%2f%2flogin.microsoftonline.com',
    // Both stand in healthy pages too: an error by word is not an error.
    oCancelPostParams: { error: 'access_denied', error_subcode: 'cancel', state: 'stand-in' },
    desktopSsoConfig: {
      redirectDssoErrorPostParams: {
        error: 'interaction_required',
        error_description: `Seamless single sign on failed; not shown to anybody.\r\nTrace ID: ${page.sessionId}`,
      },
    },
    // Ends that a careless pattern would stop at.
    sTraps: '};\n//]]>; $Config={"sErrorCode":"50011"}; </script>',
    sFT: pageSecrets.sFT,
    sFTName: 'flowToken',
    sCtx: pageSecrets.sCtx,
    canary: pageSecrets.canary,
    sCanaryTokenName: 'canary',
    apiCanary: pageSecrets.apiCanary,
    correlationId: page.correlationId,
    sessionId: page.sessionId,
    serverDetails: {
      slc: 'ProdSlices',
      dc: 'STANDIN',
      ri: 'STANDIN01',
      ver: { v: [2, 1, 1, 1] },
      rt: page.time,
    },
    locale: { mkt: page.lang, lcid: 1033 },
    country: 'GB',
    browser: { ltr: page.dir === 'ltr' ? 1 : 0 },
    sCloudInstanceName: 'microsoftonline.com',
  };
}

/** A page of the sign-in service: its id in the head and in `$Config`, and what else its `$Config` says. */
export function signInServicePage(
  page: Page,
  id: string,
  config: Record<string, unknown>,
  content: string,
): string {
  const login = page.origin('login.microsoftonline.com');
  const json = scriptJson({ ...commonConfig(page, login), ...config, pgid: id, hpgid: 1104, hpgact: 1800 });
  const head = `<meta name="PageID" content="${id}">
<meta name="SiteID" content="">
<meta name="ReqLC" content="1033">
<script nonce="${page.nonce}" type="text/javascript">//<![CDATA[
$Config=${json};
//]]></script>
`;
  return frame(page, { title: 'Sign in', head, content: `<div class="brand">Contoso</div>\n${content}` });
}
