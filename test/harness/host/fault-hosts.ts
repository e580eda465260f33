/** Hosts that misbehave, each a few lines that Node runs as a browser's native-messaging host. */
import { speaking } from './host-program.ts';

const reply = `${speaking}const hello = (result) => hear(({ id }) => send({ id, result }));
`;

/** Programs by what is wrong with them. */
export const faults = {
  dies: 'process.exit(1)',
  silent: 'process.stdin.resume()',
  garbled: "process.stdout.write('Welcome\\n'); process.stdin.resume()",
  old: `${reply}hello({ protocol: 0, version: '0.0.9', unknownThen: true })`,
  newer: `${reply}hello({ protocol: 99, version: '9.0.0', somethingNew: [1] })`,
} as const;

/** The command of a misbehaving host. */
export function faultHost(fault: keyof typeof faults): string[] {
  return [process.execPath, '-e', faults[fault], '--'];
}

/** The command of a host that starts only after `ms` milliseconds, as under a busy antivirus. */
export function slowHost(
  ms: number,
  [node = process.execPath, script = '', ...args]: readonly string[],
): string[] {
  // Not a loader: the script's own arguments must stand where they always do.
  const wait = `setTimeout(() => import(${JSON.stringify(script)}), ${ms})`;
  return [node, '--input-type=module', '-e', wait, '--', script, ...args];
}
