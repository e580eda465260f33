/**
 * Why a browser would not take a manifest: it says "not found" to most faults, so that only who reads the file again
 * can tell them apart. What is taken and refused was seen in Chromium 156 and Firefox 153 ESR
 * (test/browser/registration.test.ts holds it to that). Comments alone are let pass by Chromium and not here: no
 * manifest of ours has any.
 */
import * as v from 'valibot';
import { CHROMIUM_ORIGINS, GECKO_EXTENSION_ID, HOST_NAME } from '../../common/identity.ts';
import type { BrowserFamily } from './browsers.ts';

export const manifestFaults = [
  /** No JSON at all, or JSON with comments or a comma too many. */
  'not-json',
  'wrong-name',
  'no-description',
  'wrong-type',
  'no-path',
  /** Firefox drops a manifest with a key that it does not know, such as Chromium's. */
  'unknown-key',
  /** One caller that is none drops the whole manifest. */
  'bad-caller',
  /** Well-formed, and for other extensions than ours. */
  'not-for-us',
] as const;
export type ManifestFault = (typeof manifestFaults)[number];

export type Judged = { fault: ManifestFault } | { path: string };

const text = v.pipe(v.string(), v.nonEmpty());
const known = {
  name: v.optional(v.unknown()),
  description: v.optional(v.unknown()),
  type: v.optional(v.unknown()),
  path: v.optional(v.unknown()),
  allowed_extensions: v.optional(v.unknown()),
};
const Parts = v.looseObject({ ...known, allowed_origins: v.optional(v.unknown()) });
type Parts = v.InferOutput<typeof Parts>;

/** Chromium's match patterns for an extension: its id, and nothing or everything below it. */
const ORIGIN = /^chrome-extension:\/\/[^/@*:]+\/\*?$/;
/** https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/browser_specific_settings */
const GECKO_ID = /^(?:\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|[\w.-]*@[\w.-]+)$/i;

/** The path that a browser of that family would start, or why it starts nothing. The text as it lies in the file. */
export function judgeManifest(bytes: string, family: BrowserFamily): Judged {
  const parts = partsOf(bytes);
  if (!parts) return { fault: 'not-json' };
  if (parts.name !== HOST_NAME) return { fault: 'wrong-name' };
  const described = family === 'firefox' ? v.string() : text;
  if (!v.is(described, parts.description)) return { fault: 'no-description' };
  if (parts.type !== 'stdio') return { fault: 'wrong-type' };
  if (!v.is(text, parts.path)) return { fault: 'no-path' };
  const fault = family === 'chromium' ? originsFault(parts.allowed_origins) : firefoxFault(parts);
  return fault ? { fault } : { path: parts.path };
}

/**
 * Whether a manifest, sound or not, is somebody else's: a whole one that names other extensions alone, or none and
 * another host. One that cannot be read is nobody's.
 */
export function isForeign(bytes: string): boolean {
  const parts = partsOf(bytes);
  if (!parts) return false;
  const callers = [parts.allowed_origins, parts.allowed_extensions].flat().filter((each) => v.is(text, each));
  const ours: readonly unknown[] = [...CHROMIUM_ORIGINS, GECKO_EXTENSION_ID];
  if (callers.length > 0) return !callers.some((each) => ours.includes(withoutStar(each)));
  return parts.name !== undefined && parts.name !== HOST_NAME;
}

function partsOf(bytes: string): Parts | undefined {
  try {
    // Both let a byte order mark pass.
    const json: unknown = JSON.parse(bytes.replace(/^\ufeff/, ''));
    const parsed = v.safeParse(Parts, json);
    // A list has parts, too, and none of ours.
    return parsed.success && !Array.isArray(json) ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function originsFault(origins: unknown): ManifestFault | undefined {
  if (!v.is(v.array(v.pipe(v.string(), v.regex(ORIGIN))), origins)) return 'bad-caller';
  // Each store's extension has another id: one that is missing leaves those people without the helper.
  const named = new Set(origins.map(withoutStar));
  return CHROMIUM_ORIGINS.every((each) => named.has(each)) ? undefined : 'not-for-us';
}

/** Chromium takes what is below an extension for the extension. */
const withoutStar = (origin: string) => origin.replace(/\*$/, '');

function firefoxFault(parts: Parts): ManifestFault | undefined {
  if (Object.keys(parts).some((key) => !Object.hasOwn(known, key))) return 'unknown-key';
  const ids = parts.allowed_extensions;
  if (!v.is(v.array(v.pipe(v.string(), v.regex(GECKO_ID))), ids)) return 'bad-caller';
  return ids.includes(GECKO_EXTENSION_ID) ? undefined : 'not-for-us';
}
