/** The whole host, as it ships, against the real Credential Manager of Wine: repair, killed in the middle, undo. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { openWine, type Wine } from '../harness/wine/wine.ts';
import type { RawCredential } from './inside/raw-credentials.ts';
import type { PcOrders } from './inside/raw-pc.ts';

const secret = () => randomBytes(40).toString('base64');
const removable: RawCredential[] = [
  { target: 'OneDrive Cached Credential Business - Business1', user: 'ada', comment: 'c', blob: secret() },
  { target: 'OneDrive Cached Credential', user: 'ada@outlook.example', persist: 3, blob: secret() },
  { target: 'MicrosoftOffice16_Data:ADAL:5c3f7a9e', blob: secret() },
  { target: 'MicrosoftOffice15_Data:SSPI:ada@contoso.example', user: 'ada', blob: secret() },
  { target: 'MicrosoftOfficeDeviceCode', blob: secret() },
  { target: 'msteams_adalsso/adal_context_segments', blob: secret() },
  { target: 'MSTeams/ada', blob: secret() },
];
const survivors: RawCredential[] = [
  { target: 'WindowsLive:target=virtualapp/didlogical', user: '02abc', blob: secret() },
  { target: 'MicrosoftAccount:target=SSO_POP_Device', user: '02abc', blob: secret() },
  { target: 'MicrosoftAccount:target=SSO_POP_User', blob: secret() },
  { target: 'MicrosoftAccount:user=ada@outlook.example', blob: secret() },
  { target: 'OneDrive Cached Credentials', blob: secret() },
  { target: 'My OneDrive Cached Credential', blob: secret() },
  { target: 'onedrive', blob: secret() },
  { target: 'MicrosoftOffice', blob: secret() },
  { target: 'MicrosoftOffice2_Data:x', blob: secret() },
  { target: 'MSTeamsCopy', blob: secret() },
  { target: 'git:https://github.example', user: 'ada', blob: secret() },
];
const entries = [...removable, ...survivors];

let wine: Wine;
let host: string;
let store: string;
beforeAll(async () => {
  wine = await openWine();
  [host, store] = await Promise.all([
    wine.bundle('native-host/main.ts'),
    wine.bundle('test/windows/inside/store.ts'),
  ]);
});
afterAll(() => wine[Symbol.asyncDispose]());

const env = () => ({ SIGNIN_RESCUE_STATE: wine.windowsPath(join(wine.folder, 'state')) });
const rescue = (...args: string[]) => wine.runNode(host, args, { env: env() });

async function raw(what: 'write' | 'read', list: RawCredential[]): Promise<(RawCredential | null)[]> {
  const files = { 'entries.json': JSON.stringify(list) };
  const { code, stdout, stderr } = await wine.runNode(store, [what], { files });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('repair on Windows', () => {
  test('removes what the allow-list names, and nothing else; undo brings back every byte', async () => {
    const before = await raw('write', entries);
    const { code, stdout } = await rescue(
      'fix',
      'AADSTS50173',
      '--yes',
      '--only',
      'purge-credentials',
      '--json',
    );
    const run = JSON.parse(stdout);
    // Nobody can be asked and no browser is there: done, and honestly not verified.
    expect({ code, status: run.status, done: run.steps[0].done }).toEqual({
      code: 3,
      status: 'unverified',
      done: removable.length,
    });
    const after = await raw('read', entries);
    expect(after.slice(0, removable.length)).toEqual(removable.map(() => null));
    expect(after.slice(removable.length)).toEqual(before.slice(removable.length));

    const undone = await rescue('undo', run.id, '--yes', '--json');
    expect({ code: undone.code, undone: JSON.parse(undone.stdout).undone }).toEqual({
      code: 0,
      undone: { restored: removable.length, already: 0, conflicts: [], impossible: [] },
    });
    expect(await raw('read', entries)).toEqual(before);
  });

  test('no secret stands in the clear in journal or backup', async () => {
    const { stdout } = await rescue('history', '--json');
    const [run] = JSON.parse(stdout).runs;
    const folder = join(wine.folder, 'state', 'runs', run.id);
    const kept = await Promise.all(
      ['journal.jsonl', 'backups.jsonl'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    const text = kept.join('');
    expect(text).toContain('OneDrive Cached Credential');
    for (const { blob = '' } of removable) {
      expect(text).not.toContain(blob);
      expect(text).not.toContain(Buffer.from(blob, 'base64').toString('hex'));
    }
  });

  test('killed in the middle, it can be finished, and all of it undone', async () => {
    const many = Array.from(
      { length: 120 },
      (_, index): RawCredential => ({
        target: `MicrosoftOffice16_Data:ADAL:${index}`,
        user: `user${index}`,
        blob: secret(),
      }),
    );
    const before = await raw('write', many);
    const runs = join(wine.folder, 'state', 'runs');
    const earlier = await readdir(runs);
    const args = [wine.windowsPath(host), 'fix', 'AADSTS50173', '--yes', '--only', 'purge-credentials'];
    const running = await wine.start(wine.node, args, { env: env() });
    const acted = await waitFor(async () => {
      const id = (await readdir(runs)).find((name) => !earlier.includes(name));
      const journal = id && (await readFile(join(runs, id, 'journal.jsonl'), 'utf8').catch(() => ''));
      return (journal || '').split('"acted"').length - 1 || undefined;
    }, 'the first entries to be removed');
    running.kill();
    await running.finished.catch(() => undefined);
    expect(acted).toBeLessThan(many.length);

    const status = await rescue('status', '--json');
    expect({ code: status.code, status: JSON.parse(status.stdout).run.status }).toEqual({
      code: 3,
      status: 'interrupted',
    });
    const finished = JSON.parse((await rescue('fix', '--yes', '--json')).stdout);
    expect(finished.steps[0]).toMatchObject({ done: finished.steps[0].total, status: 'done' });
    expect(await raw('read', many)).toEqual(many.map(() => null));
    const undone = await rescue('undo', '--yes', '--json');
    expect(undone.code).toBe(0);
    expect(await raw('read', many)).toEqual(before);
  });
  test('500 of 1,000 entries are removed, the others stay, and all come back', async () => {
    const planes = Array.from({ length: 17 }, (_, plane) => String.fromCodePoint(plane * 0x10000 + 0x1234));
    const many = Array.from({ length: 1000 }, (_, index): RawCredential => {
      const name = index % 2 === 0 ? 'MicrosoftOffice16_Data:ADAL' : 'Contoso';
      return {
        target: `${name}:${index} ${planes[index % planes.length]}`,
        user: `user ${index}`,
        blob: randomBytes(1 + ((index * 37) % 2560)).toString('base64'),
      };
    });
    const arranger = await wine.bundle('test/windows/inside/pc.ts');
    const stored = async (orders: PcOrders): Promise<RawCredential[]> => {
      const files = { 'pc.json': JSON.stringify(orders) };
      return JSON.parse((await wine.runNode(arranger, [], { files })).stdout).credentials;
    };
    const before = await stored({ credentials: many });
    expect(before).toHaveLength(1000);
    const run = JSON.parse(
      (await rescue('fix', 'AADSTS50173', '--yes', '--only', 'purge-credentials', '--json')).stdout,
    );
    expect(run.steps).toMatchObject([{ status: 'done', done: 500, total: 500, skipped: [] }]);
    expect(await stored({})).toEqual(before.filter(({ target }) => target.startsWith('Contoso')));
    const undone = await rescue('undo', run.id, '--yes', '--json');
    expect({ code: undone.code, undone: JSON.parse(undone.stdout).undone }).toEqual({
      code: 0,
      undone: { restored: 500, already: 0, conflicts: [], impossible: [] },
    });
    expect(await stored({})).toEqual(before);
  });
});
