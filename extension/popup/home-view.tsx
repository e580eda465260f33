import { useEffect, useMemo, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { Failure } from '../../common/plan.ts';
import { say } from '../text.ts';
import type { UiAction, UiState } from '../ui-state.ts';
import { busyWords } from '../views/announcement.ts';
import { failureWords, whoLabel } from '../views/words.ts';
import { type Detail, type Doing, explainedItems, type Item, itemsOf } from './launcher/items.ts';
import { Launcher } from './launcher/launcher.tsx';
import { ProblemBox } from './problem-box.tsx';

interface HomeViewProps {
  state: UiState;
  act: (action: UiAction) => void;
  open: (detail: Detail) => void;
  /** The command that our window was opened for. */
  first: string | undefined;
  leave: (() => void) | undefined;
}

type Search = (items: readonly Item[], query: string) => Item[];

/** What comes first: what failed in this tab, and everything that can be done. */
export function HomeView({ state, act, open, first, leave }: HomeViewProps) {
  const [query, setQuery] = useState(state.explained?.text ?? '');
  const search = useSearch(query !== '');
  const doing: Doing = { act, open, page: openPage };
  const items = useMemo(() => {
    const all = itemsOf(state, doing);
    const text = query.trim();
    if (text === '') return all;
    const codes = state.explained?.text === query ? explainedItems(state, doing) : [];
    return [...codes, ...(search?.(all, text) ?? [])];
  }, [state, query, search]);
  const ask = (text: string) => {
    setQuery(text);
    act({ do: 'explain', text: text.slice(0, LONGEST) });
  };
  const { failure } = state;
  return (
    <Launcher
      name={failure ? 'failure' : 'nothing'}
      head={<Head failure={failure} state={state} />}
      items={items}
      query={query}
      onQuery={ask}
      first={first}
      busy={busyWords(state)}
      leave={leave}
    />
  );
}

/** Characters; a pasted error text is shorter. */
const LONGEST = 5_000;

/** The search comes as a script of its own, with the first letter that is typed. */
function useSearch(wanted: boolean): Search | undefined {
  const [search, setSearch] = useState<{ search: Search }>();
  useEffect(() => {
    if (wanted && !search) void import('./launcher/search.ts').then(setSearch);
  }, [wanted]);
  return search?.search;
}

function openPage(which: 'options' | 'welcome'): void {
  const url = browser.runtime.getURL(`extension/pages/${which}/index.html`);
  void browser.tabs.create({ url });
}

function Head({ failure, state }: { failure: Failure | null; state: UiState }) {
  const words = failure ? failureWords(failure) : { title: say('ui_nothing'), next: '' };
  return (
    <div class="head" data-category={failure?.category}>
      <h1>{words.title}</h1>
      {words.next && <p class="lead">{words.next}</p>}
      {failure && (
        <p class="head-who">
          <span class="who-ask">{say('ui_who')}</span> <span class="who-name">{whoLabel(failure)}</span>
          <code>{failure.code}</code>
        </p>
      )}
      {state.problem && <ProblemBox problem={state.problem} />}
    </div>
  );
}
