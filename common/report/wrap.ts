/** Lines that a ticket shows as they are. */

/** Columns. */
const WIDTH = 80;
/** Of an item of a list, and of what stands below one. */
const START = /^(?:- | {2})?/;

/**
 * Breaks a line between words; a word that is longer than a line, such as an address, stays whole. What goes on in
 * the next line stands below the text of the first.
 */
export function wrap(text: string, width = WIDTH): string[] {
  const [start = ''] = START.exec(text) ?? [];
  const lines: string[] = [];
  let line = start;
  for (const word of text.slice(start.length).split(/\s+/).filter(Boolean)) {
    if (line.length > start.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(start.length);
    }
    line += line.length > start.length ? ` ${word}` : word;
  }
  return [...lines, line];
}
