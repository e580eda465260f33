/** What programs write to a console, as text. */
import { declare, win32Problem } from './native.ts';

/** The code page that a console has unless it is told another; dsregcmd and its like tell it none. */
const CP_OEMCP = 1;

type Decode = (
  page: number,
  flags: number,
  bytes: Buffer,
  length: number,
  text: Buffer,
  room: number,
) => number;

/** https://learn.microsoft.com/en-us/windows/win32/api/stringapiset/nf-stringapiset-multibytetowidechar */
const functions = declare((koffi) => {
  const kernel32 = koffi.load('kernel32.dll');
  const decode: Decode = kernel32.func('__stdcall', 'MultiByteToWideChar', 'int32', [
    'uint32',
    'uint32',
    'void *',
    'int32',
    koffi.out(koffi.pointer('void')),
    'int32',
  ]);
  const lastError: () => number = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return { decode, lastError };
});

/** The text in these bytes, which are in the console's code page. */
export async function consoleText(bytes: Buffer): Promise<string> {
  // None is an error to Windows.
  if (bytes.length === 0) return '';
  const { decode, lastError } = await functions();
  // A character is never fewer bytes in a code page than it is units of UTF-16.
  const text = Buffer.alloc(bytes.length * 2);
  const units = decode(CP_OEMCP, 0, bytes, bytes.length, text, bytes.length);
  if (units === 0) throw win32Problem('MultiByteToWideChar', lastError());
  return text.toString('utf16le', 0, units * 2);
}
