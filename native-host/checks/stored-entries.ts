/** How many stored sign-ins of OneDrive, Office and Teams there are, by the allow-list of the repair. Names stay here. */
import { mayRemove } from '../remedies/allow-list.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';

export const storedEntries: Check = {
  id: 'stored-entries',
  look: (context) => [looked('stored-entries', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'stored-entries'>[]> {
  const amount = (await machine.credentials.list()).filter(mayRemove).length;
  return [{ level: 'ok', meaning: amount > 0 ? 'some' : 'none', amount }];
}
