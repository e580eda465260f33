/** Each store gives the extension another id: all of them are in one manifest, and each may speak with the host. */
import { expect, it, vi } from 'vitest';
import { judgeCaller } from '../../../native-host/messaging/callers.ts';
import { isForeign, judgeManifest } from '../../../native-host/registration/judge-manifest.ts';
import { hostManifest } from '../../../native-host/registration/manifest.ts';

const ids = vi.hoisted(() => ['a', 'b', 'c'].map((letter) => letter.repeat(32)));
const origins = ids.map((id) => `chrome-extension://${id}/`);
vi.mock('../../../common/identity.ts', async (original) => ({
  ...(await original<typeof import('../../../common/identity.ts')>()),
  CHROMIUM_ORIGINS: ids.map((id) => `chrome-extension://${id}/`),
}));

it('one manifest names them all, and is sound', () => {
  const manifest = hostManifest('chromium', 'C:\\host.exe');
  expect(JSON.parse(manifest).allowed_origins).toEqual(origins);
  expect(judgeManifest(manifest, 'chromium')).toEqual({ path: 'C:\\host.exe' });
});

it('a manifest without one of them is to be mended, and is not somebody else’s', () => {
  const whole = JSON.parse(hostManifest('chromium', 'C:\\host.exe'));
  const older = JSON.stringify({ ...whole, allowed_origins: origins.slice(0, 2) });
  expect(judgeManifest(older, 'chromium')).toEqual({ fault: 'not-for-us' });
  expect(isForeign(older)).toBe(false);
});

it.each(origins)('%s is ours', (origin) => {
  expect(judgeCaller([origin, '--parent-window=0'])).toBe('our-extension');
});

it('another one is not', () => {
  expect(judgeCaller([`chrome-extension://${'d'.repeat(32)}/`])).toBe('stranger');
});
