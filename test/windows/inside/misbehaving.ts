/** Remedies with short limits on a PC whose OneDrive misbehaves; prints what came of each as one JSON document. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { clearIdentityCacheWithin } from '../../../native-host/remedies/clear-identity-cache.ts';
import { purgeKerberos } from '../../../native-host/remedies/commands.ts';
import { relinkOneDriveWithin } from '../../../native-host/remedies/relink-onedrive.ts';
import type { ActContext, Json, Remedy } from '../../../native-host/remedies/remedy.ts';
import { resetOneDriveWithin } from '../../../native-host/remedies/reset-onedrive.ts';
import { restartOneDriveWithin } from '../../../native-host/remedies/restart-onedrive.ts';
import { problemOf } from './problem-of.ts';
import { arrange, tell } from './raw-pc.ts';
import type { Behaviour } from './stand-in-onedrive.ts';

const machine = await createWindowsMachine();
const folder = win32.join(machine.folders.localAppData, 'Microsoft', 'OneDrive');
const exe = win32.join(folder, 'OneDrive.exe');
const at = (name: string) => win32.join(folder, name);
const ACCOUNTS = 'Software\\Microsoft\\OneDrive\\Accounts';
const EMAIL = 'ada@contoso.example';

// Long enough for a busy PC to start a program or two, in Wine.
const limits = { close: 5_000, reset: 6_000, return: 1_000, start: 20_000 };
const reset = resetOneDriveWithin(limits);
const restart = restartOneDriveWithin(limits);
const relink = relinkOneDriveWithin({ ...limits, confirm: 600, look: 50 });
const patient = relinkOneDriveWithin({ ...limits, confirm: 600_000, look: 50 });
const clear = clearIdentityCacheWithin({ ...limits, app: 1_000 });

const place = 'per-user';
const account = { name: 'Business1', email: EMAIL, folder: '', tenant: '', since: '' };
const intents = {
  reset: { do: 'reset', place, accounts: [account] },
  restart: { do: 'restart', place },
  link: { do: 'account', account },
  close: { do: 'close-onedrive', place },
  kerberos: { run: 'purge-kerberos' },
};

const pids = async () => (await machine.processes.running('OneDrive.exe')).map(({ pid }) => pid);
/** To run is left out: who is not seen yet to run has not written it down yet. */
const told = () => lines().filter((line) => line !== '' && line !== '/background');
const lines = () => (existsSync(at('told.txt')) ? readFileSync(at('told.txt'), 'utf8').split('\n') : []);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(20);
}

/** One OneDrive that runs and has an account. */
async function begin(): Promise<number[]> {
  rmSync(at('behaviour.json'), { force: true });
  while ((await pids()).length > 0) {
    for (const pid of await pids()) process.kill(pid);
  }
  rmSync(at('pid'), { force: true });
  rmSync(at('told.txt'), { force: true });
  const text = Buffer.from(`${EMAIL}\0`, 'utf16le').toString('base64');
  const key = [...ACCOUNTS.split('\\'), 'Business1'];
  arrange({ remove: [ACCOUNTS], keys: [{ path: key, values: [['UserEmail', 1, text]] }] });
  await machine.processes.launch(exe, ['/background']);
  await until(() => lines().includes('/background'));
  rmSync(at('told.txt'));
  return pids();
}

const toldOf = (start: string) => until(() => told().some((line) => line.startsWith(start)));

interface Circumstances {
  behaviour: Behaviour;
  /** No account is linked. */
  unlinked?: true;
  /** The person cancels as soon as OneDrive is told something that begins so. */
  cancelAt?: string;
}

async function outcomeOf(remedy: Remedy, intent: Json, circumstances: Circumstances) {
  const { behaviour, unlinked, cancelAt } = circumstances;
  const before = await begin();
  if (unlinked) arrange({ remove: [ACCOUNTS] });
  writeFileSync(at('behaviour.json'), JSON.stringify(behaviour));
  const person = new AbortController();
  const act = problemOf(remedy.act(machine, intent, contextOf(person.signal)));
  if (cancelAt) {
    await Promise.race([toldOf(cancelAt), act]);
    person.abort();
  }
  const problem = await act;
  // Who is not waited for may not have written it down yet.
  if (unlinked) await toldOf('odopen:');
  return {
    problem,
    told: told(),
    linked: Object.keys(tell([ACCOUNTS]).keys[ACCOUNTS]?.keys ?? {}).length,
    ...(await running(before)),
  };
}

/** How many run, and whether the one from before and the child of a reset are among them. */
async function running(before: readonly number[]) {
  const now = await pids();
  const child = existsSync(at('child')) ? Number(readFileSync(at('child'), 'utf8')) : 0;
  return {
    running: now.length,
    same: now.some((pid) => before.includes(pid)),
    child: now.includes(child),
  };
}

const contextOf = (signal: AbortSignal): ActContext => ({
  signal,
  place: 'not-used',
  report: () => undefined,
  clearSession: async () => undefined,
});

/** One of Windows' tools that never ends, until the person cancels. */
async function endlessTool() {
  writeFileSync('codes.json', JSON.stringify({ klist: 'never' }));
  const person = new AbortController();
  const act = problemOf(purgeKerberos.act(machine, intents.kerberos, contextOf(person.signal)));
  await Promise.race([until(() => existsSync('told.txt')), act]);
  person.abort();
  return { problem: await act, running: (await machine.processes.running('klist.exe')).length };
}

/** OneDrive goes while it is reset, as in an update. */
async function vanishing() {
  const outcome = await outcomeOf(reset, intents.reset, { behaviour: { reset: 'vanishes' } });
  const again = await problemOf(reset.act(machine, intents.reset, contextOf(new AbortController().signal)));
  renameSync(at('OneDrive.old'), exe);
  return { ...outcome, again };
}

const of =
  (remedy: Remedy, intent: Json) => (behaviour: Behaviour, more?: Omit<Circumstances, 'behaviour'>) =>
    outcomeOf(remedy, intent, { behaviour, ...more });
const resetting = of(reset, intents.reset);
const restarting = of(restart, intents.restart);
const linking = of(relink, intents.link);

const results = {
  'reset, /shutdown ignored': await resetting({ shutdown: 'ignored' }),
  'reset, /shutdown hangs': await resetting({ shutdown: 'hangs' }),
  'reset, /shutdown fails': await resetting({ shutdown: 'fails' }),
  'reset, /shutdown slow': await resetting({ shutdown: 'slow' }),
  'reset, cancelled meanwhile': await resetting({ shutdown: 'slow' }, { cancelAt: '/shutdown' }),
  'reset, /reset hangs with a child': await resetting({ reset: 'hangs' }),
  'reset, /reset fails': await resetting({ reset: 'fails' }),
  'reset, does not come back by itself': await resetting({ reset: 'stays-away' }),
  'restart, /shutdown ignored': await restarting({ shutdown: 'ignored' }),
  'restart, /shutdown slow': await restarting({ shutdown: 'slow' }),
  'clear, /shutdown ignored': await of(clear, intents.close)({ shutdown: 'ignored' }),
  'link, nobody confirms': await linking({ setup: 'nobody' }, { unlinked: true }),
  'link, cancelled meanwhile': await of(patient, intents.link)(
    { setup: 'nobody' },
    { unlinked: true, cancelAt: 'odopen:' },
  ),
  'link, done': await of(patient, intents.link)({}, { unlinked: true }),
  'link, already': await linking({ setup: 'nobody' }),
  vanishing: await vanishing(),
  tool: await endlessTool(),
};
console.log(JSON.stringify(results));
// What it started and is left is not waited for.
process.exit();
