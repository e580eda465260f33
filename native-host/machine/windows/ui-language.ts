/** The language of the user's Windows. */
import { declare } from './native.ts';

/** LOCALE_NAME_MAX_LENGTH, in UTF-16 units with the ending zero. */
const LONGEST = 85;

const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const chosen: () => number = kernel32.func('__stdcall', 'GetUserDefaultUILanguage', 'uint16', []);
  const nameOf: (id: number, name: Buffer, room: number, flags: 0) => number = kernel32.func(
    '__stdcall',
    'LCIDToLocaleName',
    'int',
    ['uint32', 'void *', 'int', 'uint32'],
  );
  return { chosen, nameOf };
});

/**
 * Its tag, such as `de-DE`; undefined where Windows has no name for it.
 * https://learn.microsoft.com/en-us/windows/win32/api/winnls/nf-winnls-getuserdefaultuilanguage
 */
export async function uiLanguage(): Promise<string | undefined> {
  const { chosen, nameOf } = await functions();
  const name = Buffer.alloc(2 * LONGEST);
  const length = nameOf(chosen(), name, LONGEST, 0);
  return length > 1 ? name.toString('utf16le', 0, 2 * (length - 1)) : undefined;
}
