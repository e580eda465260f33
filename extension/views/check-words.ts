/** The words for a look at the connection: how it stands, in a headline and what comes after it. */
import { findingWords } from '../../common/findings.ts';
import { causeOf, lookOutcome } from '../../common/look.ts';
import { messageKey } from '../../common/text.ts';
import { language, say } from '../text.ts';
import type { CheckState } from '../ui-state.ts';
import type { Words } from './words.ts';

/** The most probable cause is the headline, if one is known. */
export function checkWords(check: CheckState): Words {
  const cause = causeOf(check);
  if (cause) return headline(findingWords(cause, say));
  const key = messageKey('ui_check', lookOutcome(check));
  return { title: say(key), next: say(`${key}_next`) };
}

/** The first sentence, without its full stop, and the others. */
function headline(text: string): Words {
  const [first, ...rest] = new Intl.Segmenter(language().lang, { granularity: 'sentence' }).segment(text);
  return {
    title: (first?.segment ?? text).trim().replace(/\.$/, ''),
    next: rest.map(({ segment }) => segment).join(''),
  };
}
