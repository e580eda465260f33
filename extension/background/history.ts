/** What came before, as the host has written it down: shown when it is asked for. */
import { ASK_MS, ask, giveSeen, host, standing, tell } from './following.ts';

/** Asks the host for the history, or for its deletion, and shows what there is then. */
export function showHistory(method: 'history' | 'history.clear'): Promise<void> {
  return ask('history', async () => {
    const port = await host.connect();
    // The port may have been open for a while, for something else.
    await giveSeen(port);
    standing.history = await port.peer.request(method, {}, ASK_MS);
  });
}

export async function closeHistory(): Promise<void> {
  standing.history = null;
  await tell();
}
