/** The host's scripts as parts of the one-file executable: CommonJS, each loaded when it is first asked for. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { repository } from './windows-parts.ts';

/** The entry that Node starts, and the parts that it reads from the executable: names and bytes. */
export interface Bundle {
  loader: string;
  parts: ReadonlyMap<string, Buffer>;
}

/** Bundles one entry with all that it imports into `folder`; in chunks, or as one script. Gives the files' names. */
async function bundled(
  entry: string,
  folder: string,
  { name, chunks }: { name: string; chunks: boolean },
): Promise<string[]> {
  const result = await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    publicDir: false,
    // koffi's own way in brings each system's library; this one leaves it to be found.
    resolve: { alias: [{ find: /^koffi$/, replacement: 'koffi/indirect' }] },
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        output: {
          format: 'cjs',
          entryFileNames: name,
          chunkFileNames: '[name].cjs',
          codeSplitting: chunks,
        },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs.flatMap((each) => ('output' in each ? each.output.map(({ fileName }) => fileName) : []));
}

/** Bundles the host below a folder, and gives what goes into the executable. */
export async function bundleHost(folder: string): Promise<Bundle> {
  const names = [
    ...(await bundled('native-host/main.ts', folder, { name: 'signin-rescue.cjs', chunks: true })),
    ...(await bundled('native-host/checks/proxy/pac-sandbox.ts', folder, {
      name: 'pac-sandbox.cjs',
      chunks: false,
    })),
  ];
  await bundled('native-host/one-file/loader.ts', folder, { name: 'loader.cjs', chunks: false });
  const index = createRequire(import.meta.url).resolve('quickjs-wasi');
  const parts = new Map([['quickjs.wasm', await readFile(join(index, '..', '..', 'quickjs.wasm'))]]);
  for (const name of names.sort()) parts.set(name, await readFile(join(folder, name)));
  return { loader: 'loader.cjs', parts };
}
