/**
 * OneDrive.exe as the product sees it: it keeps running, closes and resets when it is told, holds its settings open
 * while it runs, and links the account that its set-up is opened for. Beside it lie `told.txt`, what it was told (to run, once it runs);
 * `linked.json`, what it links; and `behaviour.json`, how it misbehaves.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { holdOpen } from './raw-files.ts';
import { setRaw, withRaw } from './raw-registry.ts';
import { removeRaw } from './raw-remove.ts';
import { words } from './stand-in-words.ts';

export interface Behaviour {
  /** `slow`: the running one takes its time after it was told. */
  shutdown?: 'ignored' | 'hangs' | 'fails' | 'slow';
  /** `hangs`: with a child, for ever, and OneDrive is closed. `stays-away`: it does not start again by itself. `vanishes`: it is no longer there. */
  reset?: 'hangs' | 'stays-away' | 'fails' | 'vanishes';
  /** `nobody`: the person confirms only once there is a file `confirmed`. */
  setup?: 'nobody';
}

/** The values of an account's key but for the time of its link: name → text. */
export type Accounts = Record<string, Record<string, string>>;

const folder = win32.dirname(process.execPath);
const at = (name: string) => win32.join(folder, name);
const read = <T>(name: string, otherwise: T): T =>
  existsSync(at(name)) ? JSON.parse(readFileSync(at(name), 'utf8')) : otherwise;

const ACCOUNTS = ['Software', 'Microsoft', 'OneDrive', 'Accounts'];
const QWORD = 11;

export async function play(): Promise<never> {
  const told = words().replaceAll('"', '');
  if (told === 'child') await beChild();
  if (told !== '/background') note(told);
  const behaviour = read<Behaviour>('behaviour.json', {});
  if (told === '/shutdown') await shutDown(behaviour);
  if (told === '/reset') await reset(behaviour);
  if (told === '/background') await run();
  if (told.startsWith('odopen:')) await setUp(told, behaviour);
  process.exit(1);
}

const note = (told: string) => appendFileSync(at('told.txt'), `${told}\n`);

async function shutDown({ shutdown }: Behaviour): Promise<never> {
  if (shutdown === 'hangs') await forEver();
  if (shutdown === 'slow') writeFileSync(at('leave'), '');
  if (shutdown === undefined) await end();
  process.exit(shutdown === 'fails' ? 5 : 0);
}

async function reset({ reset: how }: Behaviour): Promise<never> {
  if (how === 'fails') process.exit(5);
  await end();
  if (how === 'hangs') {
    // Detached: else Node would have it end with this process.
    spawn(process.execPath, ['child'], { detached: true, stdio: 'ignore' });
    while (!existsSync(at('child'))) await setTimeout(10);
    note('/reset has a child');
    await forEver();
  }
  removeRaw(ACCOUNTS.join('\\'));
  if (how === 'vanishes') renameSync(process.execPath, at('OneDrive.old'));
  if (how === undefined) start();
  process.exit(0);
}

async function run(): Promise<never> {
  if (runs()) process.exit(0);
  rmSync(at('leave'), { force: true });
  holdOpen(at('settings\\PreSignInSettingsConfig.json'));
  writeFileSync(at('pid'), String(process.pid));
  note('/background');
  while (!existsSync(at('leave'))) await setTimeout(50);
  await setTimeout(500);
  process.exit(0);
}

/** One account for each address; `odopen://launch` is for the personal one. */
async function setUp(url: string, { setup }: Behaviour): Promise<never> {
  while (setup === 'nobody' && !existsSync(at('confirmed'))) await setTimeout(20);
  const email = URL.parse(url)?.searchParams.get('useremail');
  const found = Object.entries(read<Accounts>('linked.json', {})).find(([name, { UserEmail }]) =>
    email ? UserEmail === email : name === 'Personal',
  );
  if (!found) process.exit(1);
  const [name, values] = found;
  withRaw([...ACCOUNTS, name], (key) => {
    for (const [value, text] of Object.entries(values))
      setRaw(key, value, 1, Buffer.from(`${text}\0`, 'utf16le'));
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(BigInt(Date.now()));
    setRaw(key, 'ClientFirstSignInTimestamp', QWORD, time);
  });
  if (!runs()) start();
  process.exit(0);
}

function start(): void {
  spawn(process.execPath, ['/background'], { detached: true, stdio: 'ignore' }).unref();
}

const running = () => (existsSync(at('pid')) ? Number(readFileSync(at('pid'), 'utf8')) : undefined);

function runs(pid = running()): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Ends the one that runs, and sees it gone. */
async function end(): Promise<void> {
  const pid = running();
  if (pid === undefined) return;
  if (runs(pid)) process.kill(pid);
  while (runs(pid)) await setTimeout(10);
  rmSync(at('pid'), { force: true });
}

async function beChild(): Promise<never> {
  writeFileSync(at('child'), String(process.pid));
  return forEver();
}

async function forEver(): Promise<never> {
  for (;;) await setTimeout(1000);
}
