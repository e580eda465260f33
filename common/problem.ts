/**
 * Problems: errors that a person can act on. One table says each problem's number on the wire;
 * its words stand under `problem_<kind>` in _locales, so that CLI, popup and banner say the same.
 */
import * as v from 'valibot';

/** JSON-RPC error codes by kind. Only append; a number keeps its meaning for ever. */
export const problemNumbers = {
  'not-json': -32700,
  'not-a-request': -32600,
  'unknown-method': -32601,
  'bad-params': -32602,
  internal: -32603,
  'hello-first': -32001,
  'caller-refused': -32002,
  'plan-stale': -32003,
  'item-unknown': -32004,
  'run-busy': -32005,
  'run-unknown': -32006,
  'machine-unreadable': -32007,
  'onedrive-missing': -32008,
  'access-denied': -32009,
  'disk-full': -32010,
  'timed-out': -32011,
  'backup-unreadable': -32012,
  'message-too-large': -32013,
  'nothing-to-undo': -32014,
  'exe-failed': -32015,
  'onedrive-not-back': -32016,
  cancelled: -32017,
  'not-supported': -32018,
  'nothing-chosen': -32019,
  disconnected: -32020,
  'file-in-use': -32021,
  'app-open': -32022,
  'permission-refused': -32023,
  'browser-missing': -32024,
  'not-safe-now': -32025,
  'turned-off': -32026,
  'needs-approval': -32027,
} as const;

export type ProblemKind = keyof typeof problemNumbers;

const kinds = Object.keys(problemNumbers) as [ProblemKind, ...ProblemKind[]];

/** A problem as it crosses the port: `detail` is for a technician and never holds a secret. */
export const ProblemSchema = v.strictObject({
  kind: v.picklist(kinds),
  detail: v.optional(v.pipe(v.string(), v.maxLength(500))),
});

export type Problem = v.InferOutput<typeof ProblemSchema>;

/** The one error class thrown on purpose. Anything else that is thrown is a defect. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(kind: ProblemKind, detail?: string, options?: ErrorOptions) {
    super(detail === undefined ? kind : `${kind}: ${detail}`, options);
    this.name = 'ProblemError';
    this.problem = detail === undefined ? { kind } : { kind, detail: detail.slice(0, 500) };
  }
}

/** Any thrown value as a problem; a defect becomes `internal` with its message. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'internal', detail: detail.slice(0, 500) };
}
