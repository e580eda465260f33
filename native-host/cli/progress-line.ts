/** A line at the foot of a terminal that says what is waited for; nothing where there is no terminal. */
import { harmless } from './terminal.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Milliseconds for each. */
const PACE = 100;
const ERASE = '\r\u001B[2K';

export interface ProgressLine {
  /** Says this from now on. */
  say(text: string): void;
  /** Prints something above the line. */
  above(print: () => void): void;
  /** Takes the line away, for good. */
  end(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

export function progressLine(stream: Stream): ProgressLine {
  if (!stream.isTTY) return { say: () => undefined, above: (print) => print(), end: () => undefined };
  let [text, frame] = ['', 0];
  // A line that is wider than the terminal could not be erased as one.
  const draw = () => {
    const line = `${frames[frame % frames.length]} ${text}`;
    stream.write(`${ERASE}${line.slice(0, Math.max(1, (stream.columns || 80) - 1))}`);
  };
  const spin = setInterval(() => {
    frame += 1;
    draw();
  }, PACE);
  return {
    say: (now) => {
      text = harmless(now);
      draw();
    },
    above: (print) => {
      stream.write(ERASE);
      print();
      draw();
    },
    end: () => {
      clearInterval(spin);
      stream.write(ERASE);
    },
  };
}
