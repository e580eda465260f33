/** Views that come as a script of their own: what is shown first does not wait for them. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A view that loads beside the rest; should it be shown before it is there, only the frame is. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let View: ComponentType<Props> | undefined;
  const loading = load().then((loaded) => {
    View = loaded;
  });
  return function Lazily(props: Props) {
    const [, setLoaded] = useState(View !== undefined);
    // Always: it may come between the first look and this.
    useEffect(() => void loading.then(() => setLoaded(true)), []);
    return View ? <View {...props} /> : null;
  };
}
