/** What an undo brought back, what stands in its way, and what cannot come back. */
import type { Undone } from '../../../common/run.ts';
import { messageKey } from '../../../common/text.ts';
import { say } from '../../text.ts';
import { Button } from '../../views/button.tsx';

interface WhatCameBackProps {
  undone: Undone;
  /** The newer things of these ids give way to the old ones. */
  replace: (ids: string[]) => void;
  off: boolean;
}

export function WhatCameBack({ undone, replace, off }: WhatCameBackProps) {
  return (
    <section class="undone">
      <p>
        {say('ui_restored', undone.restored)}
        {undone.already > 0 && ` · ${say('ui_already', undone.already)}`}
      </p>
      <Conflicts conflicts={undone.conflicts} replace={replace} off={off} />
      <Impossible impossible={undone.impossible} />
    </section>
  );
}

function Conflicts({
  conflicts,
  replace,
  off,
}: Pick<WhatCameBackProps, 'replace' | 'off'> & Pick<Undone, 'conflicts'>) {
  if (conflicts.length === 0) return null;
  return (
    <>
      <h2>{say('ui_conflicts')}</h2>
      <ul class="conflicts">
        {conflicts.map(({ id, label }) => (
          <li key={id}>
            <span class="name">{label}</span>
            <Button
              does="replace"
              class="small-button"
              label={`${say('ui_replace')}: ${label}`}
              off={off}
              onPress={() => replace([id])}
            >
              {say('ui_replace')}
            </Button>
          </li>
        ))}
      </ul>
      {conflicts.length > 1 && (
        <p class="for-all">
          <Button
            does="replace-all"
            class="small-button"
            off={off}
            onPress={() => replace(conflicts.map(({ id }) => id))}
          >
            {say('ui_replace_all')}
          </Button>
        </p>
      )}
    </>
  );
}

function Impossible({ impossible }: Pick<Undone, 'impossible'>) {
  if (impossible.length === 0) return null;
  return (
    <>
      <h2>{say('ui_impossible')}</h2>
      <ul class="names">
        {impossible.map(({ label, why }) => (
          <li key={label}>
            <span class="name">{label}</span>: {say(messageKey('impossible', why))}
          </li>
        ))}
      </ul>
    </>
  );
}
