/**
 * What the background remembers: what goes on in each tab, the plan and the run. Kept in `storage.session`, so that a
 * service worker that was put to sleep wakes with all of it; gone when the browser ends.
 */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { PlanSchema } from '../../common/plan.ts';
import { PolicySchema } from '../../common/policy.ts';
import { type Run, RunSchema, runEndings, UndoParams } from '../../common/run.ts';
import { CheckStateSchema, ExplainedSchema } from '../ui-state.ts';
import { TabStateSchema } from './tab-state.ts';

const MemorySchema = v.strictObject({
  tabs: v.record(v.string(), TabStateSchema),
  plan: v.nullable(PlanSchema),
  /** Whether the PC behind the host was a simulated one, when it was last heard of. */
  simulated: v.boolean(),
  run: v.nullable(RunSchema),
  /** What the host said of policy, when it was last heard. */
  policy: v.nullable(PolicySchema),
  /** The look at the connection that is shown, or is to be. */
  check: v.nullable(CheckStateSchema),
  explained: v.nullable(ExplainedSchema),
  /** When the connection was last looked at by itself, in milliseconds since 1970. */
  lookedAt: v.number(),
  /** Whether the PC was locked when it was last heard of. */
  locked: v.boolean(),
  /** The finding that was warned of last, and when. */
  warned: v.nullable(v.strictObject({ id: v.string(), time: v.number() })),
  /** The run that the person cancelled: it is not gone on with by itself, should the host die meanwhile. */
  cancelled: v.nullable(v.string()),
  /** The undo that was asked for last: one that is cut off goes on as it was asked for, not with more. */
  undo: v.nullable(UndoParams),
  /** The tab that we opened for ourselves; it is closed also when the background forgot why it is there. */
  ownTab: v.nullable(v.number()),
});

export type Memory = v.InferOutput<typeof MemorySchema>;

const KEY = 'memory';
const empty = (): Memory => ({
  tabs: {},
  plan: null,
  simulated: false,
  run: null,
  policy: null,
  check: null,
  explained: null,
  lookedAt: 0,
  locked: false,
  warned: null,
  cancelled: null,
  undo: null,
  ownTab: null,
});

let loaded: Promise<Memory> | undefined;

/** The memory, read once for each life of the background. What an older version wrote is dropped. */
export function recall(): Promise<Memory> {
  loaded ??= browser.storage.session.get(KEY).then(
    (stored) => {
      const parsed = v.safeParse(MemorySchema, stored[KEY]);
      return parsed.success ? parsed.output : empty();
    },
    () => empty(),
  );
  return loaded;
}

/** Changes the memory and writes it; the change is visible at once. */
export async function remember(change: (memory: Memory) => void): Promise<void> {
  const memory = await recall();
  change(memory);
  told?.(memory);
  await browser.storage.session.set({ [KEY]: memory });
}

let told: ((memory: Memory) => void) | undefined;

/** Is called with what is remembered whenever that changes. */
export function whenRemembered(tell: (memory: Memory) => void): void {
  told = tell;
}

const ended: ReadonlySet<Run['status']> = new Set(runEndings);

/** Whether a run is still going on or waits for a decision. */
export function isOpen(run: Pick<Run, 'status'> | null): boolean {
  return run !== null && !ended.has(run.status);
}

/** Whether a host is carrying a run out, as far as is known: not while it waits for the person. */
export function isGoingOn(run: Pick<Run, 'status'> | null): boolean {
  return run?.status === 'running' || run?.status === 'undoing';
}
