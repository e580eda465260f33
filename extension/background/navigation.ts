/**
 * What the network tells of the tabs' own navigations to Microsoft's hosts: errors of the browser, where no content
 * script runs, error statuses, errors in the answer to the app, and scripts of the sign-in page that do not come.
 * Listens only; no request is held up.
 */
import browser, { type WebRequest } from 'webextension-polyfill';
import { clouds, isHomeHost, isSignInHost } from '../../common/clouds.ts';
import { explain, networkCode } from '../../common/failures/index.ts';
import { failureOf } from './failure.ts';
import type { TabEvent } from './tab-state.ts';

type Tell = (tabId: number, event: TabEvent) => void;

const each = (pick: (cloud: (typeof clouds)[keyof typeof clouds]) => readonly string[]) =>
  [...new Set(Object.values(clouds).flatMap(pick))].map((host) => `https://${host}/*`);
const pages: WebRequest.RequestFilter = {
  urls: each(({ signIn, homes }) => [...signIn, ...homes]),
  types: ['main_frame'],
};
const scripts: WebRequest.RequestFilter = { urls: each(({ cdn }) => cdn), types: ['script'] };

/** The only fields of an answer to the app that are looked at; codes and tokens beside them are not. */
const answerFields = ['error', 'error_description', 'error_subcode', 'error_codes'] as const;

const TOO_MANY_REDIRECTS = 'net::ERR_TOO_MANY_REDIRECTS';
const MANY_REDIRECTS = 15;

/** Prerendered pages are nobody's navigation yet. */
function isSeen(details: { tabId: number }): boolean {
  return details.tabId >= 0 && (details as { documentLifecycle?: string }).documentLifecycle !== 'prerender';
}

/** Registers the listeners; call it once, at the start. */
export function listen(tell: Tell): void {
  const { webRequest } = browser;
  webRequest.onBeforeRequest.addListener(
    (details) => {
      if (isSeen(details)) began(details, tell);
      return undefined;
    },
    pages,
    ['requestBody'],
  );
  webRequest.onErrorOccurred.addListener((details) => {
    const host = new URL(details.url).hostname;
    const error = wentRound(details.requestId) ? TOO_MANY_REDIRECTS : details.error;
    const code = isSeen(details) ? networkCode(error) : null;
    const failure = code ? failureOf(code, host) : undefined;
    if (failure) tell(details.tabId, { type: 'navigation', failure });
  }, pages);
  webRequest.onCompleted.addListener((details) => {
    chains.delete(details.requestId);
    const host = new URL(details.url).hostname;
    if (!isSeen(details) || details.statusCode < 400 || !isSignInHost(host)) return;
    const failure = failureOf(`http-${details.statusCode}`, host);
    if (failure) tell(details.tabId, { type: 'navigation', failure });
  }, pages);
  webRequest.onErrorOccurred.addListener((details) => cdn(details, false, tell), scripts);
  webRequest.onCompleted.addListener((details) => cdn(details, details.statusCode < 400, tell), scripts);
}

/** How long the chains of redirects are that are being followed, by request. */
const chains = new Map<string, number>();

/** Chromium ends a chain of 20 redirects as if the person had gone on; its own page says what it was. */
function wentRound(requestId: string): boolean {
  const length = chains.get(requestId) ?? 0;
  chains.delete(requestId);
  return length > MANY_REDIRECTS;
}

function began(details: WebRequest.OnBeforeRequestDetailsType, tell: Tell): void {
  const { tabId, url, requestBody, requestId } = details;
  chains.set(requestId, (chains.get(requestId) ?? 0) + 1);
  const { hostname } = new URL(url);
  const to = isSignInHost(hostname) ? 'sign-in' : 'home';
  tell(tabId, { type: 'request', to, time: details.timeStamp, host: hostname, chain: requestId });
  if (to === 'home') {
    const failure = answered(url, requestBody?.formData, hostname);
    if (failure) tell(tabId, { type: 'answer', failure });
  }
}

/** An error that the sign-in gave the app as its answer, in the address or in a form that was posted. */
function answered(url: string, form: unknown, host: string) {
  const fields = new URLSearchParams();
  for (const name of answerFields) {
    const [value] = (form as Record<string, unknown[]> | undefined)?.[name] ?? [];
    if (typeof value === 'string') fields.set(name, value.slice(0, 2_000));
  }
  const { searchParams } = new URL(url);
  const answer = fields.has('error') ? `${new URL(url).origin}/?${fields}` : url;
  if (answer === url && !searchParams.has('error')) return undefined;
  const { failure } = explain(answer);
  return failure ? failureOf(failure.code, host) : undefined;
}

/** The sign-in page without its scripts stays empty: Entra's own name for that is AADSTS900001. */
function cdn(
  details: { tabId: number; documentUrl?: string; initiator?: string },
  came: boolean,
  tell: Tell,
): void {
  const from = details.documentUrl ?? details.initiator ?? '';
  const host = URL.canParse(from) ? new URL(from).hostname : '';
  const failure = isSignInHost(host) ? failureOf('AADSTS900001', host) : undefined;
  if (details.tabId >= 0 && failure) tell(details.tabId, { type: 'script', came, failure });
}

/** The error in the address of a page that the tab is at: fragments never reach the network. */
export function failureInAddress(url: string) {
  const { hostname, hash } = new URL(url);
  if (!isHomeHost(hostname) || !/[#&?]error=/.test(hash)) return undefined;
  const { failure } = explain(url);
  return failure ? failureOf(failure.code, hostname) : undefined;
}
