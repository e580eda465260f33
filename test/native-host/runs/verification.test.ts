import { describe, expect, it } from 'vitest';
import type { Outcome, Proof } from '../../../common/run.ts';
import { conclude, looksAtOneDrive, proofsOfOneDrive } from '../../../native-host/runs/verification.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

const ACCOUNT = 'Software\\Microsoft\\OneDrive\\Accounts\\Business1';
const FOLDER = 'C:\\Users\\ada\\OneDrive - Contoso';
const linked: PcInput['registry'] = {
  HKCU: {
    [ACCOUNT]: {
      UserEmail: { type: 'REG_SZ', value: 'ada@contoso.example' },
      UserFolder: { type: 'REG_SZ', value: FOLDER },
    },
  },
};
const running: PcInput['processes'] = [{ pid: 4, image: 'OneDrive.exe' }];
const oneDrive: PcInput['oneDrive'] = { installed: 'per-user' };
const local = [`${FOLDER}\\Budget.xlsx`];

const proofs = async (pc: PcInput) => proofsOfOneDrive((await testPc(pc)).machine);

describe('OneDrive shows', () => {
  it.each<[string, PcInput, Proof[]]>([
    ['nothing where it is not installed', { oneDrive: { installed: null } }, []],
    [
      'that it does not run',
      { oneDrive, registry: linked, files: local },
      [
        { proof: 'onedrive', outcome: 'fails' },
        { proof: 'onedrive-file', outcome: 'works', subject: 'Budget.xlsx' },
      ],
    ],
    [
      'that it waits for its user where it has no account',
      { oneDrive, processes: running },
      [{ proof: 'onedrive', outcome: 'needs-user' }],
    ],
    [
      'that it runs, is linked, and that a file opens',
      { oneDrive, processes: running, registry: linked, files: local },
      [
        { proof: 'onedrive', outcome: 'works' },
        { proof: 'onedrive-file', outcome: 'works', subject: 'Budget.xlsx' },
      ],
    ],
    [
      'nothing of files that are in the cloud only',
      {
        oneDrive,
        processes: running,
        registry: linked,
        files: [{ path: `${FOLDER}\\Cloud.docx`, onlineOnly: true }],
      },
      [
        { proof: 'onedrive', outcome: 'works' },
        { proof: 'onedrive-file', outcome: 'unknown', subject: FOLDER },
      ],
    ],
    [
      'that a file does not open',
      {
        oneDrive,
        processes: running,
        registry: linked,
        files: [{ path: `${FOLDER}\\Budget.xlsx`, refused: true }],
      },
      [
        { proof: 'onedrive', outcome: 'works' },
        { proof: 'onedrive-file', outcome: 'fails', subject: FOLDER },
      ],
    ],
    [
      'nothing where it cannot be looked at',
      { oneDrive, faults: [{ operation: 'processes.running', problem: 'access-denied' }] },
      [{ proof: 'onedrive', outcome: 'unknown' }],
    ],
  ])('%s', async (_, pc, expected) => {
    expect(await proofs(pc)).toEqual(expected);
  });

  it('itself for its own codes, and after remedies that are about it', () => {
    expect(looksAtOneDrive('0x8004de40', 'flush-dns')).toBe(true);
    expect(looksAtOneDrive('0x8004de40', 'check-tls')).toBe(true);
    expect(looksAtOneDrive('AADSTS50173', 'reset-onedrive')).toBe(true);
    expect(looksAtOneDrive('AADSTS50173', 'purge-credentials')).toBe(false);
    expect(looksAtOneDrive('AADSTS50173', 'check-tls')).toBe(false);
  });
});

describe('the verification as a whole', () => {
  const of = (code: string, signIn: Outcome, app?: Outcome, file?: Outcome) =>
    conclude(code, { outcome: signIn }, [
      ...(app ? [{ proof: 'onedrive' as const, outcome: app }] : []),
      ...(file ? [{ proof: 'onedrive-file' as const, outcome: file }] : []),
    ]).outcome;

  it('is that of signing in for a failure of the web, whatever OneDrive shows', () => {
    for (const app of ['works', 'fails', 'needs-user', 'unknown'] as const) {
      expect(of('AADSTS50173', 'works', app, 'fails')).toBe('works');
      expect(of('AADSTS50173', 'fails', app, 'works')).toBe('fails');
    }
  });

  it.each<[Outcome, Outcome | undefined, Outcome | undefined, Outcome]>([
    ['works', 'works', 'works', 'works'],
    ['works', 'works', 'unknown', 'works'],
    ['works', 'works', 'fails', 'fails'],
    ['works', 'fails', 'works', 'fails'],
    ['works', 'needs-user', undefined, 'needs-user'],
    ['works', 'unknown', undefined, 'unknown'],
    ['works', undefined, undefined, 'works'],
    ['unknown', 'works', 'works', 'unknown'],
    ['fails', 'works', 'works', 'fails'],
    ['needs-user', 'fails', undefined, 'fails'],
  ])(
    'for OneDrive’s own failure with sign-in %s, OneDrive %s, a file %s is %s',
    (signIn, app, file, outcome) => {
      expect(of('0x8004de40', signIn, app, file)).toBe(outcome);
    },
  );

  it('keeps the code of the sign-in that decided, and all that was looked at', () => {
    const signIn = { outcome: 'fails', code: 'AADSTS50126' } as const;
    expect(conclude('AADSTS50173', signIn, [])).toEqual({
      ...signIn,
      proofs: [{ proof: 'sign-in', outcome: 'fails' }],
    });
    expect(conclude('0x8004de40', signIn, [{ proof: 'onedrive', outcome: 'works' }]).code).toBe(
      'AADSTS50126',
    );
    const app = [{ proof: 'onedrive', outcome: 'needs-user' }] as const;
    expect(conclude('0x8004de40', { outcome: 'works', code: 'AADSTS50058' }, app).code).toBeUndefined();
  });
});
