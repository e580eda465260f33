/** The port to the native host: opened when needed, greeted, let go when idle; why it failed, in one of few words. */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import {
  AnyHelloSchema,
  browserMethods,
  type Hello,
  HelloSchema,
  hostMethods,
  hostNotifications,
  PROTOCOL,
} from '../../common/contract.ts';
import type { Finding, HostCheckId } from '../../common/findings.ts';
import { HOST_NAME } from '../../common/identity.ts';
import type { Policy } from '../../common/policy.ts';
import { ProblemError, toProblem } from '../../common/problem.ts';
import { type Handlers, Peer } from '../../common/rpc.ts';
import type { Run } from '../../common/run.ts';
import type { HostState } from '../ui-state.ts';
import { troubleOf } from './host-trouble.ts';

/** A first start under an antivirus may take seconds: said calmly after 1 s, called trouble after 6 s. */
const CALM_MS = 1_000;
const SILENT_MS = 6_000;

// `hello` is parsed loosely first: a host of another protocol must still be understood that far.
const remote = { ...hostMethods, hello: { params: AnyHelloSchema, result: AnyHelloSchema } };

type HostPeer = Peer<typeof browserMethods, typeof remote, typeof hostNotifications>;

export interface HostPortEvents {
  state: (state: HostState) => void;
  /** What the organisation says to the host. */
  policy: (policy: Policy) => void;
  run: (run: Run) => void;
  /** A check found something. */
  found: (finding: Finding) => void;
  /** The checks that are still at it. */
  waiting: (still: { checks: HostCheckId[] }) => void;
  /** What the host may ask. */
  asked: Handlers<typeof browserMethods>;
  /** The port closed, wanted or not. */
  closed: () => void;
}

export interface HostPort {
  peer: HostPeer;
  hello: Hello;
  close: () => void;
}

/** Opens a port and says hello. Rejects with `disconnected` after telling the trouble by `events.state`. */
export async function openHostPort(events: HostPortEvents): Promise<HostPort> {
  const port = browser.runtime.connectNative(HOST_NAME);
  let open = true;
  const peer: HostPeer = new Peer({
    send: (message) => port.postMessage(message),
    local: browserMethods,
    handlers: events.asked,
    remote,
    incoming: hostNotifications,
    listeners: {
      policy: events.policy,
      'run.changed': events.run,
      'check.found': events.found,
      'check.waiting': events.waiting,
    },
  });
  const close = () => {
    if (!open) return;
    open = false;
    peer.close();
    port.disconnect();
    events.closed();
  };
  port.onMessage.addListener((message) => peer.receive(message));
  port.onDisconnect.addListener((closing) => {
    if (!open) return;
    open = false;
    // Firefox says why on the port, Chromium in lastError, which must be read while it is there.
    const reason = closing.error?.message ?? browser.runtime.lastError?.message ?? '';
    const trouble = troubleOf(reason);
    // A host may end when nobody wants anything of it.
    events.state(trouble.state === 'died' && !peer.waiting ? { state: 'idle' } : trouble);
    peer.close();
    events.closed();
  });
  return { peer, hello: await greet(peer, events, close), close };
}

async function greet(peer: HostPeer, events: HostPortEvents, close: () => void): Promise<Hello> {
  const calm = setTimeout(() => events.state({ state: 'starting' }), CALM_MS);
  try {
    const params = { protocol: PROTOCOL, version: browser.runtime.getManifest().version };
    const any = await peer.request('hello', params, SILENT_MS);
    const trouble = mismatch(any);
    if (trouble) {
      events.state(trouble);
      throw new ProblemError('disconnected', trouble.state);
    }
    const hello = v.safeParse(HelloSchema, any);
    if (!hello.success) throw new ProblemError('bad-params', 'hello');
    const { version } = hello.output;
    events.state({ state: 'ready', version });
    return hello.output;
  } catch (error) {
    const { kind } = toProblem(error);
    if (kind === 'timed-out') events.state({ state: 'silent' });
    if (kind === 'bad-params') events.state({ state: 'garbled' });
    close();
    throw error;
  } finally {
    clearTimeout(calm);
  }
}

function mismatch({ protocol, version }: v.InferOutput<typeof AnyHelloSchema>): HostState | undefined {
  if (protocol < PROTOCOL) return { state: 'old-host', version };
  if (protocol > PROTOCOL) return { state: 'old-extension', version };
  return undefined;
}
