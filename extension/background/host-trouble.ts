/** The trouble behind a port that closed by itself, from the browsers' own words. */
import type { HostState } from '../ui-state.ts';

/**
 * Each was seen in a real browser (test/browser/registration.test.ts); `signin-rescue status` tells the causes behind
 * them apart.
 */
export function troubleOf(message: string): HostState {
  if (/not found|not registered|no such native application/i.test(message)) return { state: 'missing' };
  if (/disabled by the system administrator/i.test(message)) return { state: 'blocked' };
  if (/forbidden|not allowed|permission/i.test(message)) return { state: 'forbidden' };
  if (/error when communicating|invalid json|tried to send a message/i.test(message))
    return { state: 'garbled' };
  return { state: 'died' };
}
