/** A program that has a folder open: `hold-folder.mjs PATH FILE` makes the file once it holds the folder, and stays. */
import { writeFileSync } from 'node:fs';
import { holdOpen } from './raw-files.ts';

const [path = '', file = ''] = process.argv.slice(2);
if (!holdOpen(path)) throw new Error(`could not hold ${path}`);
writeFileSync(file, '');
setInterval(() => undefined, 1000);
