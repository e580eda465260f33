/** Looks for the helper again and again, while somebody looks on and it is not there. */
import { useLayoutEffect } from 'preact/hooks';
import type { HostState, UiAction } from '../ui-state.ts';

/** A helper that is installed or allowed while one waits; one that hangs or dies is not started again and again unasked. */
export const mayCome = ({ state }: HostState) =>
  state === 'missing' || state === 'forbidden' || state === 'blocked';

/** Milliseconds until it is looked for again: a missing one costs nothing, another may be a program that dies. */
const AGAIN_MISSING = 3_000;
const AGAIN = 15_000;

/** Greets the helper in its pace as long as `wanted`; what it answers comes with the state. */
export function useGreeting(
  host: HostState | undefined,
  act: (action: UiAction) => void,
  wanted: boolean,
): void {
  const pace = host && mayCome(host) ? AGAIN_MISSING : AGAIN;
  // At once: what was found is not asked for once more.
  useLayoutEffect(() => {
    if (!wanted) return;
    const look = () => {
      if (!document.hidden) act({ do: 'greet' });
    };
    const timer = setInterval(look, pace);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [wanted, pace, act]);
}
