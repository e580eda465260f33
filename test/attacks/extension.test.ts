/** Messages to the extension's background from others than its own watcher, and a host that is not what it says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { browserMethods, hostMethods, PROTOCOL } from '../../common/contract.ts';
import { Peer } from '../../common/rpc.ts';
import { type Run, RunSchema } from '../../common/run.ts';
import manifest from '../../manifest.json' with { type: 'json' };
import { fake, polyfill, reset } from '../extension/background/fake-background.ts';
import { FakeHost } from '../extension/background/fake-host.ts';
import { failure, RUN_ID } from '../harness/run-records.ts';

type Listener = (message: unknown, sender: unknown) => unknown;
const heard = vi.hoisted(() => ({ listeners: [] as Listener[], cookies: [] as string[] }));

vi.mock('webextension-polyfill', () => {
  const { default: base } = polyfill();
  const quiet = { addListener: () => undefined, removeListener: () => undefined };
  const runtime = {
    ...base.runtime,
    onMessage: { addListener: (listener: Listener) => heard.listeners.push(listener) },
    onConnect: quiet,
  };
  return {
    default: {
      ...base,
      runtime,
      tabs: { ...base.tabs, onUpdated: quiet, onRemoved: quiet },
      webRequest: { onBeforeRequest: quiet, onErrorOccurred: quiet, onCompleted: quiet },
      permissions: { contains: async () => true },
      cookies: { getAll: async ({ domain }: { domain: string }) => heard.cookies.push(domain) && [] },
      scripting: { executeScript: async () => [] },
    },
  };
});
vi.mock('../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

beforeEach(() => {
  // The background hears of the network from the page that it is.
  vi.stubGlobal('addEventListener', () => undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.resetModules();
  reset(null);
  Object.assign(heard, { listeners: [], cookies: [] });
});

const signal = {
  ...{ type: 'signal', page: 'ConvergedError', kind: 'error', code: 'AADSTS50173' },
  ...{ correlationId: null, requestId: null, time: null },
};
const ours = { id: 'test', frameId: 0, tab: { id: 1 }, url: 'https://login.microsoftonline.com/common' };

/** The codes that the background has in its tabs after this was said to it. */
async function codesAfter(message: unknown, sender: unknown): Promise<string[]> {
  await import('../../extension/background/index.ts');
  const { recall } = await import('../../extension/background/memory.ts');
  for (const listener of heard.listeners) await listener(message, sender);
  return Object.values((await recall()).tabs).flatMap(({ failure }) => failure?.code ?? []);
}

describe('a message to the background', () => {
  it('of our own watcher on a sign-in page is heard', async () => {
    expect(await codesAfter(signal, ours)).toEqual(['AADSTS50173']);
  });

  it.each<[string, object]>([
    ['of another extension', { id: 'other' }],
    ['of nobody', { id: undefined }],
    ['of another site', { url: 'https://evil.example/' }],
    ['of a look-alike', { url: 'https://login.microsoftonline.com.evil.example/' }],
    ['of a site that has the address in its own', { url: 'https://evil.example/login.microsoftonline.com' }],
    ['out of a frame', { frameId: 3 }],
    ['of no tab', { tab: undefined }],
    ['of no page', { url: undefined }],
  ])('%s is not heard', async (_, other) => {
    expect(await codesAfter(signal, { ...ours, ...other })).toEqual([]);
  });

  it.each<[string, object]>([
    ['a word of its own', { title: 'Call +1 555 0100' }],
    ['a code of its own making', { code: 'AADSTS50173<b>' }],
    ['an id that is none', { correlationId: 'x' }],
    ['a prototype', JSON.parse('{"__proto__":{"kind":"error"},"kind":"none"}')],
  ])('with %s is not heard', async (_, more) => {
    expect(await codesAfter({ ...signal, ...more }, ours)).toEqual([]);
  });

  it('of others is not even asked for', () => {
    const files = readdirSync('extension', { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => /\.tsx?$/.test(file));
    expect(sources.length).toBeGreaterThan(50);
    for (const file of sources) {
      const source = readFileSync(join('extension', file), 'utf8');
      expect(source, file).not.toMatch(/on(?:Message|Connect)External|addEventListener\('message'/);
    }
    expect(manifest).not.toHaveProperty('externally_connectable');
  });
});

/** A program that was registered in the helper's place: it speaks the contract and asks what it likes. */
class Impostor extends FakeHost {
  readonly peers: Peer<typeof Impostor.local, typeof browserMethods, Record<string, never>>[] = [];
  static readonly local = { hello: hostMethods.hello };

  override join(send: (message: unknown) => void): (message: unknown) => void {
    const hello = {
      ...{ protocol: PROTOCOL, version: '0.1.0', platform: 'test', machine: 'windows' as const },
      run: null,
    };
    const peer = new Peer({
      ...{ send, local: Impostor.local, handlers: { hello: () => hello } },
      ...{ remote: browserMethods, incoming: {}, listeners: {} },
    });
    this.peers.push(peer);
    return (message) => peer.receive(message);
  }
}

function runOf(id: string, status: Run['status']): Run {
  const { time: startedAt } = failure;
  return v.parse(RunSchema, {
    ...{ id, revision: 1, failure, status, startedAt },
    ...{ steps: [], canUndo: false, damaged: 0 },
  });
}

describe('a look-alike host', () => {
  it.each([
    ['no run', null],
    ['another run', runOf('20261122T120000-ffffffff', 'running')],
    ['a run that has ended', runOf(RUN_ID, 'fixed')],
  ])('has no session cleared where the person sees %s', async (_, run) => {
    const { host } = await import('../../extension/background/following.ts');
    const { remember } = await import('../../extension/background/memory.ts');
    await remember((memory) => {
      memory.run = run;
    });
    const impostor = new Impostor();
    fake.host = impostor;
    await host.connect();
    const [peer] = impostor.peers;
    expect(await peer?.request('session.clear', { runId: RUN_ID }, 2_000)).toEqual({
      outcome: 'refused',
      cookies: 0,
    });
    expect(heard.cookies).toEqual([]);
  });
});
