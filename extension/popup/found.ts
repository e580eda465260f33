/** The helper that comes while the window says that it is missing: told of, until the person goes on. */
import { useReducer, useRef } from 'preact/hooks';
import type { UiState } from '../ui-state.ts';
import { mayCome } from '../views/greeting.ts';
import type { Stage } from '../views/stage.ts';

export interface Found {
  /** Of the helper that was found; undefined where none was missed, or the person has gone on. */
  version: string | undefined;
  goOn: () => void;
}

export function useFound(stage: Stage | null, state: UiState | null): Found {
  const missed = useRef(false);
  const [, again] = useReducer((count: number) => count + 1, 0);
  const resting = stage?.at === 'nothing' || stage?.at === 'failure';
  if (stage?.at === 'host') missed.current = mayCome(stage.host);
  // What it was wanted for is there.
  else if (stage && !resting) missed.current = false;
  const isFound = missed.current && resting && state?.busy === null;
  return {
    version: isFound && state.host.state === 'ready' ? state.host.version : undefined,
    goOn: () => {
      missed.current = false;
      again(0);
    },
  };
}
