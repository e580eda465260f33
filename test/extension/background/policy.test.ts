/** What the extension takes from its managed storage and from the host's hello, and how the two go together. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Policy } from '../../../common/policy.ts';
import { noPolicy } from '../../fixtures/no-policy.ts';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());

const LATER = new Date(Date.now() + 3_600_000).toISOString();

beforeEach(() => {
  vi.resetModules();
  reset(null);
});

async function policy(managed: Record<string, unknown> = {}, told: Partial<Policy> = {}) {
  for (const [name, value] of Object.entries(managed)) fake.managed.set(name, value);
  const module = await import('../../../extension/background/policy.ts');
  await module.followPolicy(() => undefined);
  if (Object.keys(told).length > 0) await module.hearPolicy({ ...noPolicy, ...told });
  return module;
}

describe('the help desk', () => {
  it('is that of the managed storage, else what the host says', async () => {
    const told = { helpDesk: 'host@contoso.example', helpDeskText: '555 0199' };
    const { helpDesk } = await policy({ helpDesk: 'it@contoso.example' }, told);
    expect(helpDesk()).toEqual({ helpDesk: 'it@contoso.example', helpDeskText: '555 0199' });
  });

  it.each([7, '555 0100', 'it@contoso.example?cc=x@contoso.example', null])('is not %s', async (helpDesk) => {
    const module = await policy({ helpDesk, helpDeskText: 'a\nb' });
    expect(module.helpDesk()).toEqual({ helpDesk: null, helpDeskText: null });
  });
});

describe('a remedy', () => {
  it.each<[string, unknown, Policy['remedies'][number] | undefined, string | undefined]>([
    ['off in the browser', 'off', undefined, 'off'],
    ['off in the browser and approved by the host', 'off', rule('approval', LATER), 'off'],
    ['off by the host alone', undefined, rule('off'), 'off'],
    ['to be approved', 'approval', undefined, 'approval'],
    ['to be approved, as the host says too', 'approval', rule('approval'), 'approval'],
    ['to be approved, and approved on this PC', 'approval', rule('approval', LATER), undefined],
    ['approved once', 'approval', rule('approval', '2020-01-01T00:00:00.000Z'), 'approval'],
    ['allowed', 'allowed', undefined, undefined],
    ['named by no known word', 'maybe', undefined, 'off'],
    ['no text', 1, undefined, 'off'],
  ])('%s', async (_, own, told, shown) => {
    const managed = own === undefined ? {} : { remedies: { 'flush-dns': own } };
    const { rules } = await policy(managed, { remedies: told ? [told] : [] });
    expect(rules()).toEqual(shown ? [{ remedy: 'flush-dns', rule: shown }] : []);
  });

  it('that is none of ours, or a list of them that is none, changes nothing; its name is told', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    expect((await policy({ remedies: { 'format-disk': 'off' } })).rules()).toEqual([]);
    expect(warn.mock.calls).toEqual([['Policy "remedies": there is no "format-disk"']]);
    vi.resetModules();
    expect((await policy({ remedies: ['flush-dns'] })).rules()).toEqual([]);
  });
});

function rule(word: 'approval' | 'off', until?: string): Policy['remedies'][number] {
  return { remedy: 'flush-dns', rule: word, ...(until === undefined ? {} : { until }) };
}

describe('clouds', () => {
  const request = (host: string) => ({ type: 'request', to: 'sign-in', time: 1, host, chain: '1' }) as const;

  it('that are not the organisation’s are not watched', async () => {
    const { asWatched } = await policy({ clouds: ['us-government', 'mars'] });
    const other = { type: 'page', failure: { seenAt: 'login.microsoftonline.com' } } as never;
    expect(await asWatched(request('login.microsoftonline.us'))).toMatchObject({ type: 'request' });
    expect(await asWatched(request('login.microsoftonline.com'))).toEqual({ type: 'elsewhere' });
    expect(await asWatched(other)).toEqual({ type: 'elsewhere' });
    expect(await asWatched({ type: 'typing' })).toEqual({ type: 'typing' });
  });

  it('are all watched where policy names none', async () => {
    const { asWatched, cloudFor } = await policy();
    expect(await asWatched(request('login.microsoftonline.us'))).toMatchObject({ type: 'request' });
    expect(cloudFor(undefined)).toBe('worldwide');
  });

  it('give the one to look at where no page tells: the first', async () => {
    const { cloudFor } = await policy({}, { clouds: ['china', 'worldwide'] });
    expect([cloudFor(undefined), cloudFor(''), cloudFor('login.microsoftonline.com')]).toEqual([
      'china',
      'china',
      'worldwide',
    ]);
  });
});

describe('what was said', () => {
  it('by the host is still known when the background wakes', async () => {
    await policy({}, { helpDeskText: '555 0100' });
    vi.resetModules();
    expect((await policy()).helpDesk().helpDeskText).toBe('555 0100');
  });

  it('of watching holds from either side', async () => {
    expect((await policy({ watch: false })).watchForbidden()).toBe(true);
    reset(null);
    vi.resetModules();
    expect((await policy({}, { watch: false })).watchForbidden()).toBe(true);
    reset(null);
    vi.resetModules();
    expect((await policy({ watch: true })).watchForbidden()).toBe(false);
  });

  it('of the days that backups are kept is the host’s, else its habit', async () => {
    expect((await policy()).backupDays()).toBe(30);
    expect((await policy({}, { backupDays: 7 })).backupDays()).toBe(7);
  });

  it('changes while the browser runs', async () => {
    const changed = vi.fn();
    const { followPolicy, helpDesk } = await import('../../../extension/background/policy.ts');
    await followPolicy(changed);
    fake.managed.set('helpDeskText', '555 0100');
    fake.changed.fire({}, 'managed');
    await vi.waitFor(() => expect(changed).toHaveBeenCalledOnce());
    expect(helpDesk().helpDeskText).toBe('555 0100');
  });
});
