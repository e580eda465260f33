/** One executable: a browser that starts it speaks native messaging, a person speaks the command line. */
import { leave } from './leave.ts';
import { judgeCaller } from './messaging/callers.ts';

// Before anything works in libuv's pool, as its size is read then. It gives names that are looked up half of its
// threads, and a look-up cannot be called off: with four, two names whose server is silent hold up all others. On
// Windows only who starts the process can say so, until Node has https://github.com/libuv/libuv/pull/4888.
process.env.UV_THREADPOOL_SIZE ??= '32';

const args = process.argv.slice(2);
const machineAt = args.indexOf('--machine');

switch (judgeCaller(args)) {
  case 'person': {
    const { runCli } = await import('./cli/main.ts');
    await leave(await runCli(args));
    break;
  }
  case 'stranger':
    process.stderr.write('Signin Rescue: this host speaks with its own extension only.\n');
    process.exitCode = 4;
    break;
  case 'our-extension': {
    const { serveBrowser } = await import('./messaging/serve-browser.ts');
    await leave(await serveBrowser(machineAt < 0 ? undefined : args[machineAt + 1]));
  }
}
