import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { windowsNode } from '../../installer/package/windows-parts.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import { wineTool } from '../harness/wine/wine-parts.ts';

let wine: Wine;
let out: ReturnType<typeof JSON.parse>;
beforeAll(async () => {
  wine = await openWine();
  // Windows without a screen. Wine asks which driver to use only once, so it starts again.
  const drivers = ['add', 'HKCU\\Software\\Wine\\Drivers', '/v', 'Graphics', '/d', 'null', '/f'];
  expect(await wine.run('reg', drivers)).toMatchObject({ code: 0 });
  for (const order of ['-k', '-w', '-p20']) await wineTool(wine.env, 'wineserver', [order]);
  await copyFile(await windowsNode(), join(wine.folder, 'Quiet.exe'));
  const { stdout, stderr } = await wine.runNode(await wine.bundle('test/windows/inside/close.ts'), [], {
    timeout: 100_000,
  });
  expect(stderr).toBe('');
  out = JSON.parse(stdout);
});
afterAll(() => wine[Symbol.asyncDispose]());

test('a program that does not run is closed', () => {
  expect(out.nothing).toBe(true);
});

test('all programs of the name close when they are asked', () => {
  expect(out.two).toEqual({ closed: true, left: 0 });
});

test('a program without windows keeps running, and so do programs of other names', () => {
  expect(out.windowless).toEqual({ closed: false, left: 1 });
  expect(out.others).toBe(1);
});

test('a program that asks whether to save keeps running, and its question is the person’s to answer', () => {
  expect(out.unsaved).toEqual({ asks: false, again: false, unanswered: 1, left: 1 });
});

test('the wait can be cancelled', () => {
  expect(out.cancelled).toEqual(['cancelled', 'cancelled']);
});
