/** Puts raw entries into the Credential Manager, or reads them from it: `store.mjs write|read`, names in entries.json. */
import { readFileSync } from 'node:fs';
import { type RawCredential, readRaw, writeRaw } from './raw-credentials.ts';

const entries: RawCredential[] = JSON.parse(readFileSync('entries.json', 'utf8'));
if (process.argv[2] === 'write') for (const entry of entries) writeRaw(entry);
console.log(JSON.stringify(entries.map(({ target, type }) => readRaw(target, type))));
