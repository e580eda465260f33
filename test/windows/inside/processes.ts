/** Processes, started, found and ended, in one start of Wine. The working folder is the test's own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { problemOf } from './problem-of.ts';

const { processes } = await createWindowsMachine();
const node = process.execPath;
const oneDrive = win32.resolve('folder with spaces', 'OneDrive.exe');
const script = (name: string) => win32.resolve(name);

/** A file's JSON as soon as it is complete. */
async function awaited(name: string): Promise<unknown> {
  for (;;) {
    try {
      return JSON.parse(readFileSync(name, 'utf8'));
    } catch {
      await setTimeout(20);
    }
  }
}

async function gone(image: string): Promise<boolean> {
  while ((await processes.running(image)).length > 0) await setTimeout(20);
  return true;
}

const signal = new AbortController().signal;
const long = { timeout: 30_000, signal };

const self = await processes.running(win32.basename(node).toUpperCase());
const codes: number[] = [];
for (const code of [0, 7, 3_221_225_477]) {
  codes.push(await processes.run(node, ['-e', `process.exit(${code})`], long));
}
const odd = ['', 'a b', '"', 'c:\\d e\\', '日本 \u{1F600}', '%PATH%', '& calc', '^'];
await processes.run(node, [script('arguments.cjs'), 'run.json', ...odd], long);

const slow = await problemOf(
  processes.run(node, ['-e', 'setInterval(() => {}, 1000)'], { timeout: 300, signal }),
);
const afterSlow = await processes.running(win32.basename(node));

const stop = new AbortController();
const tree = processes.run(oneDrive, [script('tree.cjs'), '2'], { timeout: 60_000, signal: stop.signal });
const cancelled = problemOf(tree);
await awaited('tree0.json');
const treeAlive = (await processes.running('onedrive.exe')).length;
stop.abort();
const cancelledKind = await cancelled;
const treeLeft = await processes.running('onedrive.exe');

const wordy = (code: string, most = 100, limit = long) =>
  processes.output(node, ['-e', code], { ...limit, most });
const bytes = '[0x81, 0x0d, 0x0a]';
const wrote = [
  await wordy(`process.stdout.write(Buffer.from(${bytes}))`),
  await wordy("console.error('no'); process.stdout.write('x'.repeat(100)); process.exitCode = 9"),
  await wordy(''),
];
const endless = 'setInterval(() => process.stdout.write("x".repeat(99)), 1)';
// It ends, and leaves one behind that holds what it wrote to.
const holding = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 3000)'],
  { stdio: 'inherit', detached: true }).unref(); setTimeout(() => process.exit(), 300)`;
const pipes = () => process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;
const held = await problemOf(wordy(holding, 100, { timeout: 1_500, signal }));
const isHeld = async () => (await processes.running(win32.basename(node))).length > 1;
while (pipes() > 0 && (await isHeld())) await setTimeout(20);
const letGo = await isHeld();
const unwritten = {
  'too much': await problemOf(wordy(endless)),
  'too late': await problemOf(wordy('setInterval(() => {}, 1000)', 100, { timeout: 300, signal })),
  'held by another': held,
  cancelled: await problemOf(wordy(endless, 1e9, { timeout: 30_000, signal: AbortSignal.timeout(300) })),
  'cancelled before': await problemOf(wordy('', 1, { timeout: 30_000, signal: AbortSignal.abort() })),
  'not there': await problemOf(processes.output('C:\\nowhere\\x.exe', [], { ...long, most: 1 })),
  'no program': await problemOf(processes.output(script('not-a-program.exe'), [], { ...long, most: 1 })),
};
while ((await processes.running(win32.basename(node))).length > 1) await setTimeout(20);

const problems = {
  'already cancelled': await problemOf(
    processes.run(node, [], { timeout: 1000, signal: AbortSignal.abort() }),
  ),
  'run what is not there': await problemOf(processes.run('C:\\nowhere\\x.exe', [], long)),
  'run a bare name': await problemOf(processes.run('node.exe', [], long)),
  'run a script': await problemOf(processes.run('C:\\x.cmd', [], long)),
  'run what is no program': await problemOf(processes.run(script('not-a-program.exe'), [], long)),
  'launch what is not there': await problemOf(processes.launch('C:\\nowhere\\x.exe', [])),
  'launch what ends at once with an error': await problemOf(
    processes.launch(node, ['-e', 'process.exit(3)']),
  ),
  'launch a bare name': await problemOf(processes.launch('notepad', [])),
  'open a file': await problemOf(processes.open('file:///C:/windows/notepad.exe')),
  'open what no program is for': await problemOf(processes.open('ms-settings:network')),
};

await processes.open('odopen://sync?useremail=ann@contoso.com');
const opened = await awaited('opened.json');

await processes.launch(oneDrive, [script('arguments.cjs'), 'launched.json', ...odd]);
const launched = await awaited('launched.json');
await gone('OneDrive.exe');
await processes.launch(oneDrive, [script('stay.cjs')]);
await awaited('stay.json');
const staying = await processes.running('OneDrive.exe');
writeFileSync('done.json', '1');

console.log(
  JSON.stringify({
    self,
    pid: process.pid,
    codes,
    ran: await awaited('run.json'),
    slow,
    afterSlow,
    treeAlive,
    cancelledKind,
    treeLeft,
    wrote,
    unwritten,
    letGo,
    problems,
    opened,
    launched,
    staying,
  }),
);
// At once, as a browser ends it: what was launched must not notice.
process.kill(process.pid);
