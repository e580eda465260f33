/** A OneDrive that hangs, ignores, fails and does not come back: remedies with short limits on Wine's real processes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWinePc, type WinePc } from '../harness/wine/wine-pc.ts';

let pc: WinePc;
let out: ReturnType<typeof JSON.parse>;
beforeAll(async () => {
  pc = await openWinePc({ Business1: { UserEmail: 'ada@contoso.example' } });
  const script = await pc.wine.bundle('test/windows/inside/misbehaving.ts');
  const { stdout, stderr } = await pc.script(script, [], { timeout: 230_000 });
  expect(stderr).toBe('');
  out = JSON.parse(stdout);
}, 240_000);
afterAll(() => pc[Symbol.asyncDispose]());

const SETUP = 'odopen://sync?useremail=ada%40contoso.example';
/** The same one goes on; another one runs. */
const same = { running: 1, same: true, child: false };
const anew = { running: 1, same: false, child: false };

test.each([
  ['reset, /shutdown ignored', 'timed-out', ['/shutdown'], same],
  ['reset, /shutdown hangs', 'timed-out', ['/shutdown'], same],
  ['reset, /shutdown fails', 'timed-out', ['/shutdown'], same],
  ['reset, /reset hangs with a child', 'timed-out', ['/shutdown', '/reset', '/reset has a child'], anew],
  ['reset, /reset fails', 'none', ['/shutdown', '/reset'], anew],
  ['restart, /shutdown ignored', 'timed-out', ['/shutdown'], same],
  ['restart, /shutdown slow', 'none', ['/shutdown'], anew],
  ['clear, /shutdown ignored', 'timed-out', ['/shutdown'], same],
  ['link, already', 'none', [], same],
])('%s: %s, the account stays linked and one OneDrive runs', (name, problem, told, runs) => {
  expect(out[name]).toEqual({ problem, told, linked: 1, ...runs });
});

test.each(['reset, /shutdown slow', 'reset, cancelled meanwhile', 'reset, does not come back by itself'])(
  '%s: carried out to its end, and OneDrive runs',
  (name) => {
    expect(out[name]).toEqual({ problem: 'none', told: ['/shutdown', '/reset'], linked: 0, ...anew });
  },
);

test.each([
  ['link, nobody confirms', 'timed-out', 0],
  ['link, cancelled meanwhile', 'cancelled', 0],
  ['link, done', 'none', 1],
])('%s: %s, after the set-up was opened once', (name, problem, linked) => {
  expect(out[name]).toMatchObject({ problem, told: [SETUP], linked, same: true });
});

test('a OneDrive that is no longer there is said', () => {
  expect(out.vanishing).toMatchObject({ problem: 'exe-failed', running: 0, again: 'onedrive-missing' });
});

test('a tool that never ends is ended when the person cancels', () => {
  expect(out.tool).toEqual({ problem: 'cancelled', running: 0 });
});
