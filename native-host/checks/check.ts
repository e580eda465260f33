/** What every check is made of. A check is a file beside this one; index.ts is their registry. */
import type { Finding } from '../../common/contract.ts';
import type { Machine } from '../machine/machine.ts';

export interface CheckContext {
  machine: Machine;
  /** Milliseconds for the whole check; what is not answered by then is a finding too. */
  timeout: number;
  signal: AbortSignal;
}

export interface Check {
  id: Finding['check'];
  /** Looks and changes nothing; every finding is a promise of its own, so that none waits for another. */
  look(context: CheckContext): Promise<Finding>[];
}
