/** Makes a failure of what was seen; undefined where it is none: an expected interruption, or something unknown to us. */
import type { Failure } from '../../common/contract.ts';
import { describeFailure } from '../../common/failures/index.ts';
import type { Signal } from '../signal.ts';

/** A code seen at a host, now. */
export function failureOf(code: string, host: string): Failure | undefined {
  const { code: canonical, category } = describeFailure(code);
  if (category === 'none') return undefined;
  return { code: canonical, category, seenAt: host, time: new Date().toISOString() };
}

/** A page's signal; a page that says it failed but gives no code is named by its page id, if it has one. */
export function failureOfSignal(signal: Signal, host: string): Failure | undefined {
  const code = signal.kind === 'error' ? (signal.code ?? signal.page ?? 'unknown') : null;
  const failure = code ? failureOf(code, host) : undefined;
  return (
    failure && {
      ...failure,
      ...(signal.correlationId ? { correlationId: signal.correlationId } : {}),
      ...(signal.requestId ? { requestId: signal.requestId } : {}),
    }
  );
}
