/** Windows of programs, found and typed into without any code of the product. Runs in Wine. */
import { setTimeout } from 'node:timers/promises';
import koffi from 'koffi';

type Handle = bigint | null;

const user32 = koffi.load('user32.dll');
const next = user32.func('__stdcall', 'FindWindowExW', 'void *', ['void *', 'void *', 'str16', 'str16']);
const visible = user32.func('__stdcall', 'IsWindowVisible', 'bool', ['void *']);
const post = user32.func('__stdcall', 'PostMessageW', 'bool', ['void *', 'uint32', 'uintptr_t', 'intptr_t']);
const WM_CHAR = 0x0102;
const WM_COMMAND = 0x0111;
const IDCANCEL = 2;
/** The class of all dialogs. */
export const DIALOG = '#32770';

export function windowsOf(className: string): bigint[] {
  const found: bigint[] = [];
  for (let window: Handle = null; ; ) {
    window = next(null, window, className, null);
    if (window === null) return found;
    if (visible(window)) found.push(window);
  }
}

/** Waits until there are that many visible windows of a class. */
export async function awaitWindows(className: string, count: number): Promise<bigint[]> {
  for (;;) {
    const found = windowsOf(className);
    if (found.length === count) return found;
    await setTimeout(20);
  }
}

/** Types a letter into Notepad's text. */
export function type(notepad: bigint): void {
  if (!post(next(notepad, null, 'Edit', null), WM_CHAR, 'x'.charCodeAt(0), 0)) throw new Error('not typed');
}

export function cancel(dialog: bigint): void {
  if (!post(dialog, WM_COMMAND, IDCANCEL, 0)) throw new Error('not cancelled');
}
