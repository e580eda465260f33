/** What a check found: what stands in the way and what is worth knowing first, the rest folded. */
import { useRef, useState } from 'preact/hooks';
import { type Finding, findingWords } from '../../../common/findings.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import type { CheckState } from '../../ui-state.ts';
import { StepIcon } from '../../views/icon.tsx';
import { shapes } from './check-path.tsx';

export function CheckFindings({ check }: { check: CheckState }) {
  const { findings } = check;
  const looking = check.state === 'looking';
  const telling = useArrival(check);
  const first = looking ? telling : inOrder(telling, check);
  return (
    <>
      {first.length > 0 && (
        <section class="findings">
          <h2>{say('ui_found')}</h2>
          <FindingList findings={first} because={check.diagnosis?.because ?? []} />
        </section>
      )}
      {/* Below what still grows nothing may stand: it would move under the pointer. */}
      {!looking && <Folded findings={findings} level="ok" open={check.state === 'partial'} />}
      {!looking && <Folded findings={findings} level="unknown" />}
    </>
  );
}

function isTelling({ level }: Finding): boolean {
  return level === 'fault' || level === 'warning';
}

/**
 * What stands in the way or is worth knowing, in the order in which it was first there: the helper's result tells all
 * of it once more in an order of its own, and what is being read must not move.
 */
function useArrival({ findings, startedAt }: CheckState): Finding[] {
  const seen = useRef({ startedAt, places: new Map<string, number>() });
  if (seen.current.startedAt !== startedAt) seen.current = { startedAt, places: new Map() };
  const { places } = seen.current;
  const telling = findings.filter(isTelling);
  for (const { id } of telling) if (!places.has(id)) places.set(id, places.size);
  return telling.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
}

/** The most probable cause, what follows from it, other faults, and what is worth knowing. */
function inOrder(findings: readonly Finding[], { diagnosis }: CheckState): Finding[] {
  const rank = ({ id, level }: Finding) => {
    if (id === diagnosis?.cause) return 0;
    if (diagnosis?.because.includes(id)) return 1;
    return level === 'fault' ? 2 : 3;
  };
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

interface FoldedProps {
  findings: readonly Finding[];
  level: 'ok' | 'unknown';
  /** At first. */
  open?: boolean;
}

function Folded({ findings, level, open: first = false }: FoldedProps) {
  const [open, setOpen] = useState(first);
  const some = findings.filter((each) => each.level === level);
  if (some.length === 0) return null;
  return (
    <details data-level={level} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{countWords(level, some.length)}</summary>
      {open && <FindingList findings={some} because={[]} />}
    </details>
  );
}

/** How many are fine, or could not be seen. */
export function countWords(level: 'ok' | 'unknown', count: number): string {
  return say(messageKey('ui_count', level), count);
}

function FindingList({ findings, because }: { findings: readonly Finding[]; because: readonly string[] }) {
  return (
    <ul class="finding-list">
      {findings.map((finding) => (
        <FindingItem key={finding.id} finding={finding} follows={because.includes(finding.id)} />
      ))}
    </ul>
  );
}

function FindingItem({ finding, follows }: { finding: Finding; follows: boolean }) {
  const shape = shapes[finding.level];
  return (
    <li class="finding" data-status={shape} data-level={finding.level}>
      <StepIcon status={shape} />
      <div>
        <p>
          <span class="unseen">{say(messageKey('level', finding.level))}: </span>
          {findingWords(finding, say)}
          {follows && <span class="follows"> {say('ui_follows')}</span>}
        </p>
        <Evidence finding={finding} />
      </div>
    </li>
  );
}

/** Untranslated: names and values as a technician knows them. */
function Evidence({ finding: { evidence, took } }: { finding: Finding }) {
  const entries = Object.entries(evidence);
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>{say('ui_technical')}</summary>
      <dl class="facts evidence">
        {[...entries, ['ms', took] as const].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
