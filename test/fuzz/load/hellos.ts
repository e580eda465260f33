/** So many `hello`s in a row on one session: each is answered by the contract, and nothing of them is kept. */
import { PassThrough } from 'node:stream';
import { createSimulatedMachine } from '../../../native-host/machine/simulated/index.ts';
import { serve } from '../../../native-host/messaging/sessions.ts';
import { FrameClient } from '../../harness/host/frame-client.ts';
import { heapInUse } from '../heap.ts';
import { onPc } from './pc.ts';
import { asMib, type LoadReport, rounded } from './report.ts';

/** Until all is loaded and compiled. */
const FIRST = 100;
/** Bytes for each hello: what is kept of one would be more. */
const MOST = 400;

async function ask(client: FrameClient, count: number): Promise<number> {
  const begin = performance.now();
  for (let nth = 0; nth < count; nth++) {
    await client.hello();
    client.messages.length = 0;
  }
  return performance.now() - begin;
}

export function hellos(count = 1_000): Promise<LoadReport> {
  return onPc(async (file) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serve({ machine: await createSimulatedMachine(file), input, output });
    const client = new FrameClient(input, output);
    await ask(client, FIRST);
    const before = heapInUse();
    const took = await ask(client, count);
    const growth = heapInUse() - before;
    input.end();
    await served;
    const wrong = growth > count * MOST ? [`${growth} bytes are kept of ${count} hellos`] : [];
    return {
      figures: { hellos: count, 'a second': rounded((1000 * count) / took), 'MiB kept': asMib(growth) },
      wrong,
    };
  });
}
