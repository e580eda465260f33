/** Load on hosts, without a browser: `npm run fuzz -- --load hellos|hosts|flood [--count N]`. */
import { flood } from './load/flood.ts';
import { hellos } from './load/hellos.ts';
import { hosts } from './load/hosts.ts';
import type { LoadReport } from './load/report.ts';

export const loads = { hellos, hosts, flood } as const satisfies Record<
  string,
  (count?: number) => Promise<LoadReport>
>;
export type LoadName = keyof typeof loads;

/** The same for a person to read. */
export function tellLoad(name: LoadName, { figures, wrong }: LoadReport): string {
  const told = Object.entries(figures).map(([what, value]) => `${what} ${value ?? 'not known'}`);
  return [`${name}: ${told.join(', ')}`, ...wrong.map((each) => `  WRONG: ${each}`)].join('\n');
}
