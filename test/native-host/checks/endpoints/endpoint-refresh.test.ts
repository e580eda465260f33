import { readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newestEndpoints, readCache } from '../../../../native-host/checks/endpoints/endpoint-cache.ts';
import { shippedEndpoints } from '../../../../native-host/checks/endpoints/endpoint-data.ts';
import { refreshEndpoints } from '../../../../native-host/checks/endpoints/endpoint-refresh.ts';
import { httpServer, refusingAddress, silentServer } from '../../../harness/network/tls-servers.ts';
import { temporaryFolder } from '../../../harness/temporary-folder.ts';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-22T14:30:00Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const shipped = shippedEndpoints.worldwide;
const NEWER = '2026110100';

const record = (id: number, ...urls: string[]) => ({
  id,
  serviceArea: 'Common',
  serviceAreaDisplayName: 'Microsoft 365 Common and Office Online',
  urls,
  ips: ['20.190.128.0/18'],
  tcpPorts: '80,443',
  expressRoute: true,
  category: 'Allow',
  required: true,
});
const newer = [
  record(56, 'login.microsoftonline.com', 'new.example.com'),
  record(1, 'outlook.office.com'),
  {
    id: 11,
    serviceArea: 'Skype',
    ips: ['52.112.0.0/14'],
    udpPorts: '3478',
    category: 'Optimize',
    required: true,
  },
];

/** The service on loopback, in place of Microsoft's. */
async function service(answers: { version?: unknown; endpoints?: unknown } | RequestListener) {
  const asked: URL[] = [];
  const address = await httpServer((request, response) => {
    const url = new URL(request.url ?? '', 'https://endpoints.office.com');
    asked.push(url);
    if (typeof answers === 'function') return answers(request, response);
    const what = url.pathname.startsWith('/version/') ? answers.version : answers.endpoints;
    response.end(typeof what === 'string' ? what : JSON.stringify(what));
  });
  return { asked, fetch: fetchAt(address) };
}

const fetchAt =
  (address: string): typeof fetch =>
  (input, init) => {
    const { host, pathname, search } = new URL(String(input));
    expect(host).toBe('endpoints.office.com');
    return fetch(`http://${address}${pathname}${search}`, init);
  };

const good = { version: { instance: 'Worldwide', latest: NEWER }, endpoints: newer };
const versionOf = async (folder: string) => (await newestEndpoints(folder, 'worldwide')).version;

describe('a refresh of the endpoints', () => {
  it('takes over a newer list, of it only what we need, for this user alone', async () => {
    const folder = temporaryFolder();
    const { asked, fetch } = await service(good);
    expect(await refreshEndpoints(folder, fetch, NOW)).toEqual({ state: 'newer', version: NEWER });
    expect(asked.map(({ pathname }) => pathname)).toEqual(['/version/Worldwide', '/endpoints/Worldwide']);
    expect(asked[1]?.searchParams.get('ServiceAreas')).toBe('Common,SharePoint');
    const list = await newestEndpoints(folder, 'worldwide');
    expect(list.records.map(({ id }) => id)).toEqual([56]);
    expect(list.version).toBe(NEWER);
  });

  it('names one random id for this machine, and no other', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    const { asked, fetch } = await service(good);
    await refreshEndpoints(one, fetch, NOW);
    await refreshEndpoints(one, fetch, later(25));
    await refreshEndpoints(two, fetch, NOW);
    const ids = asked.map(({ searchParams }) => searchParams.get('ClientRequestId'));
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(new Set(ids.slice(0, 3))).toEqual(new Set([(await readCache(one)).clientRequestId]));
    expect(ids[3]).not.toBe(ids[0]);
  });

  it('asks for the version alone when the list is not newer', async () => {
    const folder = temporaryFolder();
    const { asked, fetch } = await service({ version: { latest: shipped.version } });
    expect(await refreshEndpoints(folder, fetch, NOW)).toEqual({ state: 'same', version: shipped.version });
    expect(asked).toHaveLength(1);
    expect(await versionOf(folder)).toBe(shipped.version);
  });

  it('asks once a day, each cloud by itself', async () => {
    const folder = temporaryFolder();
    const { asked, fetch } = await service(good);
    await refreshEndpoints(folder, fetch, NOW);
    expect(await refreshEndpoints(folder, fetch, later(23))).toEqual({ state: 'recent', version: NEWER });
    expect(asked).toHaveLength(2);
    expect(await refreshEndpoints(folder, fetch, later(24))).toEqual({ state: 'same', version: NEWER });
    await refreshEndpoints(folder, fetch, later(24), { cloud: 'china' });
    expect(asked.slice(2).map(({ pathname }) => pathname)).toEqual([
      '/version/Worldwide',
      '/version/China',
      '/endpoints/China',
    ]);
    expect(await versionOf(folder)).toBe(NEWER);
  });

  it('asks again when the clock was ahead and is right now', async () => {
    const folder = temporaryFolder();
    const { asked, fetch } = await service(good);
    await refreshEndpoints(folder, fetch, later(9_000));
    await refreshEndpoints(folder, fetch, NOW);
    expect(asked).toHaveLength(3);
  });

  const big = 'x'.repeat(65_536);
  it.each<[string, Parameters<typeof service>[0], RegExp]>([
    ['no JSON', { version: '<html>' }, /JSON/],
    ['another version', { version: { latest: 'newest' } }, /latest/],
    ['no list', { ...good, endpoints: { error: 'none' } }, /endpoints/],
    ['a list of other things', { ...good, endpoints: [{ id: 'one' }] }, /0\./],
    [
      'a host that is none',
      { ...good, endpoints: [record(56, 'https://login.microsoftonline.com/')] },
      /urls/,
    ],
    ['an empty list', { ...good, endpoints: [] }, /login\.microsoftonline\.com/],
    ['a list of too many', { ...good, endpoints: Array.from({ length: 1001 }, () => newer[0]) }, /1000/],
    ['an error', (_, response) => void response.writeHead(429).end(), /429/],
    [
      'a body without end',
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write(big));
        };
        response.on('drain', more);
        more();
      },
      /2097152 bytes/,
    ],
  ])(
    'refuses %s, says so, keeps what it has, and does not ask again that day',
    async (_, answers, reason) => {
      const folder = temporaryFolder();
      const { asked, fetch } = await service(answers);
      const refreshed = await refreshEndpoints(folder, fetch, NOW);
      expect(refreshed).toEqual({
        state: 'refused',
        version: shipped.version,
        reason: expect.stringMatching(reason),
      });
      expect(await newestEndpoints(folder, 'worldwide')).toEqual(shipped);
      const before = asked.length;
      expect(await refreshEndpoints(folder, fetch, later(1))).toMatchObject({ state: 'recent' });
      expect(asked).toHaveLength(before);
    },
  );

  it.each<[string, () => Promise<typeof fetch>]>([
    ['nobody', async () => fetchAt(await refusingAddress())],
    ['silence', async () => fetchAt(await silentServer())],
  ])('is harmless when it finds %s, and may be tried again at once', async (_, start) => {
    const folder = temporaryFolder();
    const refreshed = await refreshEndpoints(folder, await start(), NOW, { timeout: 300 });
    expect(refreshed).toMatchObject({ state: 'failed', version: shipped.version });
    const { fetch } = await service(good);
    expect(await refreshEndpoints(folder, fetch, NOW)).toMatchObject({ state: 'newer' });
  });

  it('goes nowhere else than to the service', async () => {
    const { asked, fetch } = await service(
      (_, response) => void response.writeHead(302, { location: '/' }).end(),
    );
    expect(await refreshEndpoints(temporaryFolder(), fetch, NOW)).toMatchObject({ state: 'failed' });
    expect(asked).toHaveLength(1);
  });

  it('is harmless where nothing can be written', async () => {
    const { fetch } = await service(good);
    const folder = join(temporaryFolder(), 'not', 'there');
    expect(await refreshEndpoints(folder, fetch, NOW)).toMatchObject({
      state: 'failed',
      version: shipped.version,
    });
  });

  it('counts a damaged file as none, and an older list as nothing', async () => {
    const folder = temporaryFolder();
    const { fetch } = await service(good);
    await refreshEndpoints(folder, fetch, NOW);
    const file = join(folder, 'endpoints.json');
    const kept = readFileSync(file, 'utf8');
    writeFileSync(file, kept.replaceAll(NEWER, '2019010100'));
    expect(await versionOf(folder)).toBe(shipped.version);
    writeFileSync(file, kept.slice(0, -5));
    expect(await versionOf(folder)).toBe(shipped.version);
    expect(await refreshEndpoints(folder, fetch, NOW)).toMatchObject({ state: 'newer' });
  });
});
