import { describe, expect, it } from 'vitest';
import { clouds } from '../../../common/clouds.ts';
import { ProblemError } from '../../../common/problem.ts';
import { clearBrowserSession } from '../../../native-host/remedies/clear-browser-session.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { failure, remedyOn } from './remedy-on.ts';

const setUp = () => remedyOn(clearBrowserSession);

describe('clear-browser-session', () => {
  it.each([
    ['login.microsoftonline.com', 'worldwide'],
    ['www.office.com', 'worldwide'],
    ['login.microsoftonline.us', 'us-government'],
    ['portal.partner.microsoftonline.cn', 'china'],
    [undefined, 'worldwide'],
  ] as const)('after a failure at %s shows the hosts of that cloud', async (seenAt, cloud) => {
    const { seenAt: _, ...plain } = failure;
    const { operations } = await setUp();
    const shown = await operations({ failure: { ...plain, ...(seenAt && { seenAt }) } });
    const { signIn, homes } = clouds[cloud];
    expect(shown.map(({ item }) => item.label)).toEqual([...signIn, ...homes]);
    for (const { item } of shown) expect(item).toMatchObject({ kind: 'site', optional: false, ticked: true });
  });

  it('needs a browser', async () => {
    expect(await (await setUp()).preview({ browser: false })).toEqual({ state: 'needs-browser' });
  });

  it('has the browser clear its session once, when all hosts have been taken in', async () => {
    const { operations, act, said } = await setUp();
    const shown = await operations();
    const done: string[] = [];
    for (const { item, intent } of shown) {
      await act(intent, { clearSession: async () => void done.push(item.label) });
    }
    expect(done).toEqual([shown.at(-1)?.item.label]);
    expect(said).toEqual([{ id: 'clearing-session' }]);
  });

  it.each(['browser-missing', 'permission-refused'] as const)('tells %s', async (kind) => {
    const { act } = await setUp();
    const clearSession = () => Promise.reject(new ProblemError(kind));
    const attempt = act({ host: 'login.live.com', last: true }, { clearSession });
    expect(await problemOf(attempt)).toEqual({ kind });
  });

  it('asks for nothing in the name of another host', async () => {
    const { act } = await setUp();
    const asked: string[] = [];
    const clearSession = async () => void asked.push('asked');
    for (const host of ['bank.example', 'login.microsoftonline.com.example', '']) {
      expect((await problemOf(act({ host, last: true }, { clearSession }))).kind).toBe('item-unknown');
    }
    expect(asked).toEqual([]);
  });

  it('cannot be undone', async () => {
    const { backup, revert } = await setUp();
    const intent = { host: 'login.live.com', last: true };
    expect(await backup(intent)).toEqual({ keep: null });
    expect(await revert(intent, null)).toEqual({ result: 'impossible', why: 'no-undo' });
  });
});
