/**
 * Where the one-file executable begins. Its scripts are parts of it, and Node's own `require` finds none of them there:
 * this one does, and reads a script when it is first asked for. That is quicker than one large script, which would
 * load all of Node's modules before the first answer.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getRawAsset } from 'node:sea';
import { compileFunction } from 'node:vm';

/** What Node gives a CommonJS module. */
interface Script {
  exports: unknown;
}

const scripts = new Map<string, Script>();
const text = new TextDecoder();
const home = dirname(process.execPath);
/**
 * Where the scripts seem to be. koffi looks three folders above its script, too: from here that is still ours, and never
 * the root of the drive, where any user may put a library.
 */
const folder = join(home, 'parts', 'of', 'host');
// Besides the parts: Node's modules, and koffi's library beside the executable.
const others = createRequire(process.execPath);

function load(name: string): unknown {
  if (!name.startsWith('./')) return others(name);
  const known = scripts.get(name);
  if (known) return known.exports;
  const script: Script = { exports: {} };
  // Before it runs: two that need each other see what there is so far.
  scripts.set(name, script);
  try {
    run(script, name);
  } catch (error) {
    scripts.delete(name);
    throw error;
  }
  return script.exports;
}

function run(script: Script, name: string): void {
  const filename = join(folder, name);
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const code = text.decode(getRawAsset(name.slice(2)));
  compileFunction(code, names, { filename })(script.exports, load, script, filename, folder);
}

// There koffi finds its library.
Object.assign(process, { resourcesPath: home });
load('./signin-rescue.cjs');
