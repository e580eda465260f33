/** Whether OneDrive is installed for this user, runs, and is linked to an account. */
import { findOneDrive, ONEDRIVE_IMAGE, type OneDriveAccount, oneDriveAccounts } from '../machine/onedrive.ts';
import { type Check, type CheckContext, looked, type Sight } from './check.ts';

export const onedrive: Check = {
  id: 'onedrive',
  look: (context) => [looked('onedrive', context, () => see(context))],
};

async function see({ machine }: CheckContext): Promise<Sight<'onedrive'>[]> {
  if ((await findOneDrive(machine)) === undefined) return [{ level: 'ok', meaning: 'missing' }];
  const [running, accounts] = await Promise.all([
    machine.processes.running(ONEDRIVE_IMAGE),
    oneDriveAccounts(machine),
  ]);
  const evidence = { accounts: accounts.length };
  if (running.length === 0) return [{ level: 'warning', meaning: 'not-running', evidence }];
  if (accounts.length === 0) return [{ level: 'warning', meaning: 'not-linked', evidence }];
  return [{ level: 'ok', meaning: 'linked', subject: accounts.map(masked).join(', '), evidence }];
}

/** `a***@contoso.com (Business1)`: enough to know one's own account by, also in a picture for the help desk. */
function masked({ name, email }: OneDriveAccount): string {
  const at = email.includes('@') ? email.lastIndexOf('@') : email.length;
  const [first = ''] = email.slice(0, at);
  return `${first}***${email.slice(at)} (${name})`;
}
