import { describe, expect, it } from 'vitest';
import { CHROMIUM_ORIGIN, GECKO_EXTENSION_ID } from '../../../common/identity.ts';
import { isForeign, judgeManifest } from '../../../native-host/registration/judge-manifest.ts';
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

  it.each([
    ['not-for-us', { allowed_extensions: ['other@example'] }],
    ['bad-caller', { allowed_extensions: undefined }],
    ['bad-caller', { allowed_extensions: [GECKO_EXTENSION_ID, 'no id'] }],
    ['unknown-key', { allowed_origins: [CHROMIUM_ORIGIN] }],
    ['no-description', { description: undefined }],
  ])('is not taken by Firefox: %s %j', (fault, change) => {
    expect(judge(change, 'firefox')).toEqual({ fault });
  });

  it.each([
    { allowed_extensions: ['a@b', '{01234567-89ab-cdef-0123-456789ABCDEF}', GECKO_EXTENSION_ID] },
    { description: '' },
  ])('is taken by Firefox: %j', (change) => {
    expect(judge(change, 'firefox')).toHaveProperty('path');
  });

  it.each(['', '[]', `${hostManifest('chromium', 'x').trim().slice(0, -1)},}`])(
    'that cannot be read is not taken: %s',
    (bytes) => {
      expect(judgeManifest(bytes, 'chromium')).toEqual({ fault: 'not-json' });
    },
  );

  it('may begin with a byte order mark', () => {
    expect(judgeManifest(`\ufeff${hostManifest('chromium', 'x')}`, 'chromium')).toEqual({ path: 'x' });
  });
});

describe('somebody else’s manifest', () => {
  it.each([
    [
      'for another extension',
      { allowed_origins: ['chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/'] },
      true,
    ],
    ['of another name, for nobody', { name: 'org.example', allowed_origins: [] }, true],
    ['of another name, for us', { name: 'org.example' }, false],
    ['for us and others', { allowed_origins: ['chrome-extension://a/', CHROMIUM_ORIGIN] }, false],
    ['for us, one origin that is none beside', { allowed_origins: [CHROMIUM_ORIGIN, 'x'] }, false],
    ['for nobody', { allowed_origins: [] }, false],
  ])('%s', (_, change, foreign) => {
    expect(isForeign(JSON.stringify({ ...good('chromium'), ...change }))).toBe(foreign);
  });

  it('is never half of one', () => {
    expect(isForeign('{"name": "org.example", "pa')).toBe(false);
  });
});
