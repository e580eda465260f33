/** A problem within a view: what went wrong, what to do, and a technician's detail. */
import type { Problem } from '../../common/problem.ts';
import { say } from '../text.ts';
import { problemWords } from '../views/words.ts';

export function ProblemBox({ problem }: { problem: Problem }) {
  const { title, next } = problemWords(problem);
  return (
    <section class="problem">
      <h2>{title}</h2>
      <p>{next}</p>
      <Technical detail={problem.detail} />
    </section>
  );
}

/** Untranslated detail, folded away. */
export function Technical({ detail }: { detail: string | undefined }) {
  if (!detail) return null;
  return (
    <details>
      <summary>{say('ui_technical')}</summary>
      <p class="technical">{detail}</p>
    </details>
  );
}
