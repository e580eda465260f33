import type { Category } from '../../common/failures/category.ts';
import { say } from '../text.ts';

interface WhoProps {
  code: string;
  category: Category;
  label: string;
  sentence: string;
}

/** Who can fix it. */
export function Who({ code, category, label, sentence }: WhoProps) {
  return (
    <section class="who" data-category={category}>
      <h2>
        <span class="who-ask">{say('ui_who')}</span> <span class="who-name">{label}</span>
        <code>{code}</code>
      </h2>
      <p>{sentence}</p>
    </section>
  );
}

/** Where Microsoft writes about it. */
export function Source({ source }: { source: string | null }) {
  if (!source) return null;
  return (
    <p class="source">
      <a href={source} target="_blank" rel="noreferrer">
        {say('ui_source')}
      </a>
    </p>
  );
}
