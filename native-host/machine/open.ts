/** Which PC the host works on: the real one on Windows, else the simulated one, loaded only when chosen. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from './machine.ts';

/** `windows`, `simulated` or `simulated:FILE`; undefined is this PC on Windows and a simulated one elsewhere. */
export type MachineChoice = string | undefined;

/** Where the simulated PC is kept when no file is named. */
function defaultSimulatedFile(): string {
  const { env } = process;
  // What is empty or relative counts as not set (XDG base directories, 0.8).
  const named = [env.LOCALAPPDATA, env.XDG_STATE_HOME].find((folder) => folder && isAbsolute(folder));
  const state = named ?? join(homedir(), '.local', 'state');
  return join(state, 'signin-rescue', 'simulated-pc.json');
}

/** Opens the chosen machine. Fails with `not-supported` for what is not offered here. */
export async function openMachine(choice: MachineChoice): Promise<Machine> {
  const onWindows = process.platform === 'win32';
  const [kind, ...rest] = (choice ?? (onWindows ? 'windows' : 'simulated')).split(':');
  if (kind === 'windows' && rest.length === 0) {
    if (!onWindows) throw new ProblemError('not-supported', 'this is not Windows; use --machine simulated');
    const { createWindowsMachine } = await import('./windows/index.ts');
    return createWindowsMachine();
  }
  if (kind !== 'simulated') throw new ProblemError('not-supported', `--machine ${choice}`);
  const { createSimulatedMachine, ensureSamplePc } = await import('./simulated/index.ts');
  const named = rest.join(':');
  const file = named || defaultSimulatedFile();
  if (!named) await ensureSamplePc(file);
  return createSimulatedMachine(file);
}
