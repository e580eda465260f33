import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../../common/findings.ts';
import { ProblemError } from '../../../common/problem.ts';
import { found } from '../../fixtures/found.ts';
import { waitFor } from '../../harness/wait-for.ts';
import { polyfill, reset } from './fake-background.ts';
import { FakeHost } from './fake-host.ts';

vi.mock('webextension-polyfill', () => polyfill());
vi.mock('../../../extension/background/banner-script.ts', () => ({ BANNER_SCRIPT: '' }));

const proxy = found('fault', 'proxy', 'unreachable', { subject: 'proxy.contoso.com:8080' });
const clock = found('ok', 'clock', 'right');

let host: FakeHost;
let reached: (host: string) => Promise<unknown>;
beforeEach(() => {
  // The background's modules keep what goes on: each test has its own.
  vi.resetModules();
  host = new FakeHost();
  reset(host);
  reached = async () => ({});
  vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
    const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return Promise.race([reached(new URL(url).hostname), aborted]);
  });
});
afterEach(() => vi.unstubAllGlobals());

async function background() {
  const [check, { shared }, { recall }] = await Promise.all([
    import('../../../extension/background/check.ts'),
    import('../../../extension/background/following.ts'),
    import('../../../extension/background/memory.ts'),
  ]);
  /** What a view would be shown. */
  const shown = async () => shared().check ?? (await recall()).check;
  return { ...check, shared, shown };
}

const asked = () => waitFor(() => host.asked.length > 0, 'the host to be asked');
const ids = (findings: readonly Finding[] = []) => findings.map(({ id }) => id).sort();
const ownIds = ['browser:aadcdn.msauth.net', 'browser:login.microsoftonline.com'];

describe('a check', () => {
  it('shows what comes as it comes, from host and browser, and who is still at it', async () => {
    const { check, shown } = await background();
    const done = check('worldwide');
    await asked();
    host.waiting('endpoints', 'proxy');
    host.found(proxy);
    await waitFor(async () => (await shown())?.findings.length === 3, 'three findings');
    expect(await shown()).toMatchObject({
      state: 'looking',
      waiting: ['endpoints', 'proxy'],
      diagnosis: null,
    });
    host.end([proxy, clock]);
    await done;
    const state = await shown();
    expect(state).toMatchObject({ state: 'done', scope: 'all', waiting: [] });
    expect(ids(state?.findings)).toEqual([...ownIds, 'clock', proxy.id]);
    expect(state?.diagnosis?.cause).toBe(proxy.id);
    expect(host.asked).toEqual([{ scope: 'all', cloud: 'worldwide' }]);
  });

  it('of another cloud looks at that cloud’s hosts', async () => {
    const { check, shown } = await background();
    const done = check('china');
    await asked();
    host.end([]);
    await done;
    expect(ids((await shown())?.findings)).toContain('browser:login.partner.microsoftonline.cn');
    expect(host.asked).toEqual([{ scope: 'all', cloud: 'china' }]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['refused', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
    ['answered, whatever it is', async () => ({ type: 'opaque', status: 0 }), 'reachable'],
  ])('tells a host that the browser is %s by', async (_, answer, meaning) => {
    reached = (name) => (name === 'login.microsoftonline.com' ? answer() : Promise.resolve({}));
    const { check, shown } = await background();
    const done = check('worldwide');
    await asked();
    host.end([]);
    await done;
    const found = (await shown())?.findings.find(({ id }) => id === 'browser:login.microsoftonline.com');
    expect(found).toMatchObject({ meaning, level: meaning === 'reachable' ? 'ok' : 'fault' });
  });

  it('without a host is what the browser alone can see, and says so', async () => {
    reset(null);
    const { check, shown, shared } = await background();
    await check('worldwide');
    const state = await shown();
    expect(state).toMatchObject({ state: 'partial', waiting: [] });
    expect(ids(state?.findings)).toEqual(ownIds);
    expect(shared().host).toEqual({ state: 'missing' });
  });

  it('that the host cannot make is told with the host’s own problem', async () => {
    const { check, shown, shared } = await background();
    const done = check('worldwide');
    await asked();
    host.fail(new ProblemError('access-denied'));
    await done;
    expect((await shown())?.state).toBe('partial');
    expect(shared().problem).toEqual({ kind: 'access-denied' });
  });

  it('that is cancelled keeps what it found, and the host ends its own', async () => {
    reached = () => new Promise(() => undefined);
    const { check, cancelCheck, shown, shared } = await background();
    const done = check('worldwide');
    await asked();
    host.found(proxy);
    await waitFor(async () => (await shown())?.findings.length === 1, 'a finding');
    cancelCheck();
    await done;
    await waitFor(() => host.cancelled === 1, 'the host to hear of it');
    expect(await shown()).toMatchObject({ state: 'cancelled', waiting: [] });
    expect(ids((await shown())?.findings)).toEqual([...ownIds, proxy.id]);
    expect(shared().problem).toBeNull();
  });

  it('is cancelled at once, though the host is frozen', async () => {
    reached = () => new Promise(() => undefined);
    const { check, cancelCheck, shown } = await background();
    const done = check('worldwide');
    await asked();
    host.frozen = true;
    cancelCheck();
    await done;
    expect((await shown())?.state).toBe('cancelled');
  });

  it('that is closed shows nothing any more, also when it ends later', async () => {
    const { check, closeCheck, shown } = await background();
    const done = check('worldwide');
    await asked();
    await closeCheck();
    await done;
    expect(await shown()).toBeNull();
  });

  it('asked for twice is one', async () => {
    const { check } = await background();
    const done = check('worldwide');
    await check('worldwide');
    await asked();
    host.end([]);
    await done;
    expect(host.asked).toHaveLength(1);
  });
});

describe('a quiet look', () => {
  it('is quick, shows nothing, and gives what it found', async () => {
    const { checkQuietly, shown } = await background();
    const quiet = checkQuietly('worldwide');
    await asked();
    host.found(proxy);
    expect(await shown()).toBeNull();
    host.end([proxy]);
    expect(await quiet).toMatchObject({ state: 'done', scope: 'quick', diagnosis: { cause: proxy.id } });
    expect(host.asked).toEqual([{ scope: 'quick', cloud: 'worldwide' }]);
    expect(await shown()).toBeNull();
  });

  it('gives way to one that the person asks for', async () => {
    const { checkQuietly, check, shown } = await background();
    const quiet = checkQuietly('worldwide');
    await asked();
    const done = check('worldwide');
    expect(await quiet).toBeUndefined();
    await waitFor(() => host.asked.length === 2, 'the second check');
    host.end([clock]);
    await done;
    expect((await shown())?.state).toBe('done');
  });

  it('is not begun while a result is shown', async () => {
    const { checkQuietly, check } = await background();
    const done = check('worldwide');
    await asked();
    host.end([]);
    await done;
    expect(await checkQuietly('worldwide')).toBeUndefined();
    expect(host.asked).toHaveLength(1);
  });
});
