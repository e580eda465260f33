/**
 * Whether the internet is open, by the page that Windows itself tries, and whether Windows is told not to try.
 * https://learn.microsoft.com/windows-server/networking/ncsi/ncsi-overview
 */
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { routeTo } from './endpoints/endpoint-route.ts';
import { fetchPage } from './internet-page.ts';
import { readNumber } from './registry-values.ts';

const HOST = 'www.msftconnecttest.com';
const PAGE = 'Microsoft Connect Test';
const NCSI = 'SYSTEM\\CurrentControlSet\\Services\\NlaSvc\\Parameters\\Internet';
const POLICY = 'SOFTWARE\\Policies\\Microsoft\\Windows\\NetworkConnectivityStatusIndicator';

export const internet: Check = {
  id: 'internet',
  look: (context) => [
    looked('internet', context, () => seePage(context)),
    looked('internet', context, () => seeSettings(context), 'internet:probe-off'),
  ],
};

async function seePage(context: CheckContext): Promise<Sight<'internet'>[]> {
  const route = await routeTo(context, HOST, 80);
  if (route.kind === 'simulated') {
    if (route.fault === 'none') return [{ level: 'ok', meaning: 'open' }];
    return [{ level: 'warning', meaning: 'no-answer', evidence: { error: route.fault } }];
  }
  const at = route.kind === 'connect-to' ? route : { address: HOST, port: 80 };
  // A little less than for the look as a whole, so that a silent server is told as such.
  const limits = { signal: context.signal, timeout: context.timeout * 0.9 };
  const page = await fetchPage(HOST, '/connecttest.txt', at, PAGE.length, limits);
  if ('error' in page) {
    return [{ level: 'warning', meaning: 'no-answer', evidence: { error: page.error } }];
  }
  const { status, location, text } = page;
  const evidence = { status, ...(location === undefined ? {} : { location }) };
  if (status === 200 && text === PAGE) return [{ level: 'ok', meaning: 'open', evidence }];
  return isPortal(status)
    ? [{ level: 'fault', meaning: 'captive-portal', evidence }]
    : [{ level: 'warning', meaning: 'no-answer', evidence }];
}

/** Another page, a way to another page, or 511 (RFC 6585); a bare refusal is a filter's. */
const isPortal = (status: number) => (status >= 200 && status < 400) || status === 511;

async function seeSettings({ machine }: CheckContext): Promise<Sight<'internet'>[]> {
  const [active, forbidden] = await Promise.all([
    readNumber(machine, 'HKLM', NCSI, 'EnableActiveProbing'),
    readNumber(machine, 'HKLM', POLICY, 'NoActiveProbe'),
  ]);
  if (active !== 0 && forbidden !== 1) return [];
  const by = forbidden === 1 ? 'NoActiveProbe' : 'EnableActiveProbing';
  return [{ level: 'warning', meaning: 'probe-off', evidence: { by } }];
}
