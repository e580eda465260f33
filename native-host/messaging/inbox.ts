/**
 * Takes messages in no faster than they are answered: of a browser that asks and asks and does not read, nothing more
 * is read either, so that neither work nor answers pile up. The pipe holds the rest.
 */
import type { Readable } from 'node:stream';

export class Inbox {
  readonly #input: Readable;
  readonly #hasRoom: () => boolean;
  /** What had come before the input stood still: of one chunk at most. */
  #waiting: (() => void)[] = [];
  /** The place of the first that is not yet taken in. */
  #next = 0;
  #taking = false;

  constructor(input: Readable, hasRoom: () => boolean) {
    this.#input = input;
    this.#hasRoom = hasRoom;
  }

  /** One message, by what takes it in. */
  add(take: () => void): void {
    this.#waiting.push(take);
    this.goOn();
  }

  /** Call it whenever there may be room again. */
  goOn(): void {
    // Taking one in may answer it at once, which calls this.
    if (this.#taking) return;
    this.#taking = true;
    while (this.#next < this.#waiting.length && this.#hasRoom()) this.#waiting[this.#next++]?.();
    this.#taking = false;
    if (this.#next < this.#waiting.length) {
      this.#input.pause();
      return;
    }
    this.#waiting = [];
    this.#next = 0;
    this.#input.resume();
  }
}
