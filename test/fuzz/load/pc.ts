/** A simulated PC for a load, in a folder that is gone afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePc } from '../../../native-host/machine/simulated/index.ts';

export async function onPc<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'signin-rescue-load-'));
  try {
    const file = join(folder, 'pc.json');
    await writeFile(file, JSON.stringify(samplePc()));
    return await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
