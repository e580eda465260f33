/** What the organisation's policy sets in the extension, as it stands there. */
import { useEffect, useState } from 'preact/hooks';
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type Managed, ManagedSchema } from '../../managed.ts';

const CodesSchema = v.fallback(v.array(v.fallback(v.object({ code: v.optional(v.string()) }), {})), []);

/** The codes that the organisation has entries of its own for. */
export function codesIn({ catalogue }: Managed): string[] {
  return v.parse(CodesSchema, catalogue).flatMap(({ code }) => code ?? []);
}

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
