/** One executable: a browser that starts it speaks native messaging, a person speaks the command line. */
import { judgeCaller } from './messaging/callers.ts';

const args = process.argv.slice(2);
const machineAt = args.indexOf('--machine');

switch (judgeCaller(args)) {
  case 'person': {
    const { runCli } = await import('./cli/main.ts');
    process.exitCode = await runCli(args);
    break;
  }
  case 'stranger':
    process.stderr.write('Signin Rescue: this host speaks with its own extension only.\n');
    process.exitCode = 4;
    break;
  case 'our-extension': {
    const { serveBrowser } = await import('./messaging/serve-browser.ts');
    process.exitCode = await serveBrowser(machineAt < 0 ? undefined : args[machineAt + 1]);
  }
}
