/**
 * The one-file executable: Node's own, with the host's scripts as a resource
 * (https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html), our name and icon.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { bundleHost } from './bundle.ts';
import { type Product, quad } from './product.ts';
import { repository, windowsNode } from './windows-parts.ts';

/** Node looks for this resource, of type RT_RCDATA, once its fuse has been flipped. */
const RESOURCE = 'NODE_SEA_BLOB';
const RT_RCDATA = 10;
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Neutral, and what version information is written in: English, Unicode. */
const NEUTRAL = 0;
const [ENGLISH, UNICODE] = [1033, 1200];

/** Makes the executable's bytes; `folder` is for what is made on the way. */
export async function makeExecutable(product: Product, folder: string): Promise<Buffer> {
  const blob = await makeBlob(folder);
  // Node's signature says nothing of what this becomes.
  const exe = NtExecutable.from(await readFile(await windowsNode()), { ignoreCert: true });
  const resources = NtExecutableResource.from(exe);
  resources.replaceResourceEntry({
    type: RT_RCDATA,
    id: RESOURCE,
    lang: NEUTRAL,
    codepage: UNICODE,
    bin: blob,
  });
  nameIt(resources, product);
  Resource.IconGroupEntry.replaceIconsForResource(resources.entries, 1, ENGLISH, await icons());
  resources.outputResource(exe);
  return flipFuse(Buffer.from(exe.generate()));
}

/** The scripts as Node wants them, for any platform. */
async function makeBlob(folder: string): Promise<ArrayBuffer> {
  const { loader, parts } = await bundleHost(folder);
  for (const [name, bytes] of parts) await writeFile(join(folder, name), bytes);
  const settings = {
    // Names alone, as they go into the blob: the same bytes wherever it is made.
    main: loader,
    output: 'host.blob',
    disableExperimentalSEAWarning: true,
    useSnapshot: false,
    // It would be for this system's Node.
    useCodeCache: false,
    assets: Object.fromEntries([...parts.keys()].map((name) => [name, name])),
  };
  await writeFile(join(folder, 'sea.json'), JSON.stringify(settings));
  await execa(process.execPath, ['--experimental-sea-config', 'sea.json'], { cwd: folder });
  const blob = await readFile(join(folder, 'host.blob'));
  return new Uint8Array(blob).buffer;
}

/** What Windows shows in a file's properties, and in Task Manager. */
function nameIt(resources: NtExecutableResource, { name, publisher, version, copyright }: Product): void {
  const [major, minor, patch, build] = quad(version);
  const [high, low] = [(major << 16) | minor, (patch << 16) | build];
  resources.entries = resources.entries.filter(({ type }) => type !== RT_VERSION);
  const info = Resource.VersionInfo.create(
    ENGLISH,
    {
      ...{ fileVersionMS: high, fileVersionLS: low, productVersionMS: high, productVersionLS: low },
      // VOS_NT_WINDOWS32 and VFT_APP. https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo
      ...{ fileFlagsMask: 0x3f, fileOS: 0x40004, fileType: 1 },
    },
    [
      {
        lang: ENGLISH,
        codepage: UNICODE,
        values: {
          CompanyName: publisher,
          FileDescription: name,
          FileVersion: version,
          InternalName: 'signin-rescue',
          LegalCopyright: copyright,
          OriginalFilename: 'signin-rescue.exe',
          ProductName: name,
          ProductVersion: version,
        },
      },
    ],
  );
  info.outputToResourceEntries(resources.entries);
}

const RT_VERSION = 16;

const sizes = [16, 32, 48, 128];

async function icons(): Promise<Data.RawIconItem[]> {
  return Promise.all(
    sizes.map(async (size) => {
      const png = await readFile(join(repository, 'extension', 'public', 'icons', `${size}.png`));
      return Data.RawIconItem.from(png, size, size, 32);
    }),
  );
}

/** The icon as a file of its own, for what Windows lists as installed. */
export async function makeIcon(): Promise<Buffer> {
  const file = new Data.IconFile();
  file.icons = (await icons()).map((data) => ({ data }));
  return Buffer.from(file.generate());
}

function flipFuse(exe: Buffer): Buffer {
  const at = exe.indexOf(`${FUSE}:0`);
  if (at < 0 || exe.indexOf(`${FUSE}:0`, at + 1) >= 0)
    throw new Error('node.exe has not the one fuse that it should');
  exe.write('1', at + FUSE.length + 1, 'latin1');
  return exe;
}
