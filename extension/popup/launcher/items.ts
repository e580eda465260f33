/** Everything that can be done from the launcher, by state: pure, but for what a press does. */

import { contactOf } from '../../../common/policy.ts';
import { guideIds, type RemedyId, repairIds } from '../../../common/remedies.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { UiAction, UiState } from '../../ui-state.ts';
import { canRepair, meaningOf } from '../../views/meanings.ts';
import { isWaiting } from '../../views/stage.ts';
import { failureWords, remedyWords } from '../../views/words.ts';

export const sections = ['suggested', 'repairs', 'checks', 'history', 'more'] as const;
export type Section = (typeof sections)[number];

/** What can be done with an item. */
export interface ItemAction {
  /** Names what it does, for styles and tests. */
  does: string;
  label: string;
  press: () => void;
}

export interface Item {
  id: string;
  section: Section;
  title: string;
  subtitle?: string | undefined;
  /** Other words for it, to be found by. */
  keywords: string;
  /** Not possible at the moment. */
  off: boolean;
  /** The first is what Enter does. */
  actions: [ItemAction, ...ItemAction[]];
}

/** Views that the launcher leads to, and comes back from. */
export type Detail = { at: 'details' } | { at: 'report' } | { at: 'meaning'; code: string };

export interface Doing {
  act: (action: UiAction) => void;
  open: (detail: Detail) => void;
  /** Opens a page of the extension in a tab. */
  page: (which: 'options' | 'welcome') => void;
}

/** Codes in what was typed or pasted come first of all; they are no part of the search. */
export function explainedItems(state: UiState, { act, open }: Doing): Item[] {
  const codes = state.explained?.codes ?? [];
  return codes.flatMap((code): Item[] => {
    const meaning = meaningOf({ code });
    if (!meaning) return [];
    const explain = { does: 'meaning', label: say('ui_explain'), press: () => open({ at: 'meaning', code }) };
    const fix = { does: 'plan', label: say('ui_fix'), press: () => act({ do: 'plan', code }) };
    return [
      {
        id: `code:${code}`,
        section: 'suggested',
        title: meaning.title,
        subtitle: `${code} · ${say(messageKey('category', meaning.category))}`,
        keywords: '',
        off: false,
        actions: meaning.repairable ? [explain, fix] : [explain],
      },
    ];
  });
}

/** Asking IT is no repair of one's own: there is the report. */
type ByHand = Exclude<RemedyId, 'contact-it'>;
const byHand: readonly ByHand[] = [...repairIds, ...guideIds].filter((id) => id !== 'contact-it');

/** All items of a state, in their order. */
export function itemsOf(state: UiState, doing: Doing): Item[] {
  const items = [
    ...suggested(state, doing),
    ...byHand.map((id) => remedyItem(id, state, doing)),
    ...checks(state, doing),
    ...past(state, doing),
    ...more(state, doing),
  ];
  return items.sort((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));
}

type Made = Omit<Item, 'keywords' | 'off'> & { off?: boolean; keywords: Parameters<typeof say>[0] };

const item = ({ keywords, off = false, ...rest }: Made): Item => ({ ...rest, off, keywords: say(keywords) });

function suggested(state: UiState, { act, open }: Doing): Item[] {
  const { failure } = state;
  if (!failure) return [];
  const details = { does: 'details', label: say('ui_details'), press: () => open({ at: 'details' }) };
  const about = item({
    id: 'details',
    section: 'suggested',
    title: say('ui_what_is_wrong'),
    subtitle: failure.code,
    keywords: 'keywords_details',
    actions: [details],
  });
  if (!canRepair(failure))
    return failure.category === 'none' ? [about] : [reportItem('suggested', { open }), about];
  const fix = { does: 'plan', label: say('ui_fix'), press: () => act({ do: 'plan' }) };
  const first = item({
    id: 'fix',
    section: 'suggested',
    title: say('ui_fix'),
    subtitle: failureWords(failure).title,
    keywords: 'keywords_fix',
    off: isWaiting(state),
    actions: [fix, details],
  });
  return [first, about];
}

/** Why the organisation does not let it run, and whom to ask; undefined where it does. */
function ruleWords(rule: UiState['rules'][number]['rule'] | undefined, state: UiState): string | undefined {
  if (!rule) return undefined;
  const contact = contactOf(state);
  const why = say(rule === 'off' ? 'left_forbidden' : 'left_needs_approval');
  return contact ? `${why} ${say('ui_help_desk', contact)}` : why;
}

function remedyItem(remedy: ByHand, state: UiState, { act }: Doing): Item {
  const { title, next } = remedyWords(remedy);
  const rule = state.rules.find((each) => each.remedy === remedy)?.rule;
  return item({
    id: remedy,
    section: 'repairs',
    title,
    subtitle: ruleWords(rule, state) ?? next,
    keywords: messageKey('keywords', remedy),
    // What waits for an approval can be looked at: the helper knows whether it has come.
    off: isWaiting(state) || rule === 'off',
    actions: [{ does: 'plan', label: say('ui_see_plan'), press: () => act({ do: 'plan', only: [remedy] }) }],
  });
}

function checks(state: UiState, { act }: Doing): Item[] {
  const check = item({
    id: 'check',
    section: state.failure ? 'checks' : 'suggested',
    title: say('ui_check'),
    subtitle: say('ui_check_looking_next'),
    keywords: 'keywords_check',
    off: isWaiting(state),
    actions: [{ does: 'check', label: say('ui_check'), press: () => act({ do: 'check' }) }],
  });
  const on = state.watch === 'on';
  const label = say(on ? 'ui_watch_off' : 'ui_watch_on');
  const watch = item({
    id: 'watch',
    section: 'checks',
    title: label,
    subtitle: state.watch === 'forbidden' ? say('ui_watch_forbidden') : undefined,
    keywords: 'keywords_watch',
    off: state.watch === 'forbidden',
    actions: [{ does: 'watch', label, press: () => act({ do: 'watch', on: !on }) }],
  });
  return [check, watch];
}

function past(state: UiState, { act }: Doing): Item[] {
  const history = item({
    id: 'history',
    section: 'history',
    title: say('ui_history'),
    subtitle: say('ui_history_why'),
    keywords: 'keywords_history',
    off: isWaiting(state),
    actions: [{ does: 'history', label: say('ui_history'), press: () => act({ do: 'history' }) }],
  });
  return [history];
}

function more({ failure }: UiState, { open, page }: Doing): Item[] {
  const leads = (which: 'options' | 'welcome') =>
    item({
      id: which,
      section: 'more',
      title: say(`ui_${which}`),
      keywords: `keywords_${which}`,
      actions: [{ does: which, label: say('ui_open'), press: () => page(which) }],
    });
  const reported = failure !== null && !canRepair(failure) && failure.category !== 'none';
  return [...(reported ? [] : [reportItem('more', { open })]), leads('options'), leads('welcome')];
}

function reportItem(section: Section, { open }: Pick<Doing, 'open'>): Item {
  return item({
    id: 'report',
    section,
    title: say('ui_report'),
    subtitle: say('ui_report_why'),
    keywords: 'keywords_report',
    actions: [{ does: 'report', label: say('ui_report_see'), press: () => open({ at: 'report' }) }],
  });
}
