/** The report for IT above whatever led to it, and the way back there. */
import { useEffect, useState } from 'preact/hooks';
import type { Reported } from './reported.ts';

/** What the report is about, where that is not all that the state is about. */
export type About = Pick<Reported, 'failure' | 'run'>;

/** The way to the report from a view. */
export type OpenReport = (about?: About) => void;

interface Opened {
  about: About;
  /** The view that it stands above. */
  from: string;
  /** Which of that view's ways to the report was pressed; -1 where it was none of them. */
  way: number;
}

const ways = () => [...document.querySelectorAll<HTMLElement>('main [data-do=report]')];

/**
 * `from` names the view on screen: where another takes its place, the report goes too. After Back the focus is on what
 * had been pressed; `returned` says which that was, so that a view that folds it away can show it.
 */
export function useReporting(from: string | undefined) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [returned, setReturned] = useState(-1);
  const shown = opened !== null && opened.from === from ? opened.about : null;
  const leave = () => setOpened(null);
  useEffect(() => {
    if (opened && !shown) leave();
  });
  useEffect(() => {
    // After the view has been given its own first focus.
    ways()[returned]?.focus();
    setReturned(-1);
  }, [returned]);
  const open: OpenReport = (about = {}) => {
    const way = ways().findIndex((each) => each.matches(':focus'));
    if (from !== undefined) setOpened({ about, from, way });
  };
  const back = () => {
    setReturned(opened?.way ?? -1);
    leave();
  };
  return { about: shown, open, back, leave, returned };
}
