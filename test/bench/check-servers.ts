/** The servers that the check is measured with, and PCs that reach them. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { writeCache } from '../../native-host/checks/endpoints/endpoint-cache.ts';
import { shippedEndpoints } from '../../native-host/checks/endpoints/endpoint-data.ts';
import { endpointsOf } from '../../native-host/checks/endpoints/endpoint-list.ts';
import { createSimulatedMachine } from '../../native-host/machine/simulated/index.ts';
import { makeCertificates } from '../stand-in/certificate.ts';
import { BLACK_HOLE, farAddress, NEAR } from './slow-network.ts';

/** Where the files lie that a round needs. */
export interface Places {
  /** A PC on which every host is reached, and one on which one of them is a black hole. */
  pc: string;
  holedPc: string;
  /** Whom to trust, as PEM. */
  ca: string;
}

/** The shipped list with so many hosts more that there are `count`. */
function listOf(count: number) {
  const { records } = shippedEndpoints.worldwide;
  const [first] = records;
  if (!first) throw new Error('no records');
  const missing = count - endpointsOf('worldwide').length;
  const urls = Array.from({ length: missing }, (_, index) => `host${index}.example.com`);
  return { version: '2099010100', records: [...records, { ...first, urls, required: false }] };
}

/** Starts a server for each of `count` hosts and writes down how they are reached. */
export async function startServers(folder: string, count: number): Promise<Places> {
  const list = listOf(count);
  const hosts = endpointsOf('worldwide', list).map(({ host }) => host);
  if (hosts.length !== count) throw new Error(`${hosts.length} hosts`);
  const { ca, cert, key } = await makeCertificates(hosts);
  const reached: Record<string, { connectTo: string }> = {};
  for (const [index, host] of hosts.entries()) {
    const server = createServer({ cert, key }, (_, response) => response.end());
    server.listen(0, NEAR);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    reached[host] = { connectTo: `${farAddress(index)}:${address.port}` };
  }
  // One in the middle: neither the first that is asked nor the last.
  const lost = hosts[Math.floor(count / 2)] ?? '';
  const holed = { ...reached, [lost]: { connectTo: `${BLACK_HOLE}:443` } };
  const places = {
    pc: join(folder, 'pc.json'),
    holedPc: join(folder, 'holed.json'),
    ca: join(folder, 'ca.pem'),
  };
  await writeFile(places.ca, ca);
  for (const [file, network] of [
    [places.pc, { hosts: reached }],
    [places.holedPc, { hosts: holed }],
  ] as const) {
    await writeFile(file, JSON.stringify({ network }));
    const { stateFolder } = await createSimulatedMachine(file);
    const asked = { askedAt: Date.now(), list };
    await writeCache(stateFolder, {
      clientRequestId: '00000000-0000-4000-8000-000000000000',
      lists: { worldwide: asked },
    });
  }
  return places;
}
