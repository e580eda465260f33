/** Asking programs to close as a person does: by the cross of their windows. Nothing is ever ended by force. */
import { setTimeout } from 'node:timers/promises';
import { ProblemError } from '../../../common/problem.ts';
import { declare, type Pointer } from './native.ts';

const WM_CLOSE = 0x0010;
const GW_OWNER = 4;
const LOOK_AGAIN = 100;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/winuser/nf-winuser-findwindowexw
 * https://learn.microsoft.com/en-us/windows/win32/winmsg/wm-close
 */
const functions = declare((koffi) => {
  const user32 = koffi.load('user32.dll');
  const ask = (name: string): ((window: Pointer) => boolean) =>
    user32.func('__stdcall', name, 'bool', ['void *']);
  const next: (parent: null, after: Pointer, className: null, title: null) => Pointer = user32.func(
    '__stdcall',
    'FindWindowExW',
    'void *',
    ['void *', 'void *', 'void *', 'void *'],
  );
  const process: (window: Pointer, pid: number[]) => number = user32.func(
    '__stdcall',
    'GetWindowThreadProcessId',
    'uint32',
    ['void *', koffi.out(koffi.pointer('uint32'))],
  );
  const related: (window: Pointer, how: number) => Pointer = user32.func('__stdcall', 'GetWindow', 'void *', [
    'void *',
    'uint32',
  ]);
  const post: (window: Pointer, message: number, wParam: number, lParam: number) => boolean = user32.func(
    '__stdcall',
    'PostMessageW',
    'bool',
    ['void *', 'uint32', 'uintptr_t', 'intptr_t'],
  );
  return { next, process, related, post, visible: ask('IsWindowVisible'), enabled: ask('IsWindowEnabled') };
});

type Functions = Awaited<ReturnType<typeof functions>>;

/** All windows of the desktop; their order may change meanwhile, so one that comes again is the end. */
function topWindows(api: Functions): Set<Pointer> {
  const found = new Set<Pointer>();
  let window = api.next(null, null, null, null);
  while (window !== null && !found.has(window)) {
    found.add(window);
    window = api.next(null, window, null, null);
  }
  return found;
}

/** A dialog, and the window that waits for it, are for the person to answer. */
function canClose(api: Functions, window: Pointer): boolean {
  if (!api.visible(window) || !api.enabled(window)) return false;
  const owner = api.related(window, GW_OWNER);
  return owner === null || !api.visible(owner);
}

/** Asks the windows of these processes to close; gives how many were asked. */
async function askToClose(pids: ReadonlySet<number>): Promise<number> {
  const api = await functions();
  const asked = [...topWindows(api)].filter((window) => {
    const pid = [0];
    api.process(window, pid);
    return pids.has(pid[0] ?? 0) && canClose(api, window) && api.post(window, WM_CLOSE, 0, 0);
  });
  return asked.length;
}

/**
 * Asks once and waits until `running` gives no process, `timeout` milliseconds at most; false at once when there is
 * no window to ask. Fails with `cancelled`.
 */
export async function closeWindows(
  running: () => Promise<{ pid: number }[]>,
  { timeout, signal }: { timeout: number; signal: AbortSignal },
): Promise<boolean> {
  const held = () => {
    if (signal.aborted) throw new ProblemError('cancelled', 'while a program was asked to close');
  };
  held();
  const processes = await running();
  if (processes.length === 0) return true;
  if ((await askToClose(new Set(processes.map(({ pid }) => pid)))) === 0) return false;
  const end = performance.now() + timeout;
  while ((await running()).length > 0) {
    if (performance.now() >= end) return false;
    await setTimeout(Math.min(LOOK_AGAIN, timeout), undefined, { signal }).catch(held);
  }
  return true;
}
