/**
 * Counts what a backtracking machine does with the regular expressions of some code: each character that it compares
 * and each way that it tries. Unlike seconds, these are the same on every PC. What it finds is held against the real
 * machine each time, so it counts the work of the same search.
 */
import { vi } from 'vitest';
import { type Expression, type Part, readExpression } from './expression.ts';

/** More is called without end. */
const MOST_STEPS = 50_000_000;

/** Goes on from a place; gives where the match ends, or -1. */
type Next = (at: number) => number;
type Try = (at: number, next: Next) => number;

/** The steps of all searches with regular expressions while `work` is done. Fails where they do not end. */
export function stepsOf(work: () => unknown): number {
  const real = RegExp.prototype.exec;
  let steps = 0;
  let counting = false;
  const spy = vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
    if (counting) return real.call(this, text);
    counting = true;
    try {
      // Counted first: the real machine could not be ended.
      const counted = search(this, String(text), MOST_STEPS - steps);
      steps += counted.steps;
      const found = real.call(this, text);
      const same = found ? found.index === counted.at && found[0].length === counted.length : counted.at < 0;
      if (!same) throw new Error(`counted otherwise than it is found: ${this} in ${text.slice(0, 80)}`);
      return found;
    } finally {
      counting = false;
    }
  });
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return steps;
}

function search(
  expression: RegExp,
  text: string,
  most: number,
): { at: number; length: number; steps: number } {
  const { global, sticky, lastIndex } = expression;
  const machine = new Machine(expression, text, most);
  const whole = machine.ways(read(expression).ways, false);
  const from = global || sticky ? lastIndex : 0;
  for (let at = from; at <= (sticky ? from : text.length); at += 1) {
    const end = machine.begin(whole, at);
    if (end >= 0) return { at, length: end - at, steps: machine.steps };
  }
  return { at: -1, length: 0, steps: machine.steps };
}

const known = new Map<string, Expression>();

function read(expression: RegExp): Expression {
  const key = String(expression);
  const parts = known.get(key) ?? readExpression(expression);
  known.set(key, parts);
  return parts;
}

const signs = new Map<string, Map<string, boolean>>();

class Machine {
  steps = 0;
  readonly #text: string;
  readonly #flags: string;
  readonly #wide: boolean;
  readonly #lines: boolean;
  readonly #most: number;
  readonly #groups = new Map<string, string>();

  constructor({ flags, unicode, multiline }: RegExp, text: string, most: number) {
    this.#text = text;
    this.#flags = flags.replace(/[gydm]/g, '');
    this.#wide = unicode;
    this.#lines = multiline;
    this.#most = most;
  }

  begin(whole: Try, at: number): number {
    this.#groups.clear();
    return whole(at, (end) => end);
  }

  /** One of several rows; `back` reads from right to left, as what looks behind does. */
  ways(rows: readonly Part[][], back: boolean): Try {
    const tries = rows.map((row) => this.#row(row, back));
    return (at, next) => {
      for (const each of tries) {
        this.#step();
        const end = each(at, next);
        if (end >= 0) return end;
      }
      return -1;
    };
  }

  #row(parts: readonly Part[], back: boolean): Try {
    const tries = parts.map((part) => this.#part(part, back));
    const ordered = back ? tries : tries.reverse();
    const end: Try = (at, next) => next(at);
    return ordered.reduce((after, each) => (at, next) => each(at, (there) => after(there, next)), end);
  }

  #part(part: Part, back: boolean): Try {
    switch (part.is) {
      case 'sign': {
        const past = this.#sign(part.source, back);
        return (at, next) => this.#goOn(past(at), next);
      }
      case 'edge':
        return (at, next) => (this.#isEdge(part.source, at) ? next(at) : -1);
      case 'back':
        return (at, next) => this.#goOn(this.#again(part.group, at), next);
      case 'look': {
        const look = this.ways(part.ways, part.behind);
        return (at, next) => (look(at, (end) => end) >= 0 === part.wanted ? next(at) : -1);
      }
      case 'group':
        return this.#group(this.ways(part.ways, back), part.name);
      case 'repeat':
        return part.part.is === 'sign'
          ? this.#run(this.#sign(part.part.source, back), part)
          : this.#loop(this.#part(part.part, back), part);
    }
  }

  /** Where it goes on behind one character that fits, or -1. */
  #sign(source: string, back: boolean): Next {
    const key = `${this.#flags}/${source}`;
    const known = signs.get(key) ?? new Map<string, boolean>();
    signs.set(key, known);
    const alone = new RegExp(`^(?:${source})$`, this.#flags);
    return (at) => {
      this.#step();
      const sign = this.#signAt(at, back);
      if (sign === '') return -1;
      const fits = known.get(sign) ?? alone.test(sign);
      known.set(sign, fits);
      return fits ? at + (back ? -sign.length : sign.length) : -1;
    };
  }

  #signAt(at: number, back: boolean): string {
    if (!this.#wide) return this.#text.charAt(back ? at - 1 : at);
    const pair = this.#text.slice(Math.max(0, at - 2), at);
    if (back) return pair.length === 2 && (pair.codePointAt(0) ?? 0) > 0xffff ? pair : pair.slice(-1);
    const code = this.#text.codePointAt(at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** A row of single characters, without a call within a call for each. */
  #run(past: Next, { least, most, lazy }: Extract<Part, { is: 'repeat' }>): Try {
    return (at, next) => {
      const ends = [at];
      const more = () => {
        const there = ends.length <= most ? past(ends.at(-1) ?? at) : -1;
        return there >= 0 && ends.push(there) > 0;
      };
      while (ends.length <= least) if (!more()) return -1;
      return lazy ? this.#fewest(ends, more, next) : this.#longest(ends, more, least, next);
    };
  }

  /** As many as there are, then one less each time. */
  #longest(ends: number[], more: () => boolean, least: number, next: Next): number {
    while (more());
    for (let count = ends.length - 1; count >= least; count -= 1) {
      const end = this.#goOn(ends[count] ?? -1, next);
      if (end >= 0) return end;
    }
    return -1;
  }

  /** As few as may be, then one more each time. */
  #fewest(ends: number[], more: () => boolean, next: Next): number {
    do {
      const end = this.#goOn(ends.at(-1) ?? -1, next);
      if (end >= 0) return end;
    } while (more());
    return -1;
  }

  #loop(once: Try, { least, most, lazy }: Extract<Part, { is: 'repeat' }>): Try {
    const from = (count: number, at: number, next: Next): number => {
      this.#step();
      // Once more without anything read would go on for ever.
      const more = () =>
        count < most
          ? once(at, (end) => (end === at && count >= least ? -1 : from(count + 1, end, next)))
          : -1;
      const enough = () => (count >= least ? next(at) : -1);
      const first = lazy ? enough() : more();
      return first >= 0 ? first : lazy ? more() : enough();
    };
    return (at, next) => from(0, at, next);
  }

  #group(inner: Try, name: string | undefined): Try {
    if (name === undefined) return inner;
    return (at, next) =>
      inner(at, (end) => {
        const before = this.#groups.get(name);
        this.#groups.set(name, this.#text.slice(Math.min(at, end), Math.max(at, end)));
        const there = next(end);
        if (there < 0 && before !== undefined) this.#groups.set(name, before);
        return there;
      });
  }

  #again(group: string, at: number): number {
    const text = this.#groups.get(group) ?? '';
    return this.#text.startsWith(text, at) ? at + text.length : -1;
  }

  #isEdge(source: string, at: number): boolean {
    this.#step();
    const [before, after] = [this.#text.charAt(at - 1), this.#text.charAt(at)];
    if (source === '^') return at === 0 || (this.#lines && /[\n\r\u2028\u2029]/.test(before));
    if (source === '$') return after === '' || (this.#lines && /[\n\r\u2028\u2029]/.test(after));
    return (/\w/.test(before) !== /\w/.test(after)) === (source === '\\b');
  }

  #goOn(at: number, next: Next): number {
    if (at < 0) return -1;
    this.#step();
    return next(at);
  }

  #step(): void {
    this.steps += 1;
    if (this.steps > this.#most) throw new Error(`more than ${MOST_STEPS} steps`);
  }
}
