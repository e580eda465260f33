/** A remedy on a simulated PC, with the contexts that an engine would give it. */
import { describeFailure, type FailureMeaning } from '../../../common/failures/index.ts';
import type { Finding } from '../../../common/findings.ts';
import type { Activity } from '../../../common/run.ts';
import type {
  ActContext,
  BackupContext,
  Json,
  Operation,
  PreviewContext,
  Remedy,
} from '../../../native-host/remedies/remedy.ts';
import { type PcInput, testPc } from '../../harness/test-pc.ts';

export const PLACE = '20260301T080000-0a1b2c3d-0-0';

export const failure: PreviewContext['failure'] = {
  code: 'AADSTS50173',
  category: 'local',
  seenAt: 'login.microsoftonline.com',
  time: '2026-03-01T08:00:00.000Z',
};

/** Everything that can be done to a remedy, on a PC of its own. */
export async function remedyOn(remedy: Remedy, pc?: PcInput) {
  const test = await testPc(pc);
  const { machine } = test;
  const said: Activity[] = [];
  const preview = (context: Partial<PreviewContext> & { identity?: FailureMeaning['identity'] } = {}) => {
    const { identity = [], ...rest } = context;
    const meaning = { ...describeFailure(failure.code), identity };
    return remedy.preview(machine, { failure, meaning, findings: [], browser: true, ...rest });
  };
  return {
    ...test,
    said,
    preview,
    /** The operations of a preview that must be ready. */
    async operations(context: Parameters<typeof preview>[0] = {}): Promise<Operation[]> {
      const shown = await preview(context);
      if (shown.state !== 'ready') throw new Error(`the preview is ${shown.state}`);
      return shown.operations;
    },
    backup: (intent: Json, context: Partial<BackupContext> = {}) =>
      remedy.backup(machine, intent, { place: PLACE, earlier: undefined, ...context }),
    /** A backup that must have something in it. */
    async kept(intent: Json, context: Partial<BackupContext> = {}): Promise<Json> {
      const made = await remedy.backup(machine, intent, { place: PLACE, earlier: undefined, ...context });
      if (typeof made !== 'object') throw new Error(`the backup is ${made}`);
      return made.keep;
    },
    act: (intent: Json, context: Partial<ActContext> = {}) =>
      remedy.act(machine, intent, {
        signal: new AbortController().signal,
        place: PLACE,
        report: (activity) => void said.push(activity),
        clearSession: () => Promise.reject(new Error('no session is cleared here')),
        ...context,
      }),
    revert: (intent: Json, backup: Json, replace = false) =>
      remedy.revert(machine, intent, backup, { replace }),
    /** What changed the PC, in order: each operation and what it was done to. */
    deeds: () => test.read().log.map(({ operation, subject }) => `${operation} ${subject}`),
  };
}

/** A finding about OneDrive's files. */
export function aboutFiles(meaning: string, level: Finding['level']): Finding {
  return {
    id: `onedrive-files:${meaning}`,
    check: 'onedrive-files',
    level,
    subject: 'OneDrive - Contoso',
    meaning,
    evidence: {},
    took: 1,
  };
}
