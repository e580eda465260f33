/**
 * The one-file executable for Linux, of the very parts that the Windows one has. It is not handed out: it tells what the
 * start of one file costs where it can be measured without Wine.
 */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { NtExecutable, NtExecutableResource } from 'resedit';

/** https://nodejs.org/docs/latest-v22.x/api/single-executable-applications.html: under this name Node looks for its parts. */
const NAME = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:0';

/** https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html */
const [PT_LOAD, PT_NOTE, PT_GNU_RELRO] = [1, 4, 0x6474e552];
const PF_R = 4;
const PAGE = 0x1000;

/** What the Windows executable holds beside Node. */
async function partsOf(windowsExecutable: string): Promise<Buffer> {
  const exe = NtExecutable.from(await readFile(windowsExecutable), { ignoreCert: true });
  const found = NtExecutableResource.from(exe).entries.find(({ id }) => id === NAME);
  if (!found) throw new Error(`${windowsExecutable} has no ${NAME}`);
  return Buffer.from(found.bin);
}

/** A note of ELF: lengths of name and content, a type, then both, each at a multiple of four. */
function noteOf(content: Buffer): Buffer {
  const name = Buffer.alloc(Math.ceil((NAME.length + 1) / 4) * 4);
  name.write(NAME);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(NAME.length + 1, 0);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, name, content, Buffer.alloc(-content.length & 3)]);
}

interface Header {
  type: number;
  /** Where it stands in the file. */
  at: number;
  /** The first address above it. */
  end: number;
}

function headersOf(node: Buffer): Header[] {
  const [table, size, count] = [
    Number(node.readBigUInt64LE(32)),
    node.readUInt16LE(54),
    node.readUInt16LE(56),
  ];
  return Array.from({ length: count }, (_, index) => {
    const at = table + index * size;
    const end = Number(node.readBigUInt64LE(at + 16) + node.readBigUInt64LE(at + 40));
    return { type: node.readUInt32LE(at), at, end };
  });
}

function point(
  node: Buffer,
  { at }: Header,
  type: number,
  place: { offset: number; address: number; size: number },
): void {
  const { offset, address, size } = place;
  node.writeUInt32LE(type, at);
  node.writeUInt32LE(PF_R, at + 4);
  for (const [index, value] of [offset, address, address, size, size].entries())
    node.writeBigUInt64LE(BigInt(value), at + 8 + index * 8);
  node.writeBigUInt64LE(BigInt(type === PT_LOAD ? PAGE : 4), at + 48);
}

/** Makes it of this process's own Node: one header is pointed at the parts as a note, another has them in memory. */
export async function makeLinuxOneFile(windowsExecutable: string, to: string): Promise<void> {
  const node = await readFile(process.execPath);
  const note = noteOf(await partsOf(windowsExecutable));
  const headers = headersOf(node);
  const loaded = headers.filter(({ type }) => type === PT_LOAD).map(({ end }) => end);
  const [own, spare] = [PT_NOTE, PT_GNU_RELRO].map((wanted) => headers.find(({ type }) => type === wanted));
  const fuse = node.indexOf(FUSE);
  if (!own || !spare || fuse < 0) throw new Error(`${process.execPath} is not built as expected`);
  const offset = Math.ceil(node.length / PAGE) * PAGE;
  const place = { offset, address: Math.ceil(Math.max(...loaded) / PAGE) * PAGE, size: note.length };
  point(node, own, PT_NOTE, place);
  point(node, spare, PT_LOAD, place);
  node.write('1', fuse + FUSE.length - 1, 'latin1');
  await writeFile(to, Buffer.concat([node, Buffer.alloc(offset - node.length), note]));
  await chmod(to, 0o755);
}
