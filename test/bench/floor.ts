/** Other programs that answer one frame: what the start of a process costs at the least, and in another language. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { findProgram } from '../harness/system-packages.ts';

const native = (reply: Buffer) => `#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const unsigned char reply[] = {${[...reply].join(',')}};

int main(void) {
  uint32_t size;
  if (fread(&size, sizeof size, 1, stdin) != 1) return 1;
  char *message = malloc(size);
  if (message == NULL || fread(message, 1, size, stdin) != size) return 1;
  fwrite(reply, 1, sizeof reply, stdout);
  fflush(stdout);
  return getchar() == EOF ? 0 : 1;
}
`;

const python = (bytes: number) => `import json, struct, sys

size, = struct.unpack('<I', sys.stdin.buffer.read(4))
message = json.loads(sys.stdin.buffer.read(size))
answer = json.dumps({'jsonrpc': '2.0', 'id': message['id'], 'result': {}}).ljust(${bytes}).encode()
sys.stdout.buffer.write(struct.pack('<I', len(answer)) + answer)
sys.stdout.buffer.flush()
sys.stdin.buffer.read()
`;

/** A program in C that answers with these bytes, compiled into a folder. Undefined where there is no compiler. */
export async function nativeHost(folder: string, reply: Buffer): Promise<string[] | undefined> {
  const compiler = findProgram('cc');
  if (!compiler) return undefined;
  const [source, program] = [join(folder, 'floor.c'), join(folder, 'floor')];
  await writeFile(source, native(reply));
  await execa(compiler, ['-O2', '-o', program, source]);
  return [program];
}

/** A program in Python 3 that answers with as many bytes. Undefined where there is none. */
export async function pythonHost(folder: string, reply: Buffer): Promise<string[] | undefined> {
  const found = findProgram('python3');
  if (!found) return undefined;
  // Itself, and no script that looks for one of several.
  const { stdout } = await execa(found, ['-c', 'import sys; print(sys.executable)']);
  const script = join(folder, 'host.py');
  await writeFile(script, python(reply.length - 4));
  return [stdout.trim(), script];
}
