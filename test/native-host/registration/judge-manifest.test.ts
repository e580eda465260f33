import { describe, expect, it } from 'vitest';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import { judgeManifest } from '../../../native-host/registration/judge-manifest.ts';
import { hostManifest } from '../../../native-host/registration/manifest.ts';

const good = (family: 'chromium' | 'firefox') =>
  JSON.parse(hostManifest(family, 'C:\\a b\\signin-rescue.exe'));
const judge = (change: object, family: 'chromium' | 'firefox' = 'chromium') =>
  judgeManifest(JSON.stringify({ ...good(family), ...change }), family);

describe('a manifest', () => {
  it.each(['chromium', 'firefox'] as const)('as it is written for %s is taken', (family) => {
    expect(judge({}, family)).toEqual({ path: 'C:\\a b\\signin-rescue.exe' });
  });

  it.each([
    ['wrong-name', { name: 'com.signin_rescue.other' }],
    ['no-description', { description: '' }],
    ['no-description', { description: undefined }],
    ['wrong-type', { type: 'socket' }],
    ['no-path', { path: '' }],
    ['no-path', { path: 7 }],
    ['bad-caller', { allowed_origins: undefined }],
    ['bad-caller', { allowed_origins: 'chrome-extension://a/' }],
    ['not-for-us', { allowed_origins: [] }],
    ['not-for-us', { allowed_origins: ['chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'] }],
  ])('is not taken: %s %j', (fault, change) => {
    expect(judge(change)).toEqual({ fault });
  });

  it.each([
    'moz-extension://a/',
    'extension://eafbemnofeodfanfepcoojjclhmelghc/',
    'chrome-extension://a@b/',
    CHROMIUM_ORIGIN.slice(0, -1),
    'chrome-extension://*/',
  ])('with one caller that is none is dropped whole: %s', (origin) => {
    expect(judge({ allowed_origins: [CHROMIUM_ORIGIN, origin] })).toEqual({ fault: 'bad-caller' });
  });

  it.each(['chrome-extension://__ID__/', `${CHROMIUM_ORIGIN}*`])('may name %s besides', (origin) => {
    expect(judge({ allowed_origins: [origin, CHROMIUM_ORIGIN], unknown: 1 })).toHaveProperty('path');
  });

  it('for Firefox names extensions, not origins', () => {
    expect(judge({ allowed_extensions: ['other@example'] }, 'firefox')).toEqual({ fault: 'not-for-us' });
    expect(judge({ allowed_extensions: undefined }, 'firefox')).toEqual({ fault: 'bad-caller' });
    expect(judge({ allowed_extensions: ['a@b', GECKO_EXTENSION_ID] }, 'firefox')).toHaveProperty('path');
  });

  it.each([
    ['not-json', ''],
    ['not-json', '[]'],
    ['not-json', `${hostManifest('chromium', 'x').trim().slice(0, -1)},}`],
    ['not-json', `// a note\n${hostManifest('chromium', 'x')}`],
    ['byte-order-mark', `\ufeff${hostManifest('chromium', 'x')}`],
  ])('that cannot be read is not taken: %s', (fault, bytes) => {
    expect(judgeManifest(bytes, 'chromium')).toEqual({ fault });
  });
});
