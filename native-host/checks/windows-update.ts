/**
 * Whether Windows was updated within the last week, by the packages that its servicing stack has installed.
 * States after https://learn.microsoft.com/archive/blogs/tip_of_the_day/tip-of-the-day-cbs-servicing-states-chart-refresher;
 * that InstallTimeHigh and InstallTimeLow are the halves of a FILETIME is practice, documented nowhere.
 */
import type { Machine } from '../machine/machine.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';
import { readNumber } from './registry-values.ts';

const PACKAGES = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
/** A superseded package was installed once, but by an update before the one that counts. */
const INSTALLED = 112;
const DAYS = 7;
const DAY = 86_400_000;
/** Of thousands of packages these are read, the highest numbers of each kind: the newest are among them. */
const MOST = 20;
const kinds = [/^Package_for_RollupFix~/i, /^Package_for_KB\d+~/i];

export const windowsUpdate: Check = {
  id: 'windows-update',
  look: (context) => [looked('windows-update', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'windows-update'>[]> {
  const names = await machine.registry.keys('HKLM', PACKAGES);
  const times = await Promise.all(newest(names).map((name) => installedAt(machine, `${PACKAGES}\\${name}`)));
  const ages = times.map((time) => (Date.now() - time) / DAY).filter((age) => age >= 0 && age < DAYS);
  if (ages.length === 0) return [{ level: 'ok', meaning: 'none' }];
  return [{ level: 'warning', meaning: 'recent', amount: Math.floor(Math.min(...ages)) }];
}

/** Names that begin alike and end with a build or an article's number, so the highest comes last in order. */
function newest(names: readonly string[]): string[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return kinds.flatMap((kind) =>
    names
      .filter((name) => kind.test(name))
      .sort(compare)
      .slice(-MOST),
  );
}

/** Milliseconds since 1970; NaN for a package that is not installed, or of which no time is known. */
async function installedAt(machine: Machine, key: string): Promise<number> {
  const read = (name: string) => readNumber(machine, 'HKLM', key, name);
  const [state, high, low] = await Promise.all([
    read('CurrentState'),
    read('InstallTimeHigh'),
    read('InstallTimeLow'),
  ]);
  if (state !== INSTALLED || high === undefined || low === undefined) return Number.NaN;
  return fromFileTime(high, low);
}

/** Steps of 100 ns since 1601. https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime */
function fromFileTime(high: number, low: number): number {
  return (high * 2 ** 32 + low) / 10_000 + Date.UTC(1601, 0, 1);
}
