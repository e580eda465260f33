/**
 * Comes before everything that a Node of the test's Windows does. Copies of Node with the names of OneDrive and of
 * Windows' tools play these; all others go on as they are, but that no name is looked up outside this PC, and that
 * pipes are as on Windows.
 */
import promises from 'node:dns/promises';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { connect, Server } from 'node:net';
import { win32 } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Exit codes of Windows' tools, by name; 0 where none is named. */
type Codes = Partial<Record<string, number | 'never'>>;

const tools = ['klist', 'dsregcmd', 'ipconfig'];
const { name } = win32.parse(process.execPath);

if (name === 'OneDrive') await (await import('./stand-in-onedrive.ts')).play();
else if (tools.includes(name)) await playTool();
else {
  beOffline();
  ownPipesAlone();
}

async function forEver(): Promise<never> {
  for (;;) await setTimeout(1000);
}

async function playTool(): Promise<void> {
  const { words } = await import('./stand-in-words.ts');
  if (name === 'dsregcmd' && words() === '/status') {
    process.stdout.write('                AzureAdPrt : YES\r\n');
    return;
  }
  // The folder of the tests, which the host inherited and passes on.
  appendFileSync('told.txt', `${name}.exe ${words()}\n`);
  const codes: Codes = existsSync('codes.json') ? JSON.parse(readFileSync('codes.json', 'utf8')) : {};
  const code = codes[name] ?? 0;
  if (code === 'never') await forEver();
  else process.exit(code);
}

function beOffline(): void {
  promises.lookup = async () => {
    throw Object.assign(new Error('offline'), { code: 'ENOTFOUND' });
  };
  syncBuiltinESMExports();
}

/**
 * A pipe has one owner on Windows: libuv asks for FILE_FLAG_FIRST_PIPE_INSTANCE, and Wine 8 does not know it.
 * https://learn.microsoft.com/windows/win32/api/namedpipeapi/nf-namedpipeapi-createnamedpipew
 */
function ownPipesAlone(): void {
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const again = () => Reflect.apply(listen, this, args);
    const [path] = args;
    if (typeof path !== 'string' || !path.startsWith('\\\\.\\pipe\\')) return again();
    const caller = connect(path, () => {
      caller.destroy();
      this.emit('error', Object.assign(new Error('in use'), { code: 'EADDRINUSE' }));
    });
    caller.once('error', again);
    return this;
  };
}
