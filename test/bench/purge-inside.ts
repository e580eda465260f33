/**
 * A purge of the real Credential Manager against the system's own calls for the same entries. Runs in Wine:
 * `purge-inside.mjs ENTRIES ROUNDS`; half of the entries are to go.
 */
import koffi from 'koffi';
import { createWindowsMachine } from '../../native-host/machine/windows/index.ts';
import { writeRaw } from '../windows/inside/raw-credentials.ts';
import { timed } from './figures.ts';
import { purgeTime, removable } from './purge-time.ts';

/** What is printed: milliseconds of each round. */
export interface PurgeTimes {
  bare: number[];
  ours: number[];
}

const advapi32 = koffi.load('advapi32.dll');
const pointer = koffi.out(koffi.pointer('void *'));
const [name, number] = ['str16', 'uint32'];
const enumerate = advapi32.func('__stdcall', 'CredEnumerateW', 'bool', [
  ...[name, number],
  koffi.out(koffi.pointer(number)),
  pointer,
]);
const read = advapi32.func('__stdcall', 'CredReadW', 'bool', [name, number, number, pointer]);
const remove = advapi32.func('__stdcall', 'CredDeleteW', 'bool', [name, number, number]);
const free = advapi32.func('__stdcall', 'CredFree', 'void', ['void *']);

const [entries = 0, rounds = 0] = process.argv.slice(2).map(Number);
const wanted = removable(entries / 2);
const others = wanted.map((target) => `git:${target}`);
const blob = Buffer.alloc(400, 7).toString('base64');

function writeAll(targets: readonly string[]): void {
  for (const target of targets) writeRaw({ target, user: 'ada@contoso.example', blob });
}

/** Reads and removes what a purge would, by nothing but the calls. */
function bare(): void {
  const [count, list]: [number[], (bigint | null)[]] = [[0], [null]];
  if (!enumerate(null, 0, count, list) || count[0] !== entries) throw new Error(`${count[0]} entries`);
  free(list[0]);
  for (const target of wanted) {
    const found: (bigint | null)[] = [null];
    if (!read(target, 1, 0, found)) throw new Error(`CredReadW of ${target} failed`);
    free(found[0]);
    if (!remove(target, 1, 0)) throw new Error(`CredDeleteW of ${target} failed`);
  }
}

const machine = await createWindowsMachine();
writeAll(others);
const times: PurgeTimes = { bare: [], ours: [] };
for (let round = 0; round < rounds; round++) {
  writeAll(wanted);
  times.bare.push(await timed(bare));
  writeAll(wanted);
  times.ours.push(await purgeTime(machine, wanted.length));
}
console.log(JSON.stringify(times));
