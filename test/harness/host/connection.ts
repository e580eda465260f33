/** A browser connected to a host within this process, by streams instead of a port. */
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Machine } from '../../../native-host/machine/machine.ts';
import { serve } from '../../../native-host/messaging/sessions.ts';
import { FrameClient } from './frame-client.ts';

export interface Connection {
  client: FrameClient;
  /** Settled when the host has ended. */
  served: Promise<void>;
  /** Closes the port, as a browser does. */
  hangUp(): void;
}

export interface ConnectionOptions {
  comeBack?: number;
  /** Stands between the host's output and the client. */
  through?: Dam;
}

export function connect(machine: Machine, { through, ...options }: ConnectionOptions = {}): Connection {
  const input = new PassThrough();
  const toClient = through ?? new PassThrough();
  const served = serve({ machine, input, output: toClient, ...options });
  // As the end of a process ends its streams.
  void served.then(() => toClient.end());
  onTestFinished(async () => {
    input.end();
    await served;
  });
  return { client: new FrameClient(input, toClient), served, hangUp: () => void input.end() };
}

/** A stream that can be shut: the port of a browser that stops reading. */
export class Dam extends PassThrough {
  #shut = false;
  #held: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 1024 });
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: null, data: Buffer) => void): void {
    const pass = () => done(null, chunk);
    if (this.#shut) this.#held = pass;
    else pass();
  }

  shut(): void {
    this.#shut = true;
  }

  open(): void {
    this.#shut = false;
    this.#held?.();
  }
}
