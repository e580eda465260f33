/** What a program has started, and what it takes: from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** What a file of a process says; empty where the process has ended. */
function said(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Behind the name in parentheses, which may hold anything: its state, then its parent. */
const parentOf = (pid: number) => Number(/\) \S (\d+) /.exec(said(pid, 'stat'))?.[1]);

/** The process and all that descend from it. */
export function processTree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: parentOf(Number(name)) }));
  const tree = new Set([root]);
  // A set goes on over what is added on the way.
  for (const each of tree) for (const { pid, parent } of parents) if (parent === each) tree.add(pid);
  return [...tree];
}

/** Which of these processes run this script or program. */
export const running = (pids: readonly number[], program: string): number[] =>
  pids.filter((pid) => said(pid, 'cmdline').split('\0').includes(program));

/** MiB in memory, pages that several share divided among them. https://docs.kernel.org/filesystems/proc.html */
export function memoryOf(pids: readonly number[]): number {
  const kib = pids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(said(pid, 'smaps_rollup'))?.[1] ?? 0));
  return kib.reduce((sum, each) => sum + each, 0) / 1024;
}
