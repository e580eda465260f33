/**
 * What `dsregcmd /status` says of this PC's registration, as far as it tells whether sign-in can work. It runs without
 * elevation. The names stand in English on the Windows that are known to us; where another has other names, nothing is
 * read. After Microsoft's page, not tried on a Windows: Wine has no dsregcmd.
 * https://learn.microsoft.com/entra/identity/devices/troubleshoot-device-dsregcmd
 */
import { win32 } from 'node:path';
import { toProblem } from '../../common/problem.ts';
import type { CheckContext } from './check.ts';

/** Milliseconds. It asks Microsoft about the device, which takes long where nobody answers. */
const LIMIT = 3000;
/** The share of the check's time, so that the registry's answer still comes. */
const SHARE = 0.6;
const MOST_BYTES = 100_000;

const YES_NO = /^(?:YES|NO)\b/;
/** What stands behind it in words may name the organisation. */
const VERDICT = /^(?:SUCCESS|FAILED|PASSED)\b/;

/** What is told of it and in what form: there are names, tenants and addresses beside these. */
const told: Readonly<Record<string, RegExp>> = {
  AzureAdJoined: YES_NO,
  DomainJoined: YES_NO,
  WorkplaceJoined: YES_NO,
  AzureAdPrt: YES_NO,
  AzureAdPrtUpdateTime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/,
  DeviceAuthStatus: VERDICT,
  KeySignTest: VERDICT,
};

/** By their names, those that are there. */
export type DeviceStatus = Readonly<Record<string, string>>;

/** Reads what dsregcmd wrote; of a name that comes twice, the first. */
export function parseStatus(text: string): DeviceStatus {
  const status: Record<string, string> = {};
  for (const [, name = '', written = ''] of text.matchAll(/^[ \t]*(\w+)[ \t]*:[ \t]*(.*)$/gm)) {
    const [value] = told[name]?.exec(written) ?? [];
    if (value !== undefined) status[name] ??= value;
  }
  return status;
}

/** Asks for it. Where dsregcmd is not there, fails or hangs, the evidence says why and nothing more. */
export async function deviceStatus({ machine, timeout, signal }: CheckContext): Promise<DeviceStatus> {
  const exe = win32.join(machine.folders.system, 'dsregcmd.exe');
  const limit = { timeout: Math.min(LIMIT, timeout * SHARE), signal, most: MOST_BYTES };
  try {
    return parseStatus(await machine.processes.output(exe, ['/status'], limit));
  } catch (error) {
    return { dsregcmd: toProblem(error).kind };
  }
}
