/**
 * An HTTP proxy that connects every host name to one local port and refuses the rest: Firefox has no resolver
 * rules, and with it keeps real names without a port. Nothing leaves the machine.
 */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface MapProxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a proxy for the named hosts, port 443, to `target` on 127.0.0.1. */
export async function startMapProxy(hosts: readonly string[], target: number): Promise<MapProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(502).end());
  server.on('connect', (request, client: Socket) => {
    const host = request.url?.replace(/:443$/, '') ?? '';
    client.on('error', () => client.destroy());
    if (!hosts.includes(host)) return client.end('HTTP/1.1 502 Not mapped\r\n\r\n');
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connected\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    upstream.on('error', () => client.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
