/** Programs asked to close, with windows and without; prints what came out as one JSON document. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { win32 } from 'node:path';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { problemOf } from './problem-of.ts';
import { awaitWindows, cancel, DIALOG, type, windowsOf } from './raw-windows.ts';

const { processes, folders } = await createWindowsMachine();
const notepad = win32.join(folders.system, 'notepad.exe');
const { signal } = new AbortController();
const long = { timeout: 60_000, signal };
const short = { timeout: 500, signal };
const count = async (image: string) => (await processes.running(image)).length;

const nothing = await processes.close('NotThere.exe', long);
await processes.launch(notepad, []);
await processes.launch(notepad, []);
await awaitWindows('Notepad', 2);
const two = { closed: await processes.close('NOTEPAD.EXE', long), left: await count('notepad.exe') };

const quiet = spawn(win32.resolve('Quiet.exe'), ['-e', 'console.log(1); setInterval(() => {}, 1000)'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(quiet.stdout, 'data');
await processes.launch(notepad, []);
const [unsaved = 0n] = await awaitWindows('Notepad', 1);
// Would not end if it waited for a program that nothing was asked of.
const windowless = { closed: await processes.close('Quiet.exe', long), left: await count('Quiet.exe') };
const others = windowsOf('Notepad').length;
quiet.kill();

type(unsaved);
const asks = await processes.close('notepad.exe', short);
const [question = 0n] = await awaitWindows(DIALOG, 1);
const again = await processes.close('notepad.exe', long);
const unanswered = windowsOf(DIALOG).length;
cancel(question);
await awaitWindows(DIALOG, 0);
const stop = new AbortController();
const stopped = problemOf(processes.close('notepad.exe', { timeout: 60_000, signal: stop.signal }));
await awaitWindows(DIALOG, 1);
stop.abort();
const cancelled = [
  await stopped,
  await problemOf(processes.close('notepad.exe', { timeout: 60_000, signal: AbortSignal.abort() })),
];

console.log(
  JSON.stringify({
    nothing,
    two,
    windowless,
    others,
    unsaved: { asks, again, unanswered, left: await count('notepad.exe') },
    cancelled,
  }),
);
