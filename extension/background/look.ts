/** The look at the connection that goes on, if one does: what it has found so far. */
import type { CheckScope, Diagnosis } from '../../common/check.ts';
import { diagnose } from '../../common/diagnosis.ts';
import type { Finding, HostCheckId } from '../../common/findings.ts';
import type { CheckState } from '../ui-state.ts';

/** Milliseconds between two views of what has come meanwhile; findings come many at once. */
const PACE = 80;

export class Look {
  readonly stop = new AbortController();
  /** Asked for by nobody: shown only when it has something to say. */
  readonly quiet: boolean;
  readonly #scope: CheckScope;
  readonly #startedAt = new Date();
  readonly #changed: () => void;
  #findings: Finding[] = [];
  #byHost: readonly HostCheckId[] = [];
  #byBrowser = true;
  #end: Pick<CheckState, 'state' | 'diagnosis' | 'took'> = { state: 'looking', diagnosis: null, took: null };
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(scope: CheckScope, quiet: boolean, changed: () => void) {
    this.#scope = scope;
    this.quiet = quiet;
    this.#changed = changed;
  }

  get going(): boolean {
    return this.#end.state === 'looking';
  }

  get state(): CheckState {
    return {
      scope: this.#scope,
      ...this.#end,
      waiting: this.going ? [...this.#byHost, ...(this.#byBrowser ? (['browser'] as const) : [])] : [],
      findings: [...this.#findings],
      startedAt: this.#startedAt.toISOString(),
    };
  }

  found(findings: readonly Finding[]): void {
    const ids = new Set(findings.map(({ id }) => id));
    this.#findings = [...this.#findings.filter(({ id }) => !ids.has(id)), ...findings];
    this.#tellSoon();
  }

  /** What the browser itself looked at. */
  foundByBrowser(findings: readonly Finding[]): void {
    this.#byBrowser = false;
    this.found(findings);
  }

  waiting(checks: readonly HostCheckId[]): void {
    this.#byHost = checks;
    this.#tellSoon();
  }

  /** It is over: with all findings, those of the browser alone, or what there was when it was cancelled. */
  end(state: Exclude<CheckState['state'], 'looking'>): CheckState {
    clearTimeout(this.#telling);
    const diagnosis: Diagnosis = diagnose(this.#findings);
    this.#end = { state, diagnosis, took: Date.now() - this.#startedAt.getTime() };
    return this.state;
  }

  #tellSoon(): void {
    if (this.quiet || !this.going) return;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#changed();
    }, PACE);
  }
}

let current: Look | undefined;

/** Begins a look, and ends the one before. */
export function beginLook(scope: CheckScope, quiet: boolean, changed: () => void): Look {
  current?.stop.abort();
  current = new Look(scope, quiet, changed);
  return current;
}

/** The look that the host's notifications are about; undefined when none goes on. */
export function currentLook(): Look | undefined {
  return current?.going ? current : undefined;
}
