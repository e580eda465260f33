/** Journals as runs write them, line by line, and what a disk or a hand makes of them. */
import fc from 'fast-check';
import type { RemedyId } from '../../../common/remedies.ts';
import type { Backup, Begin, JournalRecord } from '../../../native-host/runs/records.ts';
import { RUN_ID, TIME } from '../../harness/run-records.ts';
import { spoiled } from '../spoil.ts';

const time = TIME;
const steps: Begin['steps'] = [
  ...(['purge-credentials', 'reset-onedrive', 'flush-dns'] as const satisfies RemedyId[]).map(
    (remedy, step) => ({
      remedy,
      undo: (['full', 'partial', 'none'] as const)[step] ?? 'none',
      operations: [0, 1, 2].map((n) => ({
        label: `entry ${n}`,
        intent: { target: `MicrosoftOffice16_Data:${n}` },
      })),
    }),
  ),
];
export const begin: Begin = {
  type: 'begin',
  format: 1,
  id: RUN_ID,
  failure: { code: 'AADSTS50173', category: 'local', time },
  steps,
  time,
};

/** One step or operation beyond those that are there. */
const step = fc.nat(3);
const operation = fc.nat(3);
const operations = fc.uniqueArray(operation);

/** Any record but the first, as a run may write it at some time. */
export const record: fc.Arbitrary<JournalRecord> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('acted' as const), step, operation }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('backed-up' as const),
      step,
      gone: operations,
      changed: operations,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('reverted' as const),
      step,
      operation,
      result: fc.constantFrom('restored', 'already', 'conflict', 'impossible'),
    }),
  },
  fc.record({ type: fc.constant('step' as const), step, time: fc.constant(time) }),
  fc.record({
    type: fc.constant('step-end' as const),
    step,
    status: fc.constantFrom('done', 'failed', 'cancelled'),
    time: fc.constant(time),
  }),
  fc.record({ type: fc.constant('your-turn' as const), step, time: fc.constant(time) }),
  fc.record({
    type: fc.constant('answered' as const),
    step,
    answer: fc.constantFrom('done', 'skip'),
    time: fc.constant(time),
  }),
  fc.record({
    type: fc.constant('verified' as const),
    step,
    verification: fc.constantFrom(
      { outcome: 'works' as const },
      { outcome: 'fails' as const, code: 'AADSTS50173' },
    ),
    time: fc.constant(time),
  }),
  fc.record({
    type: fc.constant('end' as const),
    status: fc.constantFrom('fixed', 'failed'),
    time: fc.constant(time),
  }),
  fc.record({ type: fc.constant('undo' as const), time: fc.constant(time) }),
  fc.record({ type: fc.constant('undo-end' as const), time: fc.constant(time) }),
);

export const backup: fc.Arbitrary<Backup> = fc.record({
  step,
  operation,
  backup: fc.record({ secret: fc.nat(99) }),
});

/** Deep enough to end a reader that goes down by calling itself. */
const deep = (depth: number) => `{"step":0,"operation":0,"backup":${'['.repeat(depth)}${']'.repeat(depth)}}`;
const foreign = fc.constantFrom(
  '{}',
  '[]',
  'null',
  '{"type":"acted","step":-1,"operation":0}',
  '{"type":"undo-end","time":"yesterday"}',
  '{"type":"end","status":"fixed"}',
  '{"__proto__":{"type":"undo-end"}}',
  JSON.stringify({ ...begin, id: '20250101T000000-00000000' }),
  JSON.stringify({ ...begin, steps: [] }),
  deep(200),
  deep(20_000),
);

type Shuffle = { at: number; do: 'drop' | 'double' | 'move'; to: number };
const shuffle: fc.Arbitrary<Shuffle> = fc.record({
  at: fc.nat(),
  do: fc.constantFrom('drop', 'double', 'move'),
  to: fc.nat(),
});

function shuffled(lines: string[], { at, to, ...change }: Shuffle): string[] {
  if (lines.length === 0) return lines;
  const from = at % lines.length;
  const line = lines[from] ?? '';
  const rest = change.do === 'double' ? lines : lines.toSpliced(from, 1);
  return change.do === 'drop' ? rest : rest.toSpliced(to % (rest.length + 1), 0, line);
}

/** A file of such lines: in order or not, with lines of others between them, then with damage to its bytes. */
export function fileOf(lines: fc.Arbitrary<string[]>): fc.Arbitrary<Uint8Array> {
  const whole = fc
    .record({
      lines,
      shuffles: fc.oneof(fc.constant<Shuffle[]>([]), fc.array(shuffle, { maxLength: 6 })),
      others: fc.oneof(
        fc.constant<[number, string][]>([]),
        fc.array(fc.tuple(fc.nat(), foreign), { maxLength: 3 }),
      ),
    })
    .map(({ lines, shuffles, others }) => {
      const moved = shuffles.reduce(shuffled, lines);
      const mixed = others.reduce((all, [at, line]) => all.toSpliced(at % (all.length + 1), 0, line), moved);
      return Buffer.from(mixed.map((line) => `${line}\n`).join(''));
    });
  return fc.oneof(whole, spoiled(whole, 3));
}

/** Whole lines of a file. */
export function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('utf8');
  return text.split('\n').slice(0, -1).filter(Boolean);
}
