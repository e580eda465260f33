/** From the start of the process to the host's first answer, against the same Node running an empty script. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROTOCOL } from '../../common/contract.ts';
import { CHROMIUM_ORIGIN } from '../../common/identity.ts';
import { ensureSamplePc } from '../../native-host/machine/simulated/index.ts';
import { encodeFrame } from '../../native-host/messaging/frames.ts';
import { hostScript } from '../harness/build.ts';

const hello = encodeFrame({
  jsonrpc: '2.0',
  id: 1,
  method: 'hello',
  params: { protocol: PROTOCOL, version: '0.1.0' },
});

/** Milliseconds until the first byte of the answer. */
async function untilHello(pcFile: string): Promise<number> {
  const begin = performance.now();
  const args = [hostScript, '--machine', `simulated:${pcFile}`, CHROMIUM_ORIGIN];
  const host = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  host.stdin.write(hello);
  await once(host.stdout, 'data');
  const took = performance.now() - begin;
  host.stdin.end();
  await once(host, 'close');
  return took;
}

/** Milliseconds until an empty script has written one byte. */
async function untilEmpty(script: string): Promise<number> {
  const begin = performance.now();
  const empty = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(empty.stdout, 'data');
  const took = performance.now() - begin;
  await once(empty, 'close');
  return took;
}

/** Alternates both, so that whatever else the machine does falls on both alike. */
export async function hostStart(rounds: number): Promise<{ ours: number[]; bare: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-bench-'));
  const script = join(folder, 'empty.mjs');
  const pcFile = join(folder, 'pc.json');
  await writeFile(script, "process.stdout.write('.');\n");
  await ensureSamplePc(pcFile);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await untilEmpty(script));
    ours.push(await untilHello(pcFile));
  }
  await rm(folder, { recursive: true });
  return { ours, bare };
}
