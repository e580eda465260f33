/**
 * Reads a regular expression into its parts, so that the ways a backtracking machine tries can be counted. What one
 * character is compared with (a class, an escape, a letter in any case) stays text, and is left to the real machine.
 */
export type Part =
  | { is: 'sign'; source: string }
  | { is: 'edge'; source: string }
  | { is: 'back'; group: string }
  | { is: 'group'; ways: Part[][]; name: string | undefined }
  | { is: 'look'; ways: Part[][]; behind: boolean; wanted: boolean }
  | { is: 'repeat'; part: Part; least: number; most: number; lazy: boolean };

export interface Expression {
  ways: Part[][];
}

/** Reads the source of a `RegExp`, which the real machine has taken already. */
export function readExpression({ source }: RegExp): Expression {
  const reader = new Reader(source);
  const ways = reader.ways();
  if (!reader.over) throw new Error(`unread in /${source}/: ${reader.rest}`);
  return { ways };
}

/** One character as it may stand in an expression. */
const SIGN =
  /\\(?:u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]+\}|.)|\[(?:\\.|[^\]\\])*\]|[^()|*+?{}[\]^$\\]|[{}\]]/isuy;
const OPENING = /\((?:\?(?:(<?[=!])|:|<(\w+)>))?/y;
const COUNT = /(?:([*+?])|\{(\d+)(,(\d*))?\})(\?)?/y;
const BACK = /\\(?:([1-9])|k<(\w+)>)/y;
const EDGE = /[\^$]|\\[bB]/y;

class Reader {
  readonly #source: string;
  #at = 0;
  #groups = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get rest(): string {
    return this.#source.slice(this.#at);
  }

  get over(): boolean {
    return this.rest === '';
  }

  ways(): Part[][] {
    const found = [this.#row()];
    while (this.#take(/\|/y)) found.push(this.#row());
    return found;
  }

  #row(): Part[] {
    const row: Part[] = [];
    for (let part = this.#part(); part; part = this.#part()) row.push(this.#counted(part));
    return row;
  }

  #part(): Part | undefined {
    const edge = this.#take(EDGE);
    if (edge) return { is: 'edge', source: edge[0] };
    const back = this.#take(BACK);
    if (back) return { is: 'back', group: back[1] ?? back[2] ?? '' };
    const opening = this.#take(OPENING);
    if (opening) return this.#group(opening);
    const sign = this.#take(SIGN);
    return sign && { is: 'sign', source: sign[0] };
  }

  #group([whole, look, name]: RegExpExecArray): Part {
    if (whole === '(' || name !== undefined) this.#groups += 1;
    const own = whole === '(' ? String(this.#groups) : name;
    const ways = this.ways();
    if (!this.#take(/\)/y)) throw new Error(`not closed: ${this.rest}`);
    if (look === undefined) return { is: 'group', ways, name: own };
    return { is: 'look', ways, behind: look.startsWith('<'), wanted: look.endsWith('=') };
  }

  #counted(part: Part): Part {
    const count = this.#take(COUNT);
    if (!count) return part;
    const [, sign, exact, range, upper, lazy] = count;
    const least = exact === undefined ? Number(sign === '+') : Number(exact);
    const open = sign === undefined ? range !== undefined && !upper : sign !== '?';
    const most = open ? Number.POSITIVE_INFINITY : Number(upper || (exact ?? 1));
    return { is: 'repeat', part, least, most, lazy: lazy !== undefined };
  }

  #take(what: RegExp): RegExpExecArray | undefined {
    what.lastIndex = this.#at;
    const found = what.exec(this.#source) ?? undefined;
    if (found) this.#at = what.lastIndex;
    return found;
  }
}
