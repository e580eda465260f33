/**
 * The story with the Windows host: Chromium on Linux, the host in Wine behind a relay, sign-in that works once the
 * entry is gone from Wine's own Credential Manager.
 */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import { startStandIn } from '../stand-in/index.ts';
import { tellStory } from '../story/story.ts';
import type { RawCredential } from './inside/raw-credentials.ts';

const stale: RawCredential = {
  target: 'OneDrive Cached Credential Business - Business1',
  user: 'ada@contoso.example',
  blob: Buffer.from('an old token').toString('base64'),
};
const other: RawCredential = { target: 'git:https://git.contoso.example', user: 'ada', blob: 'AAEC' };

let wine: Wine;
beforeAll(async () => {
  wine = await openWine();
});
afterAll(() => wine[Symbol.asyncDispose]());

test('the failure seen in Chromium is repaired by the host in Wine, and sign-in works', async () => {
  const store = await wine.bundle('test/windows/inside/store.ts');
  const files = { 'entries.json': JSON.stringify([stale, other]) };
  const stored = async (what: 'write' | 'read') =>
    JSON.parse((await wine.runNode(store, [what], { files })).stdout);
  const [written, kept] = await stored('write');
  expect(written).toMatchObject({ target: stale.target, blob: stale.blob });

  const main = await wine.bundle('native-host/main.ts');
  const relay = await wine.installRelay(await mkdtemp(join(wine.folder, 'relay-')), [
    wine.node,
    wine.windowsPath(main),
  ]);
  const verdict = async () => ({ works: (await stored('read'))[0] === null, code: 'AADSTS50173' });
  const standIn = await startStandIn({ verdict });
  const lines: string[] = [];
  try {
    const ending = await tellStory({
      family: 'chromium',
      standIn: standIn.port,
      host: [relay],
      code: 'AADSTS50173',
      tell: (line) => lines.push(line),
    });
    expect(ending, lines.join('\n')).toBe('signed-in');
  } finally {
    await standIn.close();
  }
  expect(await stored('read')).toEqual([null, kept]);
});
