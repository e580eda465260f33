import { expect, test } from 'vitest';
import { openWine } from '../harness/wine/wine.ts';

test('the language of the user’s Windows is read as a tag', async () => {
  await using wine = await openWine();
  const script = await wine.bundle('test/windows/inside/ui-language.ts');
  const read: Record<string, unknown> = {};
  for (const locale of ['de_DE', 'pt_BR', 'zh_CN', 'ar_EG']) {
    // From which Wine takes the language of its Windows.
    const env = { LC_ALL: `${locale}.UTF-8`, LANG: `${locale}.UTF-8` };
    const { stdout, stderr } = await wine.runNode(script, [], { env });
    read[locale] = stderr || JSON.parse(stdout);
  }
  expect(read).toEqual({ de_DE: 'de-DE', pt_BR: 'pt-BR', zh_CN: 'zh-CN', ar_EG: 'ar-EG' });
});
