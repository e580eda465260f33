import type { CheckResult, Finding } from '../../common/contract.ts';
import type { Machine } from '../machine/machine.ts';
import type { Check } from './check.ts';
import { endpoints } from './endpoints.ts';

const checks: readonly Check[] = [endpoints];

export interface CheckOptions {
  /** Milliseconds; 10 s unless said otherwise. */
  timeout?: number;
  signal?: AbortSignal;
  /** Called with each finding as it comes. */
  found?: (finding: Finding) => void;
}

/** Runs all checks at once. Findings come in the checks' own order; `took` is milliseconds for all of them. */
export async function runChecks(machine: Machine, options: CheckOptions = {}): Promise<CheckResult> {
  const { timeout = 10_000, signal = new AbortController().signal, found } = options;
  const begin = performance.now();
  const pending = checks.flatMap((check) => check.look({ machine, timeout, signal }));
  for (const each of pending) {
    // A finding that fails is told by Promise.all below.
    each.then(found, () => undefined);
  }
  const findings = await Promise.all(pending);
  return { findings, took: Math.round(performance.now() - begin) };
}
