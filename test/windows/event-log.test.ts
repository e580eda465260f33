import { expect, test } from 'vitest';
import { openWine } from '../harness/wine/wine.ts';

/** What Wine says of calls that it has no log for: their arguments in order, and the texts. */
const call =
  /:RegisterEventSourceW \(\(null\),L"(.*)"\)|:ReportEventW \(\w+,(.*)\): stub|:ReportEventW L"(.*)"/g;

test('Windows is handed each entry under our name, without the user’s, whole and in any script', async () => {
  await using wine = await openWine();
  const script = await wine.bundle('test/windows/inside/event-log.ts');
  const env = { WINEDEBUG: 'fixme+advapi,+eventlog' };
  const { stdout, stderr } = await wine.runNode(script, [], { env });
  expect(stdout.trim()).toBe('taken');
  const told = Array.from(stderr.matchAll(call), ([, source, numbers, text]) => {
    // Type, category, id, user, how many texts and bytes; then where they are.
    const [type, category, id, user, texts, bytes] = (numbers ?? '').split(',').map(Number);
    return source ?? text ?? { type, category, id, user, texts, bytes };
  });
  const entry = { category: 0, user: 0, texts: 1, bytes: 0 };
  expect(told).toEqual([
    ...['Signin Rescue', { type: 4, id: 100, ...entry }, '{\\"event\\":\\"failure\\"}'],
    ...['Signin Rescue', { type: 2, id: 1000, ...entry }, 'gr\\00f6\\00dfer, \\65e5\\672c and \\d83d\\de00'],
    ...['Signin Rescue', { type: 2, id: 201, ...entry }, expect.stringMatching(/^x{99,}/)],
  ]);
});
