/** How the process ends: with all that it has said, and without waiting for names that nobody wants any more. */
import type { Writable } from 'node:stream';

/**
 * Ends the process with this code when standard output and error are out. A name that is being looked up cannot be
 * called off, and Node waits for it in `process.exit`, too (https://github.com/libuv/libuv/issues/364): with a name
 * server that is silent that would be minutes, so then the system ends the process.
 */
export async function leave(code: number): Promise<void> {
  process.exitCode = code;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  if (!process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) return;
  const { default: koffi } = await import('koffi');
  if (process.platform === 'win32') {
    // https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getcurrentprocess
    const kernel = koffi.load('kernel32.dll');
    const current = kernel.func('__stdcall', 'GetCurrentProcess', 'intptr_t', []);
    kernel.func('__stdcall', 'TerminateProcess', 'int', ['intptr_t', 'uint32'])(current(), code);
  } else {
    koffi.load(null).func('void _exit(int)')(code);
  }
}

/** Writes are in order, so all are out with the last; also where nobody reads any more. */
function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()));
}
