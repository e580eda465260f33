/**
 * The thread that a proxy script runs on. The script comes from the network and may be hostile or endless: it runs in
 * QuickJS, which knows nothing of Node, and whoever started the thread ends it. The file starts itself as that
 * thread, so that it is one file after bundling, too.
 */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

export interface SandboxJob {
  /** Compiled where files can be read: this thread has only what it is given. */
  quickJs: WebAssembly.Module;
  script: string;
  hosts: readonly string[];
  /** This PC's own addresses. */
  addresses: readonly string[];
  /** Becomes 1 when the answer to a look-up has been sent. */
  answered: Int32Array;
}

/** What the thread says: that the time counts from now on, what it wants to know, and how it ended. */
export type SandboxMessage =
  | { kind: 'ready' }
  | { kind: 'look-up'; host: string }
  | { kind: 'ways'; ways: unknown[] }
  | { kind: 'broken'; error: string };

/** Where this thread's code is, but for the one-file executable, which has it as a part. */
export const sandboxUrl = new URL(import.meta.url);

/** Where both are there, Windows calls the newer one. https://learn.microsoft.com/windows/win32/winhttp/ipv6-extensions-to-navigator-auto-config-file-format */
const PREFER_NEWER = `
;if (typeof FindProxyForURLEx === 'function') this.FindProxyForURL = FindProxyForURLEx;`;

// Whoever asks for nothing but the address above is not the thread.
if (parentPort !== null && isJob(workerData)) {
  const port = parentPort;
  run(workerData, port).catch((error) => say(port, { kind: 'broken', error: wordsOf(error) }));
}

function isJob(data: unknown): data is SandboxJob {
  return typeof data === 'object' && data !== null && 'script' in data && 'answered' in data;
}

function say(port: MessagePort, message: SandboxMessage): void {
  port.postMessage(message);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

async function run(job: SandboxJob, port: MessagePort): Promise<void> {
  const [{ createPacResolver }, { QuickJS }] = await Promise.all([
    import('pac-resolver'),
    import('quickjs-wasi'),
  ]);
  const vm = await QuickJS.create({ wasm: job.quickJs });
  say(port, { kind: 'ready' });
  const find = createPacResolver(vm, job.script + PREFER_NEWER, {
    // None is asynchronous, as on Windows: else the library would make the script's own functions so, and a callback
    // of `some` or `filter` that looks a name up would always be true.
    sandbox: functionsFor(job.addresses, (host) => lookUp(host, job.answered, port)),
  });
  const ways: unknown[] = [];
  for (const host of job.hosts) ways.push(await find(`https://${host}/`, host));
  say(port, { kind: 'ways', ways });
}

/** A name's addresses. The thread waits; the other one asks, which knows the machine. */
function lookUp(host: string, answered: Int32Array, port: MessagePort): string[] {
  if (isIP(host) !== 0) return [host];
  say(port, { kind: 'look-up', host });
  Atomics.wait(answered, 0, 0);
  Atomics.store(answered, 0, 0);
  const answer: unknown = receiveMessageOnPort(port)?.message;
  return Array.isArray(answer) ? answer.map(String) : [];
}

/**
 * What a script may call and the library has not, or only asynchronously. Meanings after
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 * and, for those that end with `Ex`, Microsoft's page above.
 */
function functionsFor(own: readonly string[], look: (host: string) => string[]) {
  const first = (host: unknown) => look(String(host)).find(isIPv4) ?? null;
  const all = (host: unknown) => look(String(host)).join(';');
  return {
    // Would write to the host's output, which is the browser's port.
    alert: () => undefined,
    dnsResolve: first,
    isResolvable: (host: unknown) => first(host) !== null,
    isInNet: (host: unknown, pattern: unknown, mask: unknown) => {
      const [address, net, bits] = [numberOf(first(host)), numberOf(pattern), numberOf(mask)];
      return address !== undefined && net !== undefined && bits !== undefined
        ? (address & bits) === (net & bits)
        : false;
    },
    myIpAddress: () => own.find(isIPv4) ?? '127.0.0.1',
    dnsResolveEx: all,
    isResolvableEx: (host: unknown) => all(host) !== '',
    isInNetEx: (address: unknown, net: unknown) => inNet(String(address), String(net)),
    myIpAddressEx: () => own.join(';'),
    sortIpAddressList: (list: unknown) => String(list),
    getClientVersion: () => '1.0',
  };
}

function numberOf(address: unknown): number | undefined {
  if (typeof address !== 'string' || !isIPv4(address)) return undefined;
  return address.split('.').reduce((number, part) => (number << 8) | Number(part), 0);
}

/** `net` is written as `10.0.0.0/8`. */
function inNet(address: string, net: string): boolean {
  const [base = '', length] = net.split('/');
  const kind = isIPv4(base) ? 'ipv4' : 'ipv6';
  const bits = Number(length);
  if (isIP(base) === 0 || isIP(address) === 0 || !(bits >= 0 && bits <= (kind === 'ipv4' ? 32 : 128))) {
    return false;
  }
  const nets = new BlockList();
  nets.addSubnet(base, bits, kind);
  return nets.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
