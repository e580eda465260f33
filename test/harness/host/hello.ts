/** A host's start as a browser's extension sees it: how it is called, and what it is asked first. */
import { join } from 'node:path';
import { PROTOCOL } from '../../../common/contract.ts';
import { CHROMIUM_ORIGIN } from '../../../common/identity.ts';
import { ensureSamplePc } from '../../../native-host/machine/simulated/index.ts';
import { encodeFrame } from '../../../native-host/messaging/frames.ts';
import { VERSION } from '../../../native-host/version.ts';

/** The frame of a `hello`. */
export const helloFrame = encodeFrame({
  jsonrpc: '2.0',
  id: 1,
  method: 'hello',
  params: { protocol: PROTOCOL, version: VERSION },
});

/** A host's arguments on a simulated PC, which is made below a folder. */
export async function hostArguments(folder: string): Promise<string[]> {
  const pcFile = join(folder, 'pc.json');
  await ensureSamplePc(pcFile);
  return ['--machine', `simulated:${pcFile}`, CHROMIUM_ORIGIN];
}
