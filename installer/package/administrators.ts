/** What administrators get beside the MSIs: policy templates and samples, scripts, the manifest for winget. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployScripts } from '../deploy/scripts.ts';
import { policyFiles } from '../policy/files.ts';
import { wingetManifest } from '../winget.ts';
import type { Product } from './product.ts';
import { codesOf, msiName, type Scope } from './wix.ts';

/**
 * Each file by its path. `out` is where the MSIs are; `url` is the address below which they will be had, without which
 * there is no manifest for winget.
 */
export async function administratorsFiles(
  product: Product,
  time: Date,
  url: string | undefined,
  out: string,
): Promise<Map<string, Buffer>> {
  const { version } = product;
  const files = new Map<string, string>();
  for (const [name, text] of policyFiles()) files.set(`policy/${name}`, text);
  const deployed = { version, productCode: codesOf(product, 'machine').productCode };
  const scripts = await deployScripts({ ...deployed, msi: msiName(product, 'machine') });
  for (const [name, text] of scripts) files.set(`deploy/${name}`, text);
  if (url !== undefined) {
    const installer = async (scope: Scope) => {
      const file = msiName(product, scope);
      const sha256 = createHash('sha256')
        .update(await readFile(join(out, file)))
        .digest('hex');
      return { file, sha256, ...codesOf(product, scope) };
    };
    const [user, machine] = [await installer('user'), await installer('machine')];
    const releaseDate = time.toISOString().slice(0, 10);
    const manifest = wingetManifest({ version, baseUrl: url, user, machine, releaseDate });
    for (const [name, text] of Object.entries(manifest)) files.set(`winget/${name}`, text);
  }
  return new Map([...files].map(([name, text]) => [name, Buffer.from(text)]));
}
