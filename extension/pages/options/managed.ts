/** What the organisation's policy sets in the extension, as it stands there. */
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import browser from 'webextension-polyfill';

const text = v.fallback(v.optional(v.string()), undefined);

/** Anything that is not as it should be counts as not set, as in the background. */
const ManagedSchema = v.object({
  helpDesk: text,
  watch: v.fallback(v.optional(v.boolean()), undefined),
  catalogue: v.fallback(v.array(v.fallback(v.object({ code: text }), {})), []),
});

export type Managed = v.InferOutput<typeof ManagedSchema>;

/** Undefined until it is known. */
export function useManaged(): Managed | undefined {
  const [managed, setManaged] = useState<Managed>();
  useEffect(() => {
    const look = async () => {
      // Firefox rejects where no policy is installed.
      const set = await browser.storage.managed.get().catch(() => ({}));
      setManaged(v.parse(ManagedSchema, set));
    };
    const changed = (_: unknown, area: string) => {
      if (area === 'managed') void look();
    };
    void look();
    browser.storage.onChanged.addListener(changed);
    return () => browser.storage.onChanged.removeListener(changed);
  }, []);
  return managed;
}
