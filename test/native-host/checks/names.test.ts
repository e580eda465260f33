import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FindingSchema } from '../../../common/findings.ts';
import { names } from '../../../native-host/checks/names.ts';
import type { Machine } from '../../../native-host/machine/machine.ts';
import { testPc } from '../../harness/test-pc.ts';
import { context } from './look.ts';

const HOSTS = 'C:\\Windows\\System32\\drivers\\etc\\hosts';

async function see(hosts?: string, servers = ['10.0.0.53', '2001:db8::53']) {
  const { machine } = await testPc({});
  const readText = async (path: string) => (path.toLowerCase() === HOSTS.toLowerCase() ? hosts : undefined);
  const on: Machine = {
    ...machine,
    files: { ...machine.files, readText },
    nameServers: async () => servers,
  };
  return v.parse(v.array(FindingSchema), (await Promise.all(names.look(context(on)))).flat());
}

describe('a hosts file', () => {
  it.each([
    ['is not there', undefined],
    ['is empty', ''],
    [
      'names others',
      '127.0.0.1 localhost\r\n0.0.0.0 ads.example notmicrosoftonline.com login.microsoftonline.com.example',
    ],
    ['names Microsoft in a comment', '#127.0.0.1 login.microsoftonline.com\n10.0.0.1 a.example # g.live.com'],
    ['has no address there', 'login.microsoftonline.com 127.0.0.1\n999.1.1.1 g.live.com\n127.0.0.1'],
  ])('that %s changes nothing', async (_, hosts) => {
    expect(await see(hosts)).toMatchObject([
      { level: 'ok', meaning: 'fine', evidence: { servers: '10.0.0.53, 2001:db8::53' } },
    ]);
  });

  it.each([
    ['127.0.0.1 login.microsoftonline.com', 'login.microsoftonline.com', '127.0.0.1'],
    ['\t0.0.0.0\tintranet  LOGIN.Live.com. # blocked', 'login.live.com', '0.0.0.0'],
    ['::1 contoso-my.sharepoint.com', 'contoso-my.sharepoint.com', '::1'],
    ['10.0.0.1 a.example\r10.0.0.2 aadcdn.msauth.net', 'aadcdn.msauth.net', '10.0.0.2'],
    ['10.0.0.1 g.live.com\n10.0.0.2 g.live.com', 'g.live.com', '10.0.0.1'],
    ['10.0.0.1 login.microsoftonline.us', 'login.microsoftonline.us', '10.0.0.1'],
  ])('with %j changes where %s leads', async (hosts, subject, address) => {
    expect(await see(hosts)).toMatchObject([
      { id: `names:${subject}`, level: 'fault', meaning: 'overridden', subject, evidence: { address } },
    ]);
  });

  it('with a thousand of Microsoft’s names is told by ten', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => `0.0.0.0 t${index}.sharepoint.com`);
    expect(await see(lines.join('\n'))).toHaveLength(10);
  });
});

it('a PC without a name server is told so', async () => {
  expect(await see(undefined, [])).toMatchObject([{ level: 'fault', meaning: 'no-server' }]);
});
