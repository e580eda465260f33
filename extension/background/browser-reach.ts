/** What only the browser can see: whether it reaches the sign-in host and the place of its pages' scripts itself. */
import type { Cloud } from '../../common/clouds.ts';
import { type Finding, finding, type MeaningOf } from '../../common/findings.ts';

/** Milliseconds; a browser tries its proxies and both IP families meanwhile. */
const LIMIT = 8_000;

/** Any answer proves the way; this one is small, and leads nowhere else. */
const PATH = 'favicon.ico';

/** Looks at both, without cookies and past the cache. Never fails; an abort is `not-looked`. */
export function lookByBrowser({ signIn, cdn }: Cloud, signal: AbortSignal): Promise<Finding[]> {
  const hosts = [signIn[0], cdn[0]].filter((host) => host !== undefined);
  return Promise.all(hosts.map((host) => lookAt(host, signal)));
}

async function lookAt(host: string, signal: AbortSignal): Promise<Finding> {
  const begin = performance.now();
  const limit = AbortSignal.timeout(LIMIT);
  const told = (level: Finding['level'], meaning: MeaningOf<'browser'>) =>
    finding({
      check: 'browser',
      id: `browser:${host}`,
      level,
      meaning,
      subject: host,
      evidence: { online: navigator.onLine ? 'yes' : 'no' },
      took: Math.round(performance.now() - begin),
    });
  try {
    // `no-cors`: that works without the host's permission too, which Firefox lets people take back.
    await fetch(`https://${host}/${PATH}`, {
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, limit]),
    });
    return told('ok', 'reachable');
  } catch {
    if (signal.aborted) return told('unknown', 'not-looked');
    return limit.aborted ? told('fault', 'no-answer') : told('fault', 'unreachable');
  }
}
