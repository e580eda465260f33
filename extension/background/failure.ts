/** Makes a failure of what was seen; undefined where it is none: an expected interruption. */

import { describeFailure } from '../../common/failures/index.ts';
import { failureOf as meaningOfSignal } from '../../common/pages/verdict.ts';
import type { Failure } from '../../common/plan.ts';
import type { Signal } from '../signal.ts';

/** A code seen at a host, now. */
export function failureOf(code: string, host: string): Failure | undefined {
  const { code: canonical, category } = describeFailure(code);
  if (category === 'none') return undefined;
  return { code: canonical, category, seenAt: host, time: new Date().toISOString() };
}

/**
 * Personal accounts have an organisation's id in common, which is none's:
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference (`tid`)
 */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The organisation that a sign-in page's address begins with, where it names one by its id. */
export function tenantIn({ pathname }: URL): string | undefined {
  const id = /^\/([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\//i.exec(pathname)?.[1]?.toLowerCase();
  return id === PERSONAL ? undefined : id;
}

/** What the signal of a page at this address amounts to, with the ids that Microsoft's support asks for. */
export function failureOfSignal(signal: Signal, url: URL): Failure | undefined {
  const meaning = meaningOfSignal(signal);
  const failure = meaning ? failureOf(meaning.code, url.hostname) : undefined;
  const tenant = tenantIn(url);
  return (
    failure && {
      ...failure,
      ...(tenant ? { tenant } : {}),
      ...(signal.correlationId ? { correlationId: signal.correlationId } : {}),
      ...(signal.requestId ? { requestId: signal.requestId } : {}),
    }
  );
}
