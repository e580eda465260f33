/**
 * Why a browser would not take a manifest: Chromium says "not found" to most faults, so that only who reads the file
 * again can tell them apart. What it takes and refuses was seen in Chromium 156
 * (test/browser/registration.test.ts holds it to that).
 */
import * as v from 'valibot';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID, HOST_NAME } from '../../common/identity.ts';
import type { BrowserFamily } from './browsers.ts';

export const manifestFaults = [
  /** No JSON at all, or JSON with comments or a comma too many. */
  'not-json',
  /** A byte order mark, at which Firefox stumbles. */
  'byte-order-mark',
  'wrong-name',
  'no-description',
  'wrong-type',
  'no-path',
  /** One caller that is none drops the whole manifest in Chromium. */
  'bad-caller',
  /** Well-formed, and for other extensions than ours. */
  'not-for-us',
] as const;
export type ManifestFault = (typeof manifestFaults)[number];

export type Judged = { fault: ManifestFault } | { path: string };

const text = v.pipe(v.string(), v.nonEmpty());
const Parts = v.object({
  name: v.optional(v.unknown()),
  description: v.optional(v.unknown()),
  type: v.optional(v.unknown()),
  path: v.optional(v.unknown()),
  allowed_origins: v.optional(v.unknown()),
  allowed_extensions: v.optional(v.unknown()),
});

/** Chromium's match patterns for an extension: its id, and nothing or everything below it. */
const ORIGIN = /^chrome-extension:\/\/[^/@*:]+\/\*?$/;

/** The path that a browser of that family would start, or why it starts nothing. Bytes as they lie in the file. */
export function judgeManifest(bytes: string, family: BrowserFamily): Judged {
  if (bytes.startsWith('\ufeff')) return { fault: 'byte-order-mark' };
  const parts = partsOf(bytes);
  if (!parts) return { fault: 'not-json' };
  if (parts.name !== HOST_NAME) return { fault: 'wrong-name' };
  if (!v.is(text, parts.description)) return { fault: 'no-description' };
  if (parts.type !== 'stdio') return { fault: 'wrong-type' };
  if (!v.is(text, parts.path)) return { fault: 'no-path' };
  const fault =
    family === 'chromium' ? originsFault(parts.allowed_origins) : idsFault(parts.allowed_extensions);
  return fault ? { fault } : { path: parts.path };
}

function partsOf(bytes: string): v.InferOutput<typeof Parts> | undefined {
  try {
    const json: unknown = JSON.parse(bytes);
    const parsed = v.safeParse(Parts, json);
    // A list has parts, too, and none of ours.
    return parsed.success && !Array.isArray(json) ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function originsFault(origins: unknown): ManifestFault | undefined {
  if (!v.is(v.array(v.pipe(v.string(), v.regex(ORIGIN))), origins)) return 'bad-caller';
  return origins.some((each) => each.replace(/\*$/, '') === CHROMIUM_ORIGIN) ? undefined : 'not-for-us';
}

function idsFault(ids: unknown): ManifestFault | undefined {
  if (!v.is(v.array(text), ids)) return 'bad-caller';
  return ids.includes(GECKO_EXTENSION_ID) ? undefined : 'not-for-us';
}
