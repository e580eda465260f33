/**
 * Manifests of native messaging. The oracle is the rule as the browsers' documents have it, written a second time
 * and shorter: what is taken has our name, the type `stdio`, a path, and only callers, ours among them; nothing else
 * is taken; one that is taken is never somebody else's; and no bytes make the judge fail.
 */
import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { CHROMIUM_ORIGINS, GECKO_EXTENSION_ID, HOST_NAME } from '../../../common/identity.ts';
import type { BrowserFamily } from '../../../native-host/registration/browsers.ts';
import {
  isForeign,
  judgeManifest,
  manifestFaults,
} from '../../../native-host/registration/judge-manifest.ts';
import { hostManifest } from '../../../native-host/registration/manifest.ts';
import { altered, oddValue, spoiled } from '../spoil.ts';
import { type Ground, target } from '../target.ts';

const origins = [
  ...CHROMIUM_ORIGINS,
  'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/',
  'chrome-extension://*/',
];
const value = fc.oneof(
  oddValue,
  fc.constantFrom(HOST_NAME, 'stdio', 'C:\\host.exe', GECKO_EXTENSION_ID, 'other@example.org', ...origins),
  fc.subarray(origins),
);
const text = (family: BrowserFamily) =>
  altered(JSON.parse(hostManifest(family, 'C:\\a b\\signin-rescue.exe')), value).map(
    (json) => JSON.stringify(json) ?? '',
  );
const family = fc.constantFrom<BrowserFamily>('chromium', 'firefox');
const input = fc.tuple(family, family).chain(([made, judged]) => {
  const whole = text(made);
  const damaged = spoiled(
    whole.map((each) => Buffer.from(each)),
    2,
  ).map((bytes) => Buffer.from(bytes).toString('utf8'));
  return fc.record({
    judged: fc.constant(judged),
    bytes: fc.oneof(
      whole,
      damaged,
      oddValue.map((each) => JSON.stringify(each)),
    ),
  });
});

function propertiesOf(bytes: string): Record<string, unknown> {
  const value: unknown = JSON.parse(bytes.replace(/^\ufeff/, ''));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What must be true of a manifest that a browser takes. */
function sound(bytes: string, family: BrowserFamily, path: string): void {
  const manifest = propertiesOf(bytes);
  equal(manifest.name, HOST_NAME);
  equal(manifest.type, 'stdio');
  equal(manifest.path, path);
  equal(typeof manifest.description, 'string');
  ok(path.length > 0);
  const callers = family === 'chromium' ? manifest.allowed_origins : manifest.allowed_extensions;
  ok(Array.isArray(callers) && callers.every((each) => typeof each === 'string'));
  const ours = family === 'chromium' ? CHROMIUM_ORIGINS : [GECKO_EXTENSION_ID];
  for (const each of ours)
    ok(
      callers.some((caller) => caller === each || caller === `${each}*`),
      each,
    );
  if (family === 'firefox') ok(!('allowed_origins' in manifest));
}

function judge({ judged, bytes }: { judged: BrowserFamily; bytes: string }, { count }: Ground): void {
  const verdict = judgeManifest(bytes, judged);
  const foreign = isForeign(bytes);
  equal(typeof foreign, 'boolean');
  if ('path' in verdict) {
    sound(bytes, judged, verdict.path);
    equal(foreign, false);
    count('taken');
    return;
  }
  ok(manifestFaults.includes(verdict.fault));
  // As it is written it is always taken by its own family.
  ok(bytes !== hostManifest(judged, 'C:\\a b\\signin-rescue.exe'));
  count(verdict.fault);
}

export const manifestsTarget = target({ name: 'manifests', batch: 10_000, input, judge });
