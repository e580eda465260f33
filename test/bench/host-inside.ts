/**
 * The start of the one-file executable under Wine, against node.exe: `host-inside.mjs EXECUTABLE EMPTY-SCRIPT ROUNDS`.
 * Prints milliseconds of each round.
 */
import { CHROMIUM_ORIGIN } from '../../common/identity.ts';
import { helloFrame } from '../harness/host/hello.ts';
import { startAll } from './start.ts';

export interface WineStarts {
  ours: number[];
  bare: number[];
}

const [executable = '', script = '', rounds = ''] = process.argv.slice(2);
const { ours, bare } = await startAll(
  {
    // As Chromium starts a host on Windows.
    ours: { command: [executable, CHROMIUM_ORIGIN, '--parent-window=0'], hello: helloFrame },
    bare: { command: [process.execPath, script], hello: null },
  },
  Number(rounds),
);
const times: WineStarts = { ours: ours.map(({ took }) => took), bare: bare.map(({ took }) => took) };
console.log(JSON.stringify(times));
