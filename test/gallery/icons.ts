/** Draws extension/icons/*.svg as the PNGs that browsers and Raycast want: `node test/gallery/icons.ts`. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launch } from './stage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const extension = path.join(root, 'extension');
const drawing = (name: string) => readFile(path.join(extension, 'icons', name), 'utf8');
const [large, small] = [await drawing('icon.svg'), await drawing('icon-small.svg')];
const style = '<style>html, body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>';

const browser = await launch();
const page = await browser.newPage();
async function draw(size: number, file: `${string}.png`): Promise<void> {
  await page.setViewport({ width: size, height: size });
  await page.setContent(style + (size === 16 ? small : large));
  await page.screenshot({ path: file, omitBackground: true });
}
for (const size of [16, 32, 48, 128]) await draw(size, `${extension}/public/icons/${size}.png`);
await draw(512, `${root}/raycast/assets/icon.png`);
await browser.close();
