import type { CheckResult } from '../../common/contract.ts';
import type { Finding } from '../../common/findings.ts';
import type { Machine } from '../machine/machine.ts';
import type { Check } from './check.ts';
import { device } from './device.ts';
import { endpoints } from './endpoints.ts';
import { networkChange } from './network-change.ts';
import { onedrive } from './onedrive.ts';
import { onedriveFiles } from './onedrive-files.ts';
import { vpn } from './vpn.ts';
import { windowsUpdate } from './windows-update.ts';

const checks: readonly Check[] = [
  endpoints,
  vpn,
  networkChange,
  windowsUpdate,
  device,
  onedrive,
  onedriveFiles,
];

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
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) found?.(finding);
  };
  for (const each of pending) {
    // A check that fails is told by Promise.all below.
    each.then(tell, () => undefined);
  }
  const findings = (await Promise.all(pending)).flat();
  return { findings, took: Math.round(performance.now() - begin) };
}
