import type { Cause, SimulatedPc } from './schema.ts';

/** Sign-in works again where this is why it failed. */
export function removeCause(pc: SimulatedPc, cause: Cause): void {
  if (pc.signIn.cause === cause) pc.signIn.cause = 'none';
}
