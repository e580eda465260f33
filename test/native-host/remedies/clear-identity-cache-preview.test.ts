import { describe, expect, it } from 'vitest';
import { dword, FILE, IDENTITY, LOCAL, OLDER, ONEDRIVE, type Parts, setUp } from './remembered-accounts.ts';

describe('preview', () => {
  it.each<[Parts, string[]]>([
    [[], []],
    [
      ['identity-key'],
      [
        `registry-key HKCU\\${IDENTITY}\\Identities`,
        `registry-key HKCU\\${IDENTITY}\\Profiles`,
        `registry-value HKCU\\${IDENTITY}\\Version`,
      ],
    ],
    [['oneauth'], [`folder ${LOCAL}\\OneAuth`, `folder ${LOCAL}\\IdentityCache`]],
    [
      ['pre-sign-in', 'unrecoverable-mark'],
      [
        'onedrive-process OneDrive.exe /shutdown',
        `file ${FILE}`,
        `registry-value HKCU\\${ONEDRIVE}\\OneAuthUnrecoverableTimestamp`,
        'onedrive-process OneDrive.exe /background',
      ],
    ],
  ])('for %j shows that and no more', async (identity, expected) => {
    const { preview, read } = await setUp();
    const before = read();
    const shown = await preview({ identity });
    const operations = shown.state === 'ready' ? shown.operations : [];
    expect(operations.map(({ item }) => `${item.kind} ${item.label}`)).toEqual(expected);
    expect(new Set(operations.map(({ item }) => item.id)).size).toBe(expected.length);
    for (const { item } of operations) {
      expect(item).toMatchObject({ ticked: true, optional: item.kind !== 'onedrive-process' });
    }
    if (expected.length === 0) expect(shown).toEqual({ state: 'nothing-to-change' });
    expect(read()).toEqual(before);
  });

  it.each(['EnableADAL', 'disableadalatopwamoverride', 'DisableAADWAM', 'NODOMAINUSER'])(
    'leaves %s alone, which an organisation sets',
    async (name) => {
      const { preview } = await setUp((pc) => {
        pc.registry.HKCU = { [IDENTITY]: { [name]: dword(0) }, [OLDER]: { [name]: dword(0) } };
      });
      expect(await preview({ identity: ['identity-key'] })).toEqual({ state: 'nothing-to-change' });
    },
  );

  it('finds what an older Office remembers, and a value without a name', async () => {
    const { operations } = await setUp((pc) => {
      pc.registry.HKCU = { [OLDER]: { '': dword(7) }, [`${OLDER}\\Identities\\a`]: {} };
    });
    expect((await operations({ identity: ['identity-key'] })).map(({ item }) => item.label)).toEqual([
      `HKCU\\${OLDER}\\Identities`,
      `HKCU\\${OLDER}\\(Default)`,
    ]);
  });

  it('leaves out what is a link, and what is a file where a folder should be', async () => {
    const { preview } = await setUp((pc) => {
      pc.files = [{ path: `${LOCAL}\\OneAuth`, link: true }, `${LOCAL}\\IdentityCache`];
    });
    expect(await preview({ identity: ['oneauth', 'pre-sign-in'] })).toEqual({ state: 'nothing-to-change' });
  });

  it('closes OneDrive only where it runs', async () => {
    const { operations } = await setUp((pc) => {
      pc.processes = [];
    });
    expect((await operations({ identity: ['pre-sign-in'] })).map(({ item }) => item.kind)).toEqual(['file']);
  });

  it('names the apps that are open, first, and closes none without a tick', async () => {
    const { operations, preview } = await setUp((pc) => {
      pc.processes.push({ pid: 1, image: 'winword.exe' }, { pid: 2, image: 'ms-teams.exe' });
    });
    for (const part of ['identity-key', 'oneauth'] as const) {
      const [word, teams, first] = await operations({ identity: [part] });
      expect(word?.item).toMatchObject({ kind: 'open-app', label: 'Word', optional: true, ticked: false });
      expect(teams?.item).toMatchObject({ kind: 'open-app', label: 'Teams', optional: true, ticked: false });
      expect(first?.item.kind).not.toBe('open-app');
    }
    expect(JSON.stringify(await preview({ identity: ['pre-sign-in'] }))).not.toContain('open-app');
  });
});
