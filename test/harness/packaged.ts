/** What is packaged, made for tests: the executable and MSIs of any version, in a folder of its own. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeMsi } from '../../installer/package/msi.ts';
import { makePayload } from '../../installer/package/payload.ts';
import { productOf } from '../../installer/package/product.ts';
import { cache } from '../../installer/package/windows-parts.ts';
import { msiName, type Scope } from '../../installer/package/wix.ts';
import { VERSION } from '../../native-host/version.ts';

export interface Packaged extends AsyncDisposable {
  /** Linux paths of the MSIs of a version. */
  msi(version: string, scope: Scope): Promise<string>;
  /** Linux path of the executable, its library beside it as installed. */
  executable(): Promise<string>;
}

/** Some time of the past, of whole seconds: that of the files. */
const TIME = new Date('2026-01-02T03:04:06Z');

export async function openPackaged(): Promise<Packaged> {
  await mkdir(cache, { recursive: true });
  const root = await mkdtemp(join(cache, 'packaged-'));
  const payloads = new Map<string, ReturnType<typeof makePayload>>();
  const payloadOf = (version: string) => {
    const payload = payloads.get(version) ?? makePayload(productOf(version), join(root, version));
    payloads.set(version, payload);
    return payload;
  };
  return {
    async executable() {
      const { executable, koffi } = await payloadOf(VERSION);
      const folder = join(root, 'Jürgen 田中');
      const library = join(folder, 'koffi', 'win32_x64');
      await mkdir(library, { recursive: true });
      await copyFile(koffi, join(library, 'koffi.node'));
      await copyFile(executable, join(folder, 'signin-rescue.exe'));
      return join(folder, 'signin-rescue.exe');
    },
    async msi(version, scope) {
      const product = productOf(version);
      const folder = join(root, version);
      const payload = payloadOf(version);
      const to = join(folder, msiName(product, scope));
      await makeMsi(product, scope, await payload, { to, folder, time: TIME });
      return to;
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
