/** Small drawings in the colour of the text around them. */
import type { RunStep } from '../../common/run.ts';

/** The product's mark. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <circle cx="8" cy="8" r="8" />
      <path class="mark-bands" d="M3 3l3 3M13 3l-3 3M3 13l3-3M13 13l-3-3" />
      <circle class="mark-disc" cx="8" cy="8" r="4.8" />
      <path d="M8 4.7a2 2 0 0 1 1 3.7l.5 3.1h-3l.5-3.1a2 2 0 0 1 1-3.7z" />
    </svg>
  );
}

const inside: Record<RunStep['status'], string> = {
  waiting: '',
  running: '',
  'your-turn': 'M10 6v4.6M10 13.7v.1',
  verifying: '',
  done: 'M6.2 10.3l2.6 2.6 5-5.4',
  skipped: 'M6.4 7l3 3-3 3M10.6 7l3 3-3 3',
  failed: 'M7 7l6 6M13 7l-6 6',
  cancelled: 'M6.5 10h7',
};

/** How a step stands, as a shape; the words beside it say the same. */
export function StepIcon({ status }: { status: RunStep['status'] }) {
  const busy = status === 'running' || status === 'verifying';
  return (
    <svg class="step-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle class="ring" cx="10" cy="10" r="8" />
      {busy && <circle class="arc" cx="10" cy="10" r="8" pathLength="100" />}
      <path class="sign" d={inside[status]} />
    </svg>
  );
}

/** Something is being waited for. */
export function Spinner() {
  return (
    <svg class="step-icon spinner" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle class="ring" cx="10" cy="10" r="7" />
      <circle class="arc" cx="10" cy="10" r="7" pathLength="100" />
    </svg>
  );
}

export function Cross() {
  return (
    <svg class="cross" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d="M5.5 5.5l9 9M14.5 5.5l-9 9" fill="none" stroke="currentColor" stroke-width="1.6" />
    </svg>
  );
}
