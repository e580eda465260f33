import type { Socket } from 'node:net';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CloudName, clouds } from '../../../../common/clouds.ts';
import { sortAddresses } from '../../../../native-host/checks/endpoints/endpoint-address.ts';
import { connectFirst, firstOfEach } from '../../../../native-host/checks/endpoints/endpoint-connection.ts';
import { shippedEndpoints } from '../../../../native-host/checks/endpoints/endpoint-data.ts';
import {
  type EndpointList,
  EndpointListSchema,
  endpointsOf,
} from '../../../../native-host/checks/endpoints/endpoint-list.ts';
import { silentServer } from '../../../harness/network/tls-servers.ts';

const names = Object.keys(clouds) as CloudName[];
const hostsOf = (cloud: CloudName, list?: EndpointList) => endpointsOf(cloud, list).map(({ host }) => host);

/** A list of one record besides those that ship. */
function withRecord(record: Partial<EndpointList['records'][number]>): EndpointList {
  const base = { id: 56, serviceArea: 'Common', tcpPorts: '443', category: 'Allow', required: true } as const;
  const { records } = shippedEndpoints.worldwide;
  return { version: '2026110100', records: [...records, { ...base, urls: [], ...record }] };
}

describe.each(names)('the shipped list of %s', (cloud) => {
  it('is what the service would give', () => {
    expect(v.parse(EndpointListSchema, shippedEndpoints[cloud])).toEqual(shippedEndpoints[cloud]);
  });

  it('begins where people sign in, has the pages’ scripts, and every host once', () => {
    const hosts = hostsOf(cloud);
    expect(hosts[0]).toBe(clouds[cloud].signIn[0]);
    for (const host of clouds[cloud].cdn.filter((each) => each.startsWith('aadcdn'))) {
      expect(hosts).toContain(host);
    }
    expect(new Set(hosts).size).toBe(hosts.length);
    expect(hosts.join()).not.toMatch(/[*<>]/);
  });
});

describe('the list of hosts', () => {
  it('has what the guide names and what only some need', () => {
    expect(endpointsOf('worldwide')).toEqual(
      expect.arrayContaining([
        { host: 'login.microsoftonline.com', set: 56, source: 'documented', required: true },
        { host: 'login.live.com', set: 97, source: 'documented', required: false },
        { host: 'onedrive.live.com', source: 'further', required: false },
      ]),
    );
  });

  it.each<[string, Parameters<typeof withRecord>[0], string[]]>([
    ['takes over a host of a set that we need', { urls: ['new.example.com'] }, ['new.example.com']],
    ['leaves out other sets', { id: 1, urls: ['outlook.office.com'] }, []],
    ['leaves out what is not on port 443', { tcpPorts: '80', urls: ['new.example.com'] }, []],
    [
      'leaves out what is no host of its own',
      { urls: ['*.example.com', 'a.<tenant>.example.com', '*cdn.example.com', '127.0.0.1', 'localhost'] },
      [],
    ],
    ['has no host twice', { urls: ['g.live.com', 'graph.microsoft.com'] }, []],
  ])('%s', (_, record, added) => {
    const shipped = hostsOf('worldwide');
    const hosts = hostsOf('worldwide', withRecord(record));
    expect(hosts.filter((host) => !shipped.includes(host))).toEqual(added);
    expect(new Set(hosts).size).toBe(hosts.length);
  });

  it('needs no host that this version does not know, and drops one that the list no longer has', () => {
    const list = withRecord({ urls: ['new.example.com'] });
    const { records } = list;
    const newer = { ...list, records: records.filter(({ id }) => id !== 36) };
    expect(endpointsOf('worldwide', list)).toContainEqual(
      expect.objectContaining({ host: 'new.example.com', required: false }),
    );
    expect(hostsOf('worldwide', newer)).not.toContain('g.live.com');
  });

  it('is never long, whatever is in it', () => {
    const urls = Array.from({ length: 400 }, (_, index) => `h${index}.example.com`);
    expect(hostsOf('worldwide', withRecord({ urls })).length).toBeLessThan(70);
  });
});

describe('addresses', () => {
  const usual = { v4: 0, v6: 0, sinkholed: 0, private: 0 };
  it.each([
    [{ v4: 1 }, ['40.126.31.67', '172.15.0.1', '172.32.0.1', '100.128.0.1', '11.0.0.1', '1.127.0.0']],
    [{ v6: 1 }, ['2603:1026:3000::1', '2620:1ec:c::1', '64:ff9b::1']],
    [{ sinkholed: 1 }, ['0.0.0.0', '127.0.0.1', '127.255.0.9', '::', '::1', '::ffff:127.0.0.1']],
    [
      { v4: 1, private: 1 },
      ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.1.1'],
    ],
    [{ v6: 1, private: 1 }, ['fd00::1', 'fc00::1', 'fe80::1', '::ffff:10.0.0.1']],
  ])('are seen as what they are: %o', (counts, addresses) => {
    for (const address of addresses) {
      const { v4, v6, ...flags } = sortAddresses([address]);
      expect({ address, v4: v4.length, v6: v6.length, ...flags }).toEqual({ address, ...usual, ...counts });
    }
  });

  it('that lead nowhere are not among those to ask', () => {
    expect(sortAddresses(['0.0.0.0', '40.126.31.67', '::'])).toEqual({
      v4: ['40.126.31.67'],
      v6: [],
      sinkholed: 2,
      private: 0,
    });
  });

  it('of two families are tried at once, and the first that answers will do', async () => {
    const [host = '', port = ''] = (await silentServer()).split(':');
    const sockets: Socket[] = [];
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    const socket = await connectFirst(['127.0.0.2', host], Number(port), sockets);
    expect(socket.remoteAddress).toBe(host);
    await expect(connectFirst(['127.0.0.2', '127.0.0.3'], Number(port), sockets)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      address: '127.0.0.2',
    });
    expect(firstOfEach(['2603::1', '2603::2', '40.1.1.1', '40.1.1.2'])).toEqual(['40.1.1.1', '2603::1']);
  });
});
