/** The words for a look at the connection: how it stands, in a headline and what comes after it. */
import { type Finding, findingWords } from '../../common/findings.ts';
import { messageKey } from '../../common/text.ts';
import { language, say } from '../text.ts';
import type { CheckState } from '../ui-state.ts';
import type { Words } from './words.ts';

/** The finding that is most probably behind the rest, once all has been looked at. */
export function causeOf({ state, findings, diagnosis }: CheckState): Finding | undefined {
  if (state === 'looking' || state === 'cancelled') return undefined;
  return findings.find(({ id }) => id === diagnosis?.cause);
}

/** What a look without a cause has come to. `blind`: nothing was seen to be fine; `alone`: the browser sees no fault. */
export function checkOutcome({ state, findings }: CheckState) {
  if (state === 'looking' || state === 'cancelled') return state;
  const some = (level: Finding['level']) => findings.some((each) => each.level === level);
  if (some('fault')) return 'unknown';
  if (!some('ok')) return 'blind';
  return state === 'partial' ? 'alone' : 'fine';
}

/** The most probable cause is the headline, if one is known. */
export function checkWords(check: CheckState): Words {
  const cause = causeOf(check);
  if (cause) return headline(findingWords(cause, say));
  const key = messageKey('ui_check', checkOutcome(check));
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
