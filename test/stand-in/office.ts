/** The stand-in for www.office.com and its siblings: the app that one signs in to. */
import { randomUUID } from 'node:crypto';
import { type Answer, type Asked, pageAnswer, redirect } from './exchange.ts';
import { bouncingPage, officeHomePage, plainPage } from './pages.ts';
import { STALE_LOOP, type State } from './state.ts';

export const officeHosts = ['www.office.com', 'www.microsoft365.com', 'm365.cloud.microsoft'];

const CLIENT_ID = '4765445b-32c6-49b0-83e6-1d93765276ca';
const COOKIE = 'OfficeSession';
const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=None';
const forget = { 'set-cookie': `${COOKIE}=; Max-Age=0; ${FLAGS}` };

/** To the sign-in service, as the real app goes there. Always: whoever asks for /login wants a new sign-in. */
function login(asked: Asked): Answer {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: `${asked.origin(asked.host)}/landingv2`,
    response_type: 'code id_token',
    scope: 'openid profile https://www.office.com/v2/OfficeHome.All',
    response_mode: 'form_post',
    nonce: randomUUID(),
    state: randomUUID(),
    'client-request-id': randomUUID(),
  });
  for (const name of ['prompt', 'login_hint', 'response_mode', 'state']) {
    const value = asked.url.searchParams.get(name);
    if (value !== null) query.set(name, value);
  }
  return redirect(`${asked.origin('login.microsoftonline.com')}/common/oauth2/v2.0/authorize?${query}`);
}

function landing(asked: Asked, state: State): Answer {
  const given = asked.method === 'POST' ? asked.form : asked.url.searchParams;
  const error = given.get('error');
  const sentence = error
    ? (given.get('error_description') ?? error)
    : 'This sign-in code has been used already.';
  if (error || !state.codes.delete(given.get('code') ?? '')) {
    const page = pageAnswer(asked, [], (options) => plainPage('You are not signed in', sentence, options));
    return { ...page, status: error ? 200 : 400, headers: { ...page.headers, ...forget } };
  }
  const loop = ['page-loop', STALE_LOOP].find((each) => each === given.get('state'));
  if (loop) {
    const back = `${asked.origin(asked.host)}/login?state=${loop}`;
    return pageAnswer(asked, [], (options) => bouncingPage(back, options));
  }
  const session = randomUUID();
  state.sessions.add(session);
  return redirect(`${asked.origin(asked.host)}/`, { 'set-cookie': `${COOKIE}=${session}; ${FLAGS}` });
}

/** Answers for the office hosts. */
export function office(asked: Asked, state: State): Answer {
  const session = asked.cookies.get(COOKIE) ?? '';
  switch (asked.url.pathname) {
    case '/':
      if (!state.sessions.has(session)) return redirect(`${asked.origin(asked.host)}/login`);
      return pageAnswer(asked, [], officeHomePage, state.language);
    case '/login':
      return login(asked);
    case '/landingv2':
      return landing(asked, state);
    case '/logout':
      state.sessions.delete(session);
      return redirect(`${asked.origin('login.microsoftonline.com')}/common/oauth2/v2.0/logout`, forget);
    default:
      return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found\n' };
  }
}
