/** One call to the machine that fails, as a full disk or a virus scanner has it, and then all is well again. */
import { ProblemError, type ProblemKind } from '../../../common/problem.ts';
import { Fate } from './fate.ts';

/** A fate that kills nobody: at its moment the call to the machine fails. Begins when it is told to. */
export class Trouble extends Fate {
  readonly #at: number;
  readonly #kind: ProblemKind;
  #begun = false;

  constructor(at = Number.POSITIVE_INFINITY, kind: ProblemKind = 'internal') {
    super();
    this.#at = at;
    this.#kind = kind;
  }

  begin(): void {
    this.#begun = true;
  }

  override async moment(name: string): Promise<void> {
    if (!this.#begun) return;
    this.moments.push(name);
    if (this.moments.length - 1 === this.#at) throw new ProblemError(this.#kind, `a fault in ${name}`);
  }
}
