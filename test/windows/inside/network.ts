/** What the machine says of its network, its TLS settings and small files in the folder that is given. */

import { tlsSettings } from '../../../native-host/checks/tls-settings.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';

const [folder = ''] = process.argv.slice(2);
const machine = await createWindowsMachine();
const { signal } = new AbortController();
const limit = { timeout: 30_000, signal };
const text = async (name: string, most = 1_000) =>
  (await machine.files.readText(`${folder}\\${name}`, most)) ?? null;

console.log(
  JSON.stringify({
    nameServers: await machine.nameServers(),
    addresses: await machine.addresses(),
    nobody: await machine.windowsRequest('nobody.invalid', limit),
    tls: (await Promise.all(tlsSettings.look({ machine, ...limit }))).flat(),
    texts: {
      utf8: await text('utf8.txt'),
      marked: await text('marked.txt'),
      utf16: await text('utf16.txt'),
      broken: await text('broken.txt'),
      empty: await text('empty.txt', 0),
      whole: await text('utf8.txt', 11),
      'too large': await text('utf8.txt', 10),
      folder: await text('.'),
      missing: await text('missing.txt'),
      'below a file': await text('utf8.txt\\x'),
    },
  }),
);
