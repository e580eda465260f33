/** The entries of a step, to tick or untick. */
import { useState } from 'preact/hooks';
import type { Item, PlannedStep } from '../../../common/plan.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { trusted } from '../../views/trusted.ts';
import { FEW } from '../few.ts';
import { type Changes, extentOf, isTicked, toggleItem } from './choice.ts';

interface EntriesProps {
  step: PlannedStep;
  changes: Changes;
  setChanges: (changes: Changes) => void;
}

/** All entries of a step; folded when there are many. */
export function Entries(props: EntriesProps) {
  const { step, changes } = props;
  const [open, setOpen] = useState(false);
  const { chosen, all } = extentOf(step, changes);
  if (all <= FEW) return <EntryList {...props} />;
  const summary = chosen === all ? say('ui_entries', all) : say('ui_entries_chosen', chosen, all);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && <EntryList {...props} />}
    </details>
  );
}

function EntryList({ step, changes, setChanges }: EntriesProps) {
  const mixed = new Set(step.items.map(({ kind }) => kind)).size > 1;
  return (
    <ul class="entries" aria-label={say(messageKey('remedy', step.remedy))}>
      {step.items.map((item) => (
        <li key={item.id}>
          {item.optional ? (
            <label>
              <input
                type="checkbox"
                checked={isTicked(step, item, changes)}
                onChange={trusted(() => setChanges(toggleItem(step, item, changes)))}
              />
              <Entry item={item} named={mixed} />
            </label>
          ) : (
            <div class="fixed-entry">
              <Entry item={item} named />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** An entry; `named` says what kind of thing it is. */
function Entry({ item, named }: { item: Item; named: boolean }) {
  return (
    <span class="entry">
      {named && <span class="entry-kind">{say(messageKey('item', item.kind))}</span>}
      <span class="entry-label">{item.label}</span>
      {item.detail && <span class="entry-detail">{item.detail}</span>}
    </span>
  );
}
