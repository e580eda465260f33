/** Records of made-up runs, for tests of what becomes of them. */
import type { Begin } from '../../native-host/runs/records.ts';

export const TIME = '2026-11-22T12:00:00.000Z';
export const RUN_ID = '20261122T120000-0a1b2c3d';

export const failure = { code: 'AADSTS50173', category: 'local', time: TIME } as const;

/** A purge of so many entries, and a reset with one account where wanted. */
export function beginOf(entries: number, withReset = false): Begin {
  const purge: Begin['steps'][number] = {
    remedy: 'purge-credentials',
    undo: 'full',
    operations: Array.from({ length: entries }, (_, n) => ({
      label: `MicrosoftOffice16_Data:${n}`,
      intent: { target: `MicrosoftOffice16_Data:${n}` },
    })),
  };
  const reset: Begin['steps'][number] = {
    remedy: 'reset-onedrive',
    undo: 'partial',
    operations: [
      { label: 'OneDrive.exe', intent: { do: 'reset', place: 'per-user' } },
      { label: 'Business1', intent: { do: 'reconnect', email: 'ada@contoso.example' } },
    ],
  };
  const steps = withReset ? [purge, reset] : [purge];
  return { type: 'begin', format: 1, id: RUN_ID, failure, steps, time: TIME };
}
