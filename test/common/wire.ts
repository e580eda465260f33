/** Two JSON-RPC peers and what is between them. */
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import { type MethodTable, Peer } from '../../common/rpc.ts';

const Words = v.strictObject({ text: v.string() });
export const methods = { echo: { params: Words, result: Words } } as const satisfies MethodTable;
export const notifications = { said: Words } as const;

export type Echo = (params: { text: string }) => { text: string } | Promise<{ text: string }>;
export type TestPeer = Peer<typeof methods, typeof methods, typeof notifications>;

export interface Wire {
  ours: TestPeer;
  theirs: TestPeer;
  /** What each side put on the wire, as it crossed. */
  sent: { ours: unknown[]; theirs: unknown[] };
  heard: string[];
}

/** Two peers joined by JSON text, as by a port. */
export function wire(echo: Echo = (params) => params, limit = Number.POSITIVE_INFINITY): Wire {
  const sent: Wire['sent'] = { ours: [], theirs: [] };
  const heard: string[] = [];
  const end = (name: 'ours' | 'theirs', other: () => TestPeer): TestPeer =>
    new Peer({
      send: (message) => {
        const text = JSON.stringify(message);
        if (text.length > limit) throw new ProblemError('message-too-large', `${text.length} bytes`);
        sent[name].push(JSON.parse(text));
        queueMicrotask(() => other().receive(JSON.parse(text)));
      },
      local: methods,
      handlers: { echo },
      remote: methods,
      incoming: notifications,
      listeners: { said: ({ text }) => void heard.push(text) },
    });
  const ours: TestPeer = end('ours', () => theirs);
  const theirs: TestPeer = end('theirs', () => ours);
  return { ours, theirs, sent, heard };
}
