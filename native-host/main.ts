/** One executable: a browser that starts it speaks native messaging, a person speaks the command line. */
import { leave } from './leave.ts';
import { judgeCaller } from './messaging/callers.ts';

// Before anything works in libuv's pool, as its size is read then. It gives names that are looked up half of its
// threads, and a look-up cannot be called off: with four, two names whose server is silent hold up all others. On
// Windows only who starts the process can say so, until Node has https://github.com/libuv/libuv/pull/4888.
process.env.UV_THREADPOOL_SIZE ??= '32';

// A function, as the one-file executable is a CommonJS module and those await nothing at their top.
async function main(args: readonly string[]): Promise<void> {
  const machineAt = args.indexOf('--machine');
  switch (judgeCaller(args)) {
    case 'person': {
      const { runCli } = await import('./cli/main.ts');
      return leave(await runCli(args));
    }
    case 'stranger':
      process.stderr.write('Signin Rescue: this host speaks with its own extension only.\n');
      process.exitCode = 4;
      return;
    case 'our-extension': {
      const { serveBrowser } = await import('./messaging/serve-browser.ts');
      return leave(await serveBrowser(machineAt < 0 ? undefined : args[machineAt + 1]));
    }
  }
}

void main(process.argv.slice(2));
