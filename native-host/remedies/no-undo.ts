/** What remedies have in common that keep no backup, as there is nothing that could be put back. */
import type { Remedy } from './remedy.ts';

export const noUndo: Pick<Remedy, 'undo' | 'backup' | 'revert'> = {
  undo: 'none',
  backup: async () => ({ keep: null }),
  revert: async () => ({ result: 'impossible', why: 'no-undo' }),
};
