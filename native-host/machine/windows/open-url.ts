/** Opening a URL with the program that Windows has for its scheme. */
import { ProblemError } from '../../../common/problem.ts';
import { declare, type Pointer } from './native.ts';

/** What a remedy may open. Any other scheme could start any program. */
const schemes = new Set(['odopen:', 'ms-settings:', 'https:']);

const SW_SHOWNORMAL = 1;
/** COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE, as ShellExecuteW's page asks. */
const COM_MODE = 0x2 | 0x4;
/** ShellExecuteW gives more than this where it did what it was asked. */
const LAST_SHELL_ERROR = 32n;

type ShellExecute = (
  window: null,
  verb: string,
  file: string,
  args: null,
  folder: null,
  show: number,
) => Pointer;

/** https://learn.microsoft.com/en-us/windows/win32/api/shellapi/nf-shellapi-shellexecutew */
const functions = declare((koffi) => {
  const shell32 = koffi.load('shell32.dll');
  const ole32 = koffi.load('ole32.dll');
  const execute: ShellExecute = shell32.func('__stdcall', 'ShellExecuteW', 'void *', [
    'void *',
    'str16',
    'str16',
    'void *',
    'void *',
    'int32',
  ]);
  const enterCom: (reserved: null, mode: number) => number = ole32.func(
    '__stdcall',
    'CoInitializeEx',
    'int32',
    ['void *', 'uint32'],
  );
  const leaveCom: () => void = ole32.func('__stdcall', 'CoUninitialize', 'void', []);
  return { execute, enterCom, leaveCom };
});

export async function openUrl(url: string): Promise<void> {
  const parsed = URL.parse(url);
  if (parsed === null || !schemes.has(parsed.protocol)) {
    throw new ProblemError('not-supported', `no URL of a scheme that may be opened: ${url}`);
  }
  const api = await functions();
  const com = api.enterCom(null, COM_MODE);
  try {
    const code = api.execute(null, 'open', parsed.href, null, null, SW_SHOWNORMAL) ?? 0n;
    if (code <= LAST_SHELL_ERROR) {
      throw new ProblemError('exe-failed', `ShellExecuteW of ${parsed.protocol} failed with error ${code}`);
    }
  } finally {
    if (com >= 0) api.leaveCom();
  }
}
