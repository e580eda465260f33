/** Starts what was agreed to, after the browser has been asked for what it needs. */
import { useState } from 'preact/hooks';
import type { StartChoice } from '../../../common/plan.ts';
import type { UiAction } from '../../ui-state.ts';
import { permitted } from './permission.ts';

/** Gives the way to start, whether the browser is asking just now, and whether that left nothing to start. */
export function useStart(act: (action: UiAction) => void) {
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState(false);
  const start = async (planId: string, wanted: StartChoice['chosen']) => {
    setAsking(true);
    setRefused(false);
    const chosen = await permitted(wanted);
    setAsking(false);
    if (chosen.length === 0) setRefused(true);
    else act({ do: 'start', planId, chosen });
  };
  return { start, asking, refused };
}
