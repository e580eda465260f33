/** What came before, as the host has written it down: shown when it is asked for. */
import { ASK_MS, ask, host, standing, tell } from './following.ts';

/** Asks the host for the history, or for its deletion, and shows what there is then. */
export function showHistory(method: 'history' | 'history.clear'): Promise<void> {
  return ask('history', async () => {
    const { peer } = await host.connect();
    standing.history = await peer.request(method, {}, ASK_MS);
  });
}

export async function closeHistory(): Promise<void> {
  standing.history = null;
  await tell();
}
