/** Which adapters the way to the internet goes through. Windows is asked what it would do: nothing is sent. */
import { declare, WIN32 } from './native.ts';

/** Addresses of documentation (RFC 5737, RFC 3849): no network has a route of its own to them, so the default counts. */
const ANYWHERE = { ipv4: [203, 0, 113, 1], ipv6: [0x20, 0x01, 0x0d, 0xb8] } as const;

/** https://learn.microsoft.com/en-us/windows/win32/winsock/sockaddr-2 */
const AF_INET = 2;
const AF_INET6 = 23;
const ADDRESS_AT = { ipv4: 4, ipv6: 8 } as const;
const SOCKADDR_SIZE = 28;

/** https://learn.microsoft.com/en-us/windows/win32/api/iphlpapi/nf-iphlpapi-getbestinterfaceex */
const functions = declare((koffi) => {
  const best: (destination: Buffer, index: number[]) => number = koffi
    .load('iphlpapi.dll')
    .func('__stdcall', 'GetBestInterfaceEx', 'uint32', ['void *', koffi.out(koffi.pointer('uint32'))]);
  return { best };
});

function destination(family: number, bytes: readonly number[], at: number): Buffer {
  const address = Buffer.alloc(SOCKADDR_SIZE);
  address.writeUInt16LE(family);
  address.set(bytes, at);
  return address;
}

/** Numbers of the adapters; undefined where no way leads out. Under Wine 8 there is an answer for IPv4 alone. */
export async function wayOut(): Promise<{ ipv4: number | undefined; ipv6: number | undefined }> {
  const { best } = await functions();
  const through = (to: Buffer) => {
    const index = [0];
    return best(to, index) === WIN32.SUCCESS ? index[0] : undefined;
  };
  return {
    ipv4: through(destination(AF_INET, ANYWHERE.ipv4, ADDRESS_AT.ipv4)),
    ipv6: through(destination(AF_INET6, ANYWHERE.ipv6, ADDRESS_AT.ipv6)),
  };
}
