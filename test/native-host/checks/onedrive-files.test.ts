import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../common/findings.ts';
import { lookAtFiles, onedriveFiles } from '../../../native-host/checks/onedrive-files.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';
import { context, linked, look } from './look.ts';

const WORK = 'C:\\Users\\ada\\OneDrive - Contoso';
const HOME = 'C:\\Users\\ada\\OneDrive';
const registry = linked({ Business1: ['ada@contoso.example', WORK], Personal: ['ada@home.example', HOME] });

const at = (folder: string, name: string, facts: object = {}) => ({ path: `${folder}\\${name}`, ...facts });
const cloud = (folder: string, name: string) => at(folder, name, { onlineOnly: true });
const waiting = (folder: string, name: string) => at(folder, name, { notUploaded: true });
const told = (findings: readonly Finding[]) =>
  findings.map(({ id, level, subject, amount = '' }) => `${level} ${id} ${subject} ${amount}`.trim());

const clear = [
  'ok onedrive-files:clear:Business1 OneDrive - Contoso',
  'ok onedrive-files:clear:Personal OneDrive',
];
const both = [at(WORK, 'a.txt'), at(HOME, 'b.txt')];

describe('the check of OneDrive’s files', () => {
  it.each<[string, PcInput, string[]]>([
    ['nothing where no account is linked', {}, []],
    ['that nothing waits', { registry, files: both }, clear],
    [
      'what is only in the cloud, and what is not uploaded, account by account',
      {
        registry,
        files: [
          cloud(WORK, 'a.txt'),
          cloud(WORK, 'b\\c.txt'),
          waiting(WORK, 'd.txt'),
          waiting(HOME, 'e.txt'),
        ],
      },
      [
        'warning onedrive-files:not-uploaded:Business1 OneDrive - Contoso 1',
        'warning onedrive-files:online-only:Business1 OneDrive - Contoso 2',
        'warning onedrive-files:not-uploaded:Personal OneDrive 1',
      ],
    ],
    [
      'that OneDrive is being set up anew',
      { registry, files: both, processes: [{ pid: 9, image: 'onedrivesetup.exe' }] },
      ['fault onedrive-files:updating', ...clear],
    ],
    [
      'that OneDrive is being updated, though no account is linked',
      { processes: [{ pid: 9, image: 'OneDriveStandaloneUpdater.exe' }] },
      ['fault onedrive-files:updating'],
    ],
    [
      'of the other account when one cannot be looked at',
      {
        registry,
        files: both,
        faults: [{ operation: 'files.survey', match: 'Contoso', problem: 'access-denied' }],
      },
      ['unknown onedrive-files:not-looked:Business1 OneDrive - Contoso', clear[1] ?? ''],
    ],
    [
      'no number where accounts cannot be read, and still of an update',
      {
        registry,
        processes: [{ pid: 9, image: 'OneDriveSetup.exe' }],
        faults: [{ operation: 'registry.keys', problem: 'access-denied' }],
      },
      ['fault onedrive-files:updating', 'unknown onedrive-files'],
    ],
    [
      'nothing of an update where programs cannot be listed, and still of the files',
      { registry, files: both, faults: [{ operation: 'processes.running', problem: 'access-denied' }] },
      ['unknown onedrive-files:updating', ...clear],
    ],
  ])('tells %s', async (_, pc, findings) => {
    expect(told(await look(onedriveFiles, pc))).toEqual(findings);
  });

  it('never says that nothing waits when there was more than it looked at', async () => {
    const { machine } = await testPc({ registry, files: both });
    machine.files.survey = async () => ({ files: 20_000, onlineOnly: 0, notUploaded: 0, complete: false });
    expect(told(await lookAtFiles(context(machine), async () => true))).toEqual([
      'unknown onedrive-files:not-looked:Business1 OneDrive - Contoso',
      'unknown onedrive-files:not-looked:Personal OneDrive',
    ]);
  });

  it.each<[boolean | undefined, boolean, boolean]>([
    [false, true, true],
    [true, true, false],
    [undefined, true, false],
    [false, false, false],
  ])('with Microsoft reachable: %s and files only in the cloud: %s, is it a fault: %s', async (...row) => {
    const [reachable, some, fault] = row;
    const files = [some ? cloud(WORK, 'a.txt') : at(WORK, 'a.txt')];
    const { machine } = await testPc({ registry, files });
    const findings = await lookAtFiles(context(machine), async () => reachable);
    expect(findings.filter(({ level }) => level === 'fault')).toMatchObject(
      fault ? [{ id: 'onedrive-files:offline', meaning: 'offline' }] : [],
    );
  });
});
