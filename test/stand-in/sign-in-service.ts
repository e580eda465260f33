/** The stand-in for login.microsoftonline.com and login.live.com. */
import { randomUUID } from 'node:crypto';
import { STALE, sessionCookie, sessionExpired } from './cookies.ts';
import { type Answer, type Asked, pageAnswer, redirect } from './exchange.ts';
import type { PageOptions } from './layout.ts';
import { officeHosts } from './office.ts';
import * as pages from './pages.ts';
import { type AnswerKind, STALE_LOOP, type State } from './state.ts';

/** Codes that the policy page shows instead of the error page. */
const POLICY = /^AADSTS(?:53\d{3,4})$/;

function page(asked: Asked, state: State, render: (options: PageOptions) => string): Answer {
  const targets = officeHosts.map(asked.origin);
  const answer = pageAnswer(asked, targets, render, state.language);
  const cookies = [
    'fpc=STAND-IN-SECRET-fpc; Path=/; Secure; HttpOnly; SameSite=None',
    'x-ms-gateway-slice=estsfd; Path=/; Secure; HttpOnly; SameSite=None',
  ];
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies } };
}

/** Where the app wants its answer, if that is one of our apps. */
function returnAddress(query: URLSearchParams): URL | undefined {
  const url = URL.parse(query.get('redirect_uri') ?? '');
  return url && officeHosts.includes(url.hostname) && url.pathname === '/landingv2' ? url : undefined;
}

/** Carries something back to the app in the way that it asked for. */
function giveBack(
  asked: Asked,
  state: State,
  query: URLSearchParams,
  to: URL,
  fields: Record<string, string>,
): Answer {
  const all = { ...fields, state: query.get('state') ?? '' };
  if (query.get('response_mode') === 'form_post') {
    return page(asked, state, (options) => pages.returnPage(to.href, all, options));
  }
  for (const [name, value] of Object.entries(all)) to.searchParams.set(name, value);
  return redirect(to.href);
}

function signedIn(asked: Asked, state: State, query: URLSearchParams, to: URL): Answer {
  const code = randomUUID();
  state.codes.add(code);
  const given = { code, id_token: 'stand-in', session_state: randomUUID() };
  return withCookie(giveBack(asked, state, query, to, given), sessionCookie);
}

function withCookie(answer: Answer, cookie: string): Answer {
  const cookies = [answer.headers['set-cookie'] ?? [], cookie].flat();
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookies } };
}

/** Nobody sees a page with prompt=none: the failure goes back to the app. */
function silently(asked: Asked, state: State, query: URLSearchParams, to: URL, code: string): Answer {
  return giveBack(asked, state, query, to, {
    error: code === 'AADSTS50058' ? 'login_required' : 'interaction_required',
    error_description: pages.errorSentence(code),
    error_uri: `https://login.microsoftonline.com/error?code=${code.replace('AADSTS', '')}`,
  });
}

const waitingPages: Partial<Record<AnswerKind, (options: PageOptions) => string>> = {
  'sign-in': pages.signInPage,
  'second-factor': pages.secondFactorPage,
  'stay-signed-in': pages.staySignedInPage,
};

function fails(asked: Asked, state: State, query: URLSearchParams, to: URL, code: string): Answer {
  state.sessions.clear();
  if (query.get('prompt') === 'none') return silently(asked, state, query, to, code);
  const render = POLICY.test(code) ? pages.accessPolicyPage : pages.errorPage;
  return page(asked, state, (options) => render(code, options));
}

function answer(asked: Asked, state: State, query: URLSearchParams, kind: AnswerKind, code: string): Answer {
  const to = returnAddress(query);
  if (!to) return page(asked, state, (options) => pages.errorPage('AADSTS50011', options));
  const waits = waitingPages[kind];
  if (waits) {
    state.sessions.clear();
    if (query.get('prompt') === 'none') return silently(asked, state, query, to, 'AADSTS50058');
    return page(asked, state, waits);
  }
  switch (kind) {
    case 'works':
      return signedIn(asked, state, query, to);
    case 'redirect-loop':
      return redirect(`${asked.origin(to.hostname)}/login?state=redirect-loop`);
    case 'page-loop':
      query.set('state', 'page-loop');
      return signedIn(asked, state, query, to);
    case 'reset':
      state.resets.add(asked.url.search);
      return { status: 0, headers: {}, body: '', misbehave: 'reset' };
    case 'server-error': {
      const sorry = page(asked, state, (options) =>
        pages.plainPage('Sorry', 'Please try again later.', options),
      );
      return { ...sorry, status: 500 };
    }
    default:
      return fails(asked, state, query, to, code);
  }
}

/** The browser's session is what is wrong, whatever the verdict. */
function answerToStale(asked: Asked, state: State, query: URLSearchParams, stale: string): Answer {
  if (stale !== 'loop') return answer(asked, state, query, 'fails', stale);
  query.set('state', STALE_LOOP);
  return answer(asked, state, query, 'works', '');
}

/** Every authorization request is a new sign-in and asks the verdict anew. */
async function authorize(asked: Asked, state: State): Promise<Answer> {
  const query = asked.url.searchParams;
  // A loop that has begun goes on until the browser has enough.
  const looping = (['redirect-loop', 'page-loop'] as const).find((kind) => kind === query.get('state'));
  if (looping) return answer(asked, state, query, looping, '');
  const stale = asked.cookies.get(STALE);
  if (stale) return answerToStale(asked, state, query, stale);
  // A loop that a stale session kept going ends with it.
  if (query.get('state') === STALE_LOOP) query.delete('state');
  // A browser tries a connection that broke once more by itself: the same request breaks again.
  if (state.resets.has(asked.url.search)) return answer(asked, state, query, 'reset', '');
  const wanted = state.waiting.shift();
  const verdict = await state.verdict();
  const code = wanted?.code ?? verdict.code;
  const judged = verdict.needsUser ? 'sign-in' : verdict.works ? 'works' : 'fails';
  const kind = wanted && wanted.kind !== 'slow' ? wanted.kind : judged;
  const result = answer(asked, state, query, kind, code);
  return wanted?.kind === 'slow' ? { ...result, misbehave: 'slow' } : result;
}

/** The user has typed what was asked for: that is taken as right, and the PC's own state decides. */
async function submitted(asked: Asked, state: State): Promise<Answer> {
  const query = new URLSearchParams(asked.form.get('request') ?? '');
  const verdict = await state.verdict();
  return answer(asked, state, query, verdict.works || verdict.needsUser ? 'works' : 'fails', verdict.code);
}

/** Answers for the sign-in service. */
export async function signInService(asked: Asked, state: State): Promise<Answer> {
  const { pathname } = asked.url;
  if (/^\/[^/]+\/oauth2\/(?:v2\.0\/)?authorize$/.test(pathname)) return authorize(asked, state);
  if (asked.method === 'POST' && /^\/(?:common\/login|common\/SAS\/ProcessAuth|kmsi)$/.test(pathname)) {
    return submitted(asked, state);
  }
  if (pathname === '/healthy') return page(asked, state, pages.signInPage);
  if (/logout/.test(pathname)) {
    state.sessions.clear();
    const said = page(asked, state, (options) =>
      pages.plainPage('Signed out', 'You are signed out.', options),
    );
    return withCookie(said, sessionExpired);
  }
  return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found\n' };
}
