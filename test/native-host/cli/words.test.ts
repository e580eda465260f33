import { afterEach, describe, expect, it } from 'vitest';
import { say, speak } from '../../../native-host/cli/words.ts';
import { cli, startHost } from '../../harness/host/host-process.ts';

afterEach(() => speak('en'));

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['fr-CA', 'fr'],
  ['es-419', 'es'],
  ['pt-PT', 'pt-BR'],
  ['ja-JP', 'ja'],
  ['ar-EG', 'ar'],
  ['zh', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  // Written in other characters.
  ['zh-TW', 'en'],
  ['zh-Hant-HK', 'en'],
  ['sv-SE', 'en'],
  ['und', 'en'],
  ['C', 'en'],
  ['not a tag', 'en'],
])('who reads %s is spoken to in %s', async (tag, language) => {
  await speak(tag);
  expect(say('language_tag')).toBe(language);
});

it('counts as the language does', async () => {
  await speak('ja');
  expect(say('ui_entries', 1)).not.toContain('plural');
  await speak('de');
  expect([say('ui_entries', 1), say('ui_entries', 2)]).toEqual(['1 Eintrag', '2 Einträge']);
});

describe('the command line', () => {
  const german = { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
  const run = async (...args: string[]) => {
    const { child, ended } = startHost(args, german);
    child.stdin.end();
    return ended;
  };

  it('speaks the language of the environment, also of what it did not understand', async () => {
    expect((await run('explain', 'AADSTS50173')).stdout).toContain('Kennwort');
    await speak('de');
    expect((await run('repair')).stderr).toContain(say('cli_see_help'));
  });

  it('is the same for programs everywhere', async () => {
    const { stdout } = await run('explain', 'AADSTS50173', '--json');
    expect(stdout).toBe((await cli('explain', 'AADSTS50173', '--json')).stdout);
  });
});
