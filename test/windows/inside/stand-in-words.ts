import koffi from 'koffi';

const commandLine: () => string = koffi
  .load('kernel32.dll')
  .func('__stdcall', 'GetCommandLineW', 'str16', []);

/** What this program was told, as it was written: Node takes the first word for a path and changes it. */
export function words(): string {
  return commandLine()
    .replace(/^("[^"]*"|\S+)\s*/, '')
    .trim();
}
