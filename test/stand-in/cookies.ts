/** Cookies at the stand-in's hosts: those that a sign-in keeps, and a way for tests to plant some and see which come. */
import type { Answer, Asked } from './exchange.ts';

const FLAGS = 'Path=/; Secure; HttpOnly; SameSite=None';

/** Who has signed in keeps it until a sign-out. */
const SESSION = 'ESTSAUTHPERSISTENT';
export const sessionCookie = `${SESSION}=STAND-IN-SECRET-session; Max-Age=7776000; ${FLAGS}`;
export const sessionExpired = `${SESSION}=; Max-Age=0; ${FLAGS}`;

/**
 * What is wrong when the browser's own session is the cause: as long as it comes along, sign-in fails with the code
 * that is its value, or goes round for `loop`. No sign-out takes it away.
 */
export const STALE = 'SignInStateCookie';

const PLANT = '/stand-in/plant';
const SHOW = '/stand-in/cookies';

/** The address of a page that sets these cookies, each as in a `Set-Cookie` header. */
export function plantAddress(host: string, ...cookies: string[]): string {
  const query = new URLSearchParams(cookies.map((cookie) => ['cookie', cookie]));
  return `https://${host}${PLANT}?${query}`;
}

/** The address that tells which cookies came with the request: their names, in order, in a JSON array. */
export function cookiesAddress(host: string): string {
  return `https://${host}${SHOW}`;
}

/** Answers for both at any host; undefined for anything else. */
export function cookiePages({ url, cookies }: Asked): Answer | undefined {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  if (url.pathname === PLANT) {
    const planted = { ...headers, 'set-cookie': url.searchParams.getAll('cookie') };
    return { status: 200, headers: planted, body: '<!DOCTYPE html><title>Planted</title>' };
  }
  if (url.pathname === SHOW)
    return { status: 200, headers, body: JSON.stringify([...cookies.keys()].sort()) };
  return undefined;
}
