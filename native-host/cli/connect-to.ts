/** `--connect-to HOST:PORT:ADDR:PORT`, as curl has it (https://curl.se/docs/manpage.html#--connect-to). */
import type { ConnectTo } from '../checks/endpoints/endpoint-route.ts';
import { UsageError } from './exit.ts';

const HOST = String.raw`(\[[0-9a-f:.]+\]|[^\s:[\]]*)`;
const PORT = String.raw`(\d{0,5})`;
const DIRECTION = new RegExp(`^${[HOST, PORT, HOST, PORT].join(':')}$`, 'i');

/** Any part may be empty: any host, any port, the same address, the same port. Fails with a UsageError. */
export function parseConnectTo(text: string): ConnectTo {
  const parts = DIRECTION.exec(text);
  if (!parts) {
    throw new UsageError(`--connect-to takes HOST:PORT:ADDR:PORT, got "${text.slice(0, 100)}"`);
  }
  const [, host = '', port = '', address = '', toPort = ''] = parts;
  return {
    host: bare(host)?.toLowerCase(),
    port: portOf(port),
    address: bare(address),
    toPort: portOf(toPort),
  };
}

/** An IPv6 address stands in brackets. */
const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1') || undefined;

function portOf(text: string): number | undefined {
  if (text === '') return undefined;
  const port = Number(text);
  if (port < 1 || port > 65_535)
    throw new UsageError(`--connect-to takes ports from 1 to 65535, got "${text}"`);
  return port;
}
