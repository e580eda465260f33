/** Servers on loopback. */
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Listening {
  /** Host and port. */
  address: string;
  /** Ends it, and every connection with it. */
  close(): void;
}

/** Has it listen on a free port until it is closed. */
export async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `127.0.0.1:${address.port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** The address of a server for one test, with which it ends. */
export async function listening(server: Server): Promise<string> {
  const { address, close } = await listen(server);
  onTestFinished(close);
  return address;
}
