/** The network adapters that are up. */
import type { Adapter } from '../machine.ts';
import { declare, type Koffi, type Pointer, WIN32, win32Problem } from './native.ts';
import { isVpn } from './vpn-adapter.ts';

const AF_UNSPEC = 0;
/** GAA_FLAG_SKIP_* of unicast, anycast, multicast and DNS server addresses. */
const NO_ADDRESSES = 0xf;
const IF_TYPE_SOFTWARE_LOOPBACK = 24;
const IF_OPER_STATUS_UP = 1;
/** What the page of GetAdaptersAddresses advises to start with, in bytes. */
const FIRST_ROOM = 15_000;

interface AdapterRecord {
  Next: Pointer;
  Description: string | null;
  FriendlyName: string | null;
  IfType: number;
  OperStatus: number;
  TunnelType: number;
}

/** https://learn.microsoft.com/en-us/windows/win32/api/iptypes/ns-iptypes-ip_adapter_addresses_lh */
function adapterType(koffi: Koffi) {
  return koffi.struct({
    Length: 'uint32',
    IfIndex: 'uint32',
    Next: 'void *',
    AdapterName: 'void *',
    Addresses: koffi.array('void *', 4),
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

type Get = (family: number, flags: number, reserved: null, list: Pointer, size: number[]) => number;

/** https://learn.microsoft.com/en-us/windows/win32/api/iphlpapi/nf-iphlpapi-getadaptersaddresses */
const functions = declare((koffi) => {
  const iphlpapi = koffi.load('iphlpapi.dll');
  const size = koffi.inout(koffi.pointer('uint32'));
  const parameters = ['uint32', 'uint32', 'void *', 'void *', size];
  const get: Get = iphlpapi.func('__stdcall', 'GetAdaptersAddresses', 'uint32', parameters);
  return { koffi, type: adapterType(koffi), get };
});

type Functions = Awaited<ReturnType<typeof functions>>;

function* walk({ koffi, type }: Functions, first: Pointer): Generator<AdapterRecord> {
  for (let pointer = first; pointer !== null; ) {
    const record: AdapterRecord = koffi.decode(pointer, type);
    yield record;
    pointer = record.Next;
  }
}

function all(api: Functions): AdapterRecord[] {
  // One may come up between two calls, so ask until all fit.
  for (let room = FIRST_ROOM; ; room *= 2) {
    const size = [room];
    const list = api.koffi.alloc('uint8', room);
    try {
      const code = api.get(AF_UNSPEC, NO_ADDRESSES, null, list, size);
      if (code === WIN32.SUCCESS) return [...walk(api, list)];
      if (code === WIN32.NO_DATA) return [];
      if (code !== WIN32.BUFFER_OVERFLOW) throw win32Problem('GetAdaptersAddresses', code);
      room = Math.max(room, size[0] ?? 0);
    } finally {
      api.koffi.free(list);
    }
  }
}

export async function adapters(): Promise<Adapter[]> {
  return all(await functions())
    .filter(
      ({ IfType, OperStatus }) => OperStatus === IF_OPER_STATUS_UP && IfType !== IF_TYPE_SOFTWARE_LOOPBACK,
    )
    .map(({ FriendlyName, Description, IfType, TunnelType }) => {
      const description = Description ?? '';
      return {
        name: FriendlyName ?? '',
        description,
        vpn: isVpn({ type: IfType, tunnel: TunnelType, description }),
      };
    });
}
