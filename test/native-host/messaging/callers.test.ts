import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHROMIUM_EXTENSION_ID, CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import { judgeCaller } from '../../../native-host/messaging/callers.ts';

const manifest = '/home/ada/.mozilla/native-messaging-hosts/com.signin_rescue.host.json';
const other = CHROMIUM_EXTENSION_ID.replace(/^./, 'b');

describe('judgeCaller', () => {
  it.each<[string, string[], string]>([
    ['Chromium', [CHROMIUM_ORIGIN], 'our-extension'],
    ['Chromium on Windows', [CHROMIUM_ORIGIN, '--parent-window=0'], 'our-extension'],
    ['a wrapper with options first', ['--machine', 'simulated', CHROMIUM_ORIGIN], 'our-extension'],
    ['Firefox', [manifest, GECKO_EXTENSION_ID], 'our-extension'],
    ['another extension', [`chrome-extension://${other}/`], 'stranger'],
    ['another extension that names ours too', [`chrome-extension://${other}/`, CHROMIUM_ORIGIN], 'stranger'],
    ['our id without its slash', [`chrome-extension://${CHROMIUM_EXTENSION_ID}`], 'stranger'],
    ['our id with a path', [`${CHROMIUM_ORIGIN}evil`], 'stranger'],
    ['our id in capitals', [`chrome-extension://${CHROMIUM_EXTENSION_ID.toUpperCase()}/`], 'stranger'],
    ['our id under another scheme', [`moz-extension://${CHROMIUM_EXTENSION_ID}/`], 'stranger'],
    ['another add-on', [manifest, 'evil@example.org'], 'stranger'],
    ['another add-on with a GUID', [manifest, '{5f1e1d5e-2c1c-4d0a-9c55-1b3a7a6c9d10}'], 'stranger'],
    ['our add-on’s name with more behind it', [manifest, `${GECKO_EXTENSION_ID}.evil`], 'stranger'],
    ['nothing', [], 'person'],
    ['a command', ['explain', 'AADSTS50173'], 'person'],
    ['a simulated PC', ['--machine', 'simulated:pc.json', 'check'], 'person'],
  ])('takes %s for what it is', (_, args, caller) => {
    expect(judgeCaller(args)).toBe(caller);
  });

  it('takes no other origin for ours', () => {
    const scheme = fc.constantFrom('chrome-extension', 'moz-extension', 'extension');
    const property = fc.property(scheme, fc.string(), fc.array(fc.string()), (name, rest, more) => {
      const origin = `${name}://${rest}`;
      fc.pre(origin !== CHROMIUM_ORIGIN);
      expect(judgeCaller([origin, ...more])).toBe('stranger');
    });
    fc.assert(property, { seed: 20260104 });
  });
});
