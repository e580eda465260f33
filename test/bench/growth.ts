/** How what the product does grows with its input. */
import { HOSTS, measure, missing } from './check.ts';
import { lookUpSubjects } from './growth-look-up.ts';
import { growthOf } from './growth-of.ts';
import { runSubjects } from './growth-runs.ts';
import { type Effort, type Part, type Row, row } from './row.ts';

/** The check asks no more hosts of Microsoft's list than these, so that there is no hundred times. */
const MOST_HOSTS = 60;

async function checkRows(rounds: number): Promise<Row[]> {
  const totals = async (hosts: number) =>
    (await measure(hosts, rounds)).rounds.map(({ later }) => later.total);
  const against = { name: `${HOSTS} endpoints`, figures: await totals(HOSTS) };
  return [
    row({ name: `connection check: ${MOST_HOSTS} endpoints`, ours: await totals(MOST_HOSTS), against }),
  ];
}

export async function growthCost({ rounds = 9 }: Effort): Promise<Part> {
  const rows: Row[] = [];
  for (const subject of [...runSubjects, ...lookUpSubjects]) rows.push(...(await growthOf(subject, rounds)));
  const reason = await missing();
  return {
    title: 'Growth: ten and a hundred times the input',
    rows: reason === undefined ? [...rows, ...(await checkRows(Math.min(rounds, 5)))] : rows,
    notes: [
      'A power of 1 is linear: ten times the input takes ten times as long. It is that of the step from ten to a hundred times.',
      'The history shows 50 runs at most and keeps 500 failures; the check asks 60 hosts of the list at most.',
      ...(reason === undefined ? [] : [`Not measured: the connection check, as ${reason}.`]),
    ],
  };
}
