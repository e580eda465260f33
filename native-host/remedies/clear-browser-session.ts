/**
 * Signs out of Microsoft in the browser and removes the cookies and site data of its sign-in pages. Only the
 * extension can do it, for all hosts at once, where the person has allowed it; the host asks and names nothing.
 */
import * as v from 'valibot';
import { cloudOf, isHomeHost, isSignInHost } from '../../common/clouds.ts';
import { ProblemError } from '../../common/problem.ts';
import { noUndo } from './no-undo.ts';
import type { Remedy } from './remedy.ts';

/** `last`: all hosts are cleared together, once all of them have been taken in. */
const IntentSchema = v.strictObject({ host: v.string(), last: v.boolean() });

export const clearBrowserSession: Remedy = {
  ...noUndo,
  id: 'clear-browser-session',
  risk: 'low',
  seconds: 15,
  // The browser may have to ask the person.
  limit: 120_000,
  source:
    'https://learn.microsoft.com/troubleshoot/microsoft-365/admin/sign-in/cannot-sign-out-cloud-service',
  proves: 'sign-in',

  async preview(_, { failure, browser }) {
    if (!browser) return { state: 'needs-browser' };
    const { signIn, homes } = cloudOf(failure.seenAt ?? '');
    const hosts = [...signIn, ...homes];
    return {
      state: 'ready',
      operations: hosts.map((host, index) => ({
        item: { id: `site-${index}`, kind: 'site', label: host, optional: false, ticked: true },
        intent: { host, last: index === hosts.length - 1 },
      })),
    };
  },

  async act(_, intent, { report, clearSession }) {
    const { host, last } = v.parse(IntentSchema, intent);
    if (!isSignInHost(host) && !isHomeHost(host)) throw new ProblemError('item-unknown', host);
    if (!last) return;
    report({ id: 'clearing-session' });
    await clearSession();
  },
};
