/**
 * One life of the host on a real machine, in one process. First the run that the life before it left is finished or
 * undone; then the PC is arranged anew, and a run begins that this process does not outlive: at the fatal moment it
 * terminates itself. Reads life.json; prints what it found before it lives, and the moments if it lives to the end.
 */
import { readFileSync, rmSync, writeSync } from 'node:fs';
import { win32 } from 'node:path';
import type { Failure } from '../../../common/plan.ts';
import { ProblemError } from '../../../common/problem.ts';
import type { Verification } from '../../../common/run.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';
import { chosenSteps, everything } from '../../../native-host/runs/choice.ts';
import { carryOut } from '../../../native-host/runs/engine.ts';
import { occupy } from '../../../native-host/runs/meeting-point.ts';
import { makePlan } from '../../../native-host/runs/plan.ts';
import { Journal } from '../../../native-host/runs/store.ts';
import { undo } from '../../../native-host/runs/undo.ts';
import { runHostOf } from '../../harness/host/run-host.ts';
import { Fate, mortalJournal, mortalMachine } from '../../harness/mortal/fate.ts';
import type { Found, LifeOrders, Recovered, Stand } from '../../harness/mortal/mortal-wine.ts';
import { RUN_ID, TIME } from '../../harness/run-records.ts';
import { base64, identityOf } from '../../harness/wine/wine-identity.ts';
import { treeAt, writeTree } from '../../harness/wine/wine-tree.ts';
import { arrange, type PcOrders, tell } from './raw-pc.ts';
import { removeRaw } from './raw-remove.ts';

const machine = await createWindowsMachine();
const runs = win32.join(machine.stateFolder, 'runs');
const microsoft = win32.join(machine.folders.localAppData, 'Microsoft');
const CODE = 'AADSTS50020';
const failure: Failure = { code: CODE, category: 'local', time: TIME };
/** It never helps, so that every step is done. */
const verify = async (): Promise<Verification> => ({ outcome: 'fails', code: CODE });

const IDENTITY = identityOf('16.0');
const identity = IDENTITY.split('\\');
const start: PcOrders = {
  credentials: [
    { target: 'OneDrive Cached Credential', user: 'ada', comment: 'c', persist: 3, blob: 'AAECAwQ=' },
    { target: 'MicrosoftOffice16_Data:SSPI:ada', blob: Buffer.alloc(2560, 7).toString('base64') },
    { target: 'git:https://git.contoso.example', user: 'ada', blob: 'c3Vydml2ZXM=' },
  ],
  remove: [IDENTITY],
  keys: [
    {
      path: identity,
      values: [
        ['EnableADAL', 4, 'AQAAAA=='],
        ['SignedOutADUser', 1, base64('ada')],
      ],
    },
    {
      path: [...identity, 'Identities', 'ada_AD'],
      values: [
        ['', 1, base64('no NUL')],
        ['odd', 0x7fff_0001, 'CQ=='],
      ],
    },
    { path: [...identity, 'Identities', 'ada_AD', 'Empty'], values: [] },
  ],
};
const files = {
  'OneAuth/accounts/1.json': 'one',
  'OneAuth/deep/er/2.bin': 'two',
  'IdentityCache/1/UD/x': 'x',
  'Other/survives.txt': 'not ours',
};

async function stand(): Promise<Stand> {
  return {
    ...tell([IDENTITY]),
    files: await treeAt(microsoft),
    quarantine: await treeAt(win32.join(machine.stateFolder, 'quarantine')),
  };
}

async function recover(way: 'finish' | 'undo'): Promise<Recovered> {
  const { host, ended } = runHostOf(machine, verify);
  const shown = (await host.past.current())?.status;
  const finished = way === 'finish' ? await ended(host.finish(RUN_ID)) : undefined;
  const then = finished && { finished: { status: finished.status, stand: await stand() } };
  const { undone } = finished?.status === 'undone' ? finished : await ended(host.undo({ runId: RUN_ID }));
  const left = (await host.past.current())?.status;
  return { shown, ...then, undone, stand: await stand(), left };
}

async function arrangeAnew(): Promise<Stand> {
  for (const folder of [machine.stateFolder, microsoft]) rmSync(folder, { recursive: true, force: true });
  arrange(start);
  await writeTree(microsoft, files);
  return stand();
}

async function carryOutOn(journal: Journal, fate: Fate, torn: boolean): Promise<void> {
  await carryOut(mortalJournal(journal, win32.join(runs, RUN_ID), fate, torn), {
    machine: mortalMachine(machine, fate),
    signal: new AbortController().signal,
    verify: () => fate.moment('verify').then(verify),
    clearSession: () => Promise.reject(new ProblemError('browser-missing')),
    changed: () => undefined,
  });
}

async function live({
  what,
  fatal,
  torn = false,
  partOfKey,
}: NonNullable<LifeOrders['live']>): Promise<void> {
  // Held to the end: that the dead hold nothing is what the next life finds out.
  await occupy(machine.stateFolder, (visitor) => visitor.destroy());
  const made = await makePlan(machine, failure, { only: ['clear-identity-cache', 'purge-credentials'] });
  const begin = { type: 'begin', format: 1, id: RUN_ID, failure, time: TIME } as const;
  const journal = await Journal.create(runs, { ...begin, steps: chosenSteps(made, everything(made)) });
  const fate = new Fate(fatal);
  void fate.death.promise.then(() => {
    if (partOfKey) removeRaw(`${IDENTITY}\\Identities\\ada_AD`);
    // TerminateProcess, on Windows.
    process.kill(process.pid);
  });
  if (what === 'run') await carryOutOn(journal, fate, torn);
  else {
    await carryOutOn(journal, new Fate(), false);
    const mortal = mortalJournal(journal, win32.join(runs, RUN_ID), fate, torn);
    await undo(mortal, mortalMachine(machine, fate), {}, () => undefined);
  }
  say(fate.moments);
}

/** At once, before anything can happen to this process. */
const say = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`);

const orders: LifeOrders = JSON.parse(readFileSync('life.json', 'utf8'));
const recovered = orders.recover && (await recover(orders.recover));
const found: Found = { ...(recovered && { recovered }), start: await arrangeAnew() };
say(found);
if (orders.live) await live(orders.live);
process.exit();
