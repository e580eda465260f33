/** Registers, reads back, and takes back, beside a value that was there before. Prints one JSON document. */
import { execa } from 'execa';
import { HOST_NAME } from '../../../common/identity.ts';
import { registerForUser } from '../../../installer/windows-registry.ts';
import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';

const { registry } = await createWindowsMachine();
const vendors = ['Google\\Chrome', 'Microsoft\\Edge', 'Chromium', 'Mozilla'];
const keyOf = (vendor: string) => `Software\\${vendor}\\NativeMessagingHosts\\${HOST_NAME}`;
const values = async () =>
  Object.fromEntries(
    await Promise.all(
      vendors.map(async (vendor) => [
        vendor,
        (await registry.read('HKCU', keyOf(vendor), ''))?.value ?? null,
      ]),
    ),
  );

const earlier = 'C:\\Program Files\\Signin Rescue\\host manifest.json';
await execa('C:\\windows\\system32\\reg.exe', [
  ...['add', `HKCU\\${keyOf('Microsoft\\Edge')}`, '/ve', '/t', 'REG_SZ', '/d', earlier, '/f'],
]);
const before = await values();
const undo = await registerForUser('chromium', 'C:\\a folder\\ümlaut\\manifest.json');
const during = await values();
await undo();
console.log(JSON.stringify({ before, during, after: await values() }));
