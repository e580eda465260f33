/**
 * What is different where the host is one executable file: its parts are in it, not beside its scripts
 * (https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html).
 */
import { getAsset, isSea } from 'node:sea';

/** Parts that installer/package puts into the executable. */
export type Part = 'pac-sandbox.cjs' | 'quickjs.wasm';

/** Whether this process is the one-file executable. */
export const isOneFile = (): boolean => isSea();

/** A part as text. Fails where this is no one-file executable. */
export const partText = (part: Part): string => getAsset(part, 'utf8');

/** A part's bytes. Fails where this is no one-file executable. */
export const partBytes = (part: Part): Buffer => Buffer.from(getAsset(part));
