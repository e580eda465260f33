/** Makes a failure of what was seen; undefined where it is none: an expected interruption. */
import type { Failure } from '../../common/contract.ts';
import { describeFailure } from '../../common/failures/index.ts';
import { failureOf as meaningOfSignal } from '../../common/pages/verdict.ts';
import type { Signal } from '../signal.ts';

/** A code seen at a host, now. */
export function failureOf(code: string, host: string): Failure | undefined {
  const { code: canonical, category } = describeFailure(code);
  if (category === 'none') return undefined;
  return { code: canonical, category, seenAt: host, time: new Date().toISOString() };
}

/** What a page's signal amounts to, with the ids that Microsoft's support asks for. */
export function failureOfSignal(signal: Signal, host: string): Failure | undefined {
  const meaning = meaningOfSignal(signal);
  const failure = meaning ? failureOf(meaning.code, host) : undefined;
  return (
    failure && {
      ...failure,
      ...(signal.correlationId ? { correlationId: signal.correlationId } : {}),
      ...(signal.requestId ? { requestId: signal.requestId } : {}),
    }
  );
}
