/** What the lives in Wine (test/windows/inside/mortal.ts) are told and tell. */
import type { Run } from '../../../common/run.ts';
import type { tell } from '../../windows/inside/raw-pc.ts';

/** What goes on in one process. */
export interface LifeOrders {
  /** What is done first about the run that the life before left behind. */
  recover?: 'finish' | 'undo';
  /** What is begun then, and at which moment it ends; it never does when left out. */
  live?: {
    what: 'run' | 'undo';
    fatal?: number;
    /** The fatal write to the journal reaches the disk by half. */
    torn?: boolean;
    /** A part of the key that is removed is gone when it ends. */
    partOfKey?: true;
  };
}

/** A PC as it is seen without any code of the product. */
export interface Stand extends ReturnType<typeof tell> {
  files: Record<string, string>;
  quarantine: Record<string, string>;
}

export interface Recovered {
  /** What the next start shows. */
  shown: Run['status'] | undefined;
  finished?: { status: Run['status']; stand: Stand };
  undone: Run['undone'];
  stand: Stand;
  /** What the start after that shows. */
  left: Run['status'] | undefined;
}

/** Printed before the life begins. */
export interface Found {
  recovered?: Recovered;
  /** The PC arranged anew. */
  start: Stand;
}
