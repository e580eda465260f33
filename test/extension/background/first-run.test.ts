import { beforeEach, expect, it, vi } from 'vitest';
import { fake, polyfill, reset } from './fake-background.ts';

vi.mock('webextension-polyfill', () => polyfill());

const { listenToInstall } = await import('../../../extension/background/first-run.ts');

beforeEach(() => {
  reset(null);
  listenToInstall();
});

it('the first-run page opens after the installation', () => {
  fake.installed.fire({ reason: 'install' });
  expect(fake.opened).toEqual(['extension://test/extension/pages/welcome/index.html']);
});

it.each(['update', 'browser_update', 'chrome_update', 'shared_module_update'])(
  'and not after %s',
  (reason) => {
    fake.installed.fire({ reason });
    expect(fake.opened).toEqual([]);
  },
);
