/** What GetAdaptersAddresses tells, record by record. */
import { declare, type Koffi, type Pointer, viewOf, WIN32, win32Problem } from './native.ts';

const AF_UNSPEC = 0;
/** GAA_FLAG_SKIP_* of unicast, anycast and multicast addresses. */
const NO_OWN_ADDRESSES = 0x7;
const IF_TYPE_SOFTWARE_LOOPBACK = 24;
const IF_OPER_STATUS_UP = 1;
/** What stands for a packet of any size. */
const NO_LIMIT = 0xffff_ffff;
/** What the page of GetAdaptersAddresses advises to start with, in bytes. */
const FIRST_ROOM = 15_000;

interface AdapterRecord {
  Next: Pointer;
  IfIndex: number;
  Ipv6IfIndex: number;
  Mtu: number;
  FirstDnsServerAddress: Pointer;
  Description: string | null;
  FriendlyName: string | null;
  IfType: number;
  OperStatus: number;
  TunnelType: number;
}

interface ServerRecord {
  Next: Pointer;
  Sockaddr: Pointer;
  SockaddrLength: number;
}

/** An adapter that is up. */
export interface UpAdapter {
  name: string;
  description: string;
  type: number;
  tunnel: number;
  /** Bytes of its largest packet; undefined where it has no limit of its own. */
  mtu: number | undefined;
  /** Its numbers as routes have them, by IPv4 and by IPv6; 0 without that one. */
  index: { ipv4: number; ipv6: number };
  /** SOCKADDRs of its DNS servers. */
  nameServers: Buffer[];
}

/** https://learn.microsoft.com/en-us/windows/win32/api/iptypes/ns-iptypes-ip_adapter_addresses_lh */
function adapterType(koffi: Koffi) {
  return koffi.struct({
    Length: 'uint32',
    IfIndex: 'uint32',
    Next: 'void *',
    AdapterName: 'void *',
    OwnAddresses: koffi.array('void *', 3),
    FirstDnsServerAddress: 'void *',
    DnsSuffix: 'void *',
    Description: 'str16',
    FriendlyName: 'str16',
    PhysicalAddress: koffi.array('uint8', 8),
    PhysicalAddressLength: 'uint32',
    Flags: 'uint32',
    Mtu: 'uint32',
    IfType: 'uint32',
    OperStatus: 'uint32',
    Ipv6IfIndex: 'uint32',
    ZoneIndices: koffi.array('uint32', 16),
    FirstPrefix: 'void *',
    TransmitLinkSpeed: 'uint64',
    ReceiveLinkSpeed: 'uint64',
    FirstWinsServerAddress: 'void *',
    FirstGatewayAddress: 'void *',
    Ipv4Metric: 'uint32',
    Ipv6Metric: 'uint32',
    Luid: 'uint64',
    Dhcpv4Server: 'void *',
    Dhcpv4ServerLength: 'uint64',
    CompartmentId: 'uint32',
    NetworkGuid: koffi.array('uint32', 4),
    ConnectionType: 'uint32',
    TunnelType: 'uint32',
  });
}

/** https://learn.microsoft.com/en-us/windows/win32/api/iptypes/ns-iptypes-ip_adapter_dns_server_address_xp */
function serverType(koffi: Koffi) {
  return koffi.struct({
    Length: 'uint32',
    Reserved: 'uint32',
    Next: 'void *',
    Sockaddr: 'void *',
    SockaddrLength: 'int32',
  });
}

type Get = (family: number, flags: number, reserved: null, list: Pointer, size: number[]) => number;

/** https://learn.microsoft.com/en-us/windows/win32/api/iphlpapi/nf-iphlpapi-getadaptersaddresses */
const functions = declare((koffi) => {
  const iphlpapi = koffi.load('iphlpapi.dll');
  const size = koffi.inout(koffi.pointer('uint32'));
  const parameters = ['uint32', 'uint32', 'void *', 'void *', size];
  const get: Get = iphlpapi.func('__stdcall', 'GetAdaptersAddresses', 'uint32', parameters);
  return { koffi, adapter: adapterType(koffi), server: serverType(koffi), get };
});

type Functions = Awaited<ReturnType<typeof functions>>;

function* walk<T extends { Next: Pointer }>(
  koffi: Koffi,
  type: ReturnType<Koffi['struct']>,
  first: Pointer,
): Generator<T> {
  for (let pointer = first; pointer !== null; ) {
    const record: T = koffi.decode(pointer, type);
    yield record;
    pointer = record.Next;
  }
}

function serversOf({ koffi, server }: Functions, { FirstDnsServerAddress }: AdapterRecord): Buffer[] {
  const records = [...walk<ServerRecord>(koffi, server, FirstDnsServerAddress)];
  return records.map(({ Sockaddr, SockaddrLength }) =>
    Buffer.copyBytesFrom(viewOf(koffi, Sockaddr, SockaddrLength)),
  );
}

/** The adapters in this memory, which is Windows' no longer than it is allocated. */
function adaptersIn(api: Functions, list: Pointer): UpAdapter[] {
  return [...walk<AdapterRecord>(api.koffi, api.adapter, list)]
    .filter((each) => each.OperStatus === IF_OPER_STATUS_UP && each.IfType !== IF_TYPE_SOFTWARE_LOOPBACK)
    .map((each) => ({
      name: each.FriendlyName ?? '',
      description: each.Description ?? '',
      type: each.IfType,
      tunnel: each.TunnelType,
      mtu: each.Mtu === 0 || each.Mtu === NO_LIMIT ? undefined : each.Mtu,
      index: { ipv4: each.IfIndex, ipv6: each.Ipv6IfIndex },
      nameServers: serversOf(api, each),
    }));
}

/** The adapters that are up, without the loopback. */
export async function upAdapters(): Promise<UpAdapter[]> {
  const api = await functions();
  // One may come up between two calls, so ask until all fit.
  for (let room = FIRST_ROOM; ; room *= 2) {
    const size = [room];
    const list = api.koffi.alloc('uint8', room);
    try {
      const code = api.get(AF_UNSPEC, NO_OWN_ADDRESSES, null, list, size);
      if (code === WIN32.SUCCESS) return adaptersIn(api, list);
      if (code === WIN32.NO_DATA) return [];
      if (code !== WIN32.BUFFER_OVERFLOW) throw win32Problem('GetAdaptersAddresses', code);
      room = Math.max(room, size[0] ?? 0);
    } finally {
      api.koffi.free(list);
    }
  }
}
