import type { RemedyId } from '../../../common/remedies.ts';
import { guideWords } from '../../views/words.ts';

/** A guide's sentences, numbered. */
export function GuideSteps({ remedy }: { remedy: RemedyId }) {
  return (
    <ol class="guide">
      {guideWords(remedy).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ol>
  );
}
