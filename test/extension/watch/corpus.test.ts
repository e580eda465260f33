import { describe, expect, it } from 'vitest';
import { judgePage } from '../../../native-host/pages/judge-page.ts';
import { type Expected, readExpected, readHtml } from '../../corpus/read.ts';
import { builtWatcher, untilRest } from './built-watcher.ts';

const { watch } = builtWatcher();

const AT_ONCE = 8;

async function compare({ file, url }: Expected): Promise<void> {
  const html = readHtml(file);
  const judged = judgePage(html, url);
  const watched = await watch(html, url);
  // A page for the second factor is watched for minutes after its one signal; any other is let be.
  if (judged?.kind !== 'mfa') await untilRest(watched.world);
  const sent = await watched.sent();
  expect.soft({ file, sent }).toEqual({ file, sent: judged ? [judged] : [] });
  await watched.page.close();
}

describe('the watcher in Chromium and the reader of saved pages', () => {
  it('say the same of every page of the corpus', { timeout: 300_000 }, async () => {
    // Chromium knows these hosts and goes to https by itself.
    const waiting = readExpected().filter(({ url }) => !url.startsWith('http:'));
    expect(waiting.length).toBeGreaterThan(120);
    const work = async () => {
      for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) await compare(page);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  });
});
