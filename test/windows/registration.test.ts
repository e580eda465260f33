import { expect, test } from 'vitest';
import { openWine } from '../harness/wine.ts';

test('a registration stands while it is wanted, and leaves what was there before', async () => {
  await using wine = await openWine();
  const { code, stdout, stderr } = await wine.runNode(
    await wine.bundle('test/windows/inside/registration.ts'),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { before, during, after } = JSON.parse(stdout);
  const manifest = 'C:\\a folder\\ümlaut\\manifest.json';
  expect(during).toEqual({
    'Google\\Chrome': manifest,
    'Microsoft\\Edge': manifest,
    Chromium: manifest,
    Mozilla: null,
  });
  expect(before['Microsoft\\Edge']).toContain('Program Files');
  expect(after).toEqual(before);
});
