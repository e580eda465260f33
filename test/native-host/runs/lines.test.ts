import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { fileProblem, LineFile, readLines } from '../../../native-host/runs/lines.ts';
import { problemOf } from '../../harness/problem-of.ts';
import { temporaryFolder } from '../../harness/temporary-folder.ts';

const Any = v.strictObject({ n: v.number() });
const newPath = () => join(temporaryFolder(), 'below', 'lines.jsonl');

async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(import.meta.filename);
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

/** Windows refuses to cut a file that is open for appending only (https://github.com/nodejs/node/issues/3177). */
async function appendingCutsNothing(): Promise<void> {
  const refused = Object.assign(new Error('EPERM'), { code: 'EPERM' });
  vi.spyOn(await fileHandlePrototype(), 'truncate').mockRejectedValue(refused);
}

describe('LineFile', () => {
  it('makes folder and file, private to their user, and appends whole lines', async () => {
    const path = newPath();
    const file = await LineFile.open(path);
    await file.append([{ n: 1 }, { n: 2 }], true);
    await file.append([], true);
    await file.append([{ n: 3 }], false);
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":3}\n');
    expect([statSync(path), statSync(join(path, '..'))].map(({ mode }) => mode & 0o777)).toEqual([
      0o600, 0o700,
    ]);
  });

  it('reads back any values, and none of a torn end', async () => {
    await appendingCutsNothing();
    const path = newPath();
    const property = fc.asyncProperty(
      fc.array(fc.jsonValue()),
      fc.string({ unit: 'binary' }),
      async (values, torn) => {
        const file = await LineFile.open(path);
        await file.append(values, false);
        await file.close();
        const { length } = await readLines(path, v.unknown());
        appendFileSync(path, torn.replaceAll('\n', ''));
        expect(await readLines(path, v.unknown())).toEqual({
          values: JSON.parse(JSON.stringify(values)),
          damaged: 0,
          length,
        });
        await (await LineFile.open(path, length)).close();
        expect(statSync(path).size).toBe(length);
      },
    );
    await fc.assert(property, { seed: 20260105, numRuns: 100 });
  });

  it('leaves out damaged lines and counts them', async () => {
    const path = join(temporaryFolder(), 'lines.jsonl');
    writeFileSync(path, '{"n":1}\n{"n":"x"}\n{\n{"n":2}\n{"n":3');
    expect(await readLines(path, Any)).toMatchObject({ values: [{ n: 1 }, { n: 2 }], damaged: 2 });
  });

  it('takes a missing file for an empty one, and says what keeps it from reading another', async () => {
    expect(await readLines(newPath(), Any)).toEqual({ values: [], damaged: 0, length: 0 });
    expect((await problemOf(readLines(temporaryFolder(), Any))).detail).toContain('EISDIR');
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'access-denied'],
    ['EIO', 'internal'],
  ])('cuts off the half line that %s left behind, so that the next line is whole', async (code, kind) => {
    const path = newPath();
    const file = await LineFile.open(path);
    await file.append([{ n: 1 }], true);
    await appendingCutsNothing();
    vi.spyOn(await fileHandlePrototype(), 'appendFile').mockImplementationOnce(async () => {
      appendFileSync(path, '{"n":');
      throw Object.assign(new Error(code), { code, path });
    });
    expect((await problemOf(file.append([{ n: 2 }], true))).kind).toBe(kind);
    await file.append([{ n: 3 }], true);
    await file.close();
    expect(readFileSync(path, 'utf8')).toBe('{"n":1}\n{"n":3}\n');
  });

  it('is on the disk when it was to be flushed, and only then waits for that', async () => {
    const sync = vi.spyOn(await fileHandlePrototype(), 'sync');
    const file = await LineFile.open(newPath());
    await file.append([{ n: 1 }], false);
    expect(sync).not.toHaveBeenCalled();
    await file.append([{ n: 2 }], true);
    expect(sync).toHaveBeenCalledOnce();
    await file.close();
  });
});

describe('fileProblem', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'access-denied'],
    ['EPERM', 'access-denied'],
    ['EROFS', 'access-denied'],
    ['EIO', 'internal'],
  ])('says %s as %s, with the path', (code, kind) => {
    const { problem } = fileProblem(Object.assign(new Error('x'), { code, path: '/a/b' }));
    expect(problem).toEqual({ kind, detail: `${code} /a/b` });
  });
});
