/** Whether this PC's clock is right, by the date that the sign-in host's answer carries. */
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import type { Answer } from './endpoints/endpoint-connection.ts';
import { seeSignInHost } from './interception.ts';

const MINUTE = 60_000;
/** Tokens are refused beyond five minutes, as Kerberos does; a minute is worth knowing. */
const MOST = 5 * MINUTE;

export const clock: Check = {
  id: 'clock',
  look: (context) => [looked('clock', context, () => see(context))],
};

async function see(context: CheckContext): Promise<Sight<'clock'>[]> {
  const seen = await seeSignInHost(context);
  if (seen.kind === 'simulated') {
    if (seen.fault === 'none') return [{ level: 'ok', meaning: 'right' }];
    return [{ level: 'unknown', meaning: 'not-looked', evidence: { failure: seen.fault } }];
  }
  const off = seen.answer && clockOffset(seen.answer);
  if (off === undefined) {
    return [{ level: 'unknown', meaning: 'not-looked', evidence: { failure: seen.failure ?? null } }];
  }
  const evidence = { offsetSeconds: Math.round(off / 1000) };
  const distance = Math.abs(off);
  if (distance < MINUTE) return [{ level: 'ok', meaning: 'right', evidence }];
  const level = distance > MOST ? 'fault' : 'warning';
  return [{ level, meaning: 'off', amount: Math.round(distance / MINUTE), evidence }];
}

/**
 * Milliseconds that this PC is ahead of the server at the least, below 0 when it is behind; 0 when the server may
 * have written its date while it was asked. Undefined when the answer has no date.
 */
export function clockOffset({ headers: { date = '' }, asked, came }: Answer): number | undefined {
  const server = Date.parse(date);
  if (Number.isNaN(server)) return undefined;
  // A Date header has whole seconds, rounded down.
  if (server + 1000 < asked) return asked - (server + 1000);
  return server > came ? came - server : 0;
}
