/** The real host, which notes down that it was started, and by whom, before anything else. */
import { existsSync, readFileSync } from 'node:fs';

/** The command of a host that writes its process id and arguments into this file, a line for each start. */
export function notingHost(
  file: string,
  [node = process.execPath, script = '', ...args]: readonly string[],
): string[] {
  const note = `import { appendFileSync } from 'node:fs';
    appendFileSync(${JSON.stringify(file)}, process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n');
    import(${JSON.stringify(script)});`;
  // The script stands in its usual place, as it looks for its own arguments after that.
  return [node, '--input-type=module', '-e', note, '--', script, ...args];
}

/** The starts that were noted. */
export function starts(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

/** The process that was started last. */
export function newest(file: string): number {
  const pid = Number.parseInt(starts(file).at(-1) ?? '', 10);
  if (Number.isNaN(pid)) throw new Error('no host was started');
  return pid;
}
