/** Copies a text, and gives it to be copied by hand where the clipboard is refused. */
import { useState } from 'preact/hooks';
import { say } from '../text.ts';

type Copied = 'not-yet' | 'copied' | 'refused';

/** Copies what `text` gives at the press; says how it went, until `about` is something else. */
export function useCopyText(text: () => string, about: string) {
  const [done, setDone] = useState<{ about: string; copied: Copied }>({ about, copied: 'not-yet' });
  const copied = done.about === about ? done.copied : 'not-yet';
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setDone({ about, copied: 'copied' }),
      () => setDone({ about, copied: 'refused' }),
    );
  };
  return { copy, copied };
}

export function Copied({ copied, text }: { copied: Copied; text: () => string }) {
  return (
    <>
      <p role="status" class={copied === 'refused' ? 'note' : 'unseen'}>
        {copied === 'copied' && say('ui_copied')}
        {copied === 'refused' && say('ui_copy_failed')}
      </p>
      {copied === 'refused' && (
        <textarea class="technical" readOnly rows={6} aria-label={say('ui_details')} value={text()} />
      )}
    </>
  );
}
