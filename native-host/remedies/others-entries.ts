/** Which stored sign-ins belong to another account than the one that fails. */
import type { CredentialEntry, Machine } from '../machine/machine.ts';
import { linkedAccounts } from './accounts.ts';

type Belongs = (entry: Pick<CredentialEntry, 'target' | 'user'>) => boolean;

/** OneDrive names its entries after the account's key. */
const business = /\bBusiness\d\b/gi;

/**
 * Tells the entries that certainly belong to another account than those of this organisation: they name another
 * one's e-mail address or place (`Business2`), and none of this organisation's. None where the organisation is not
 * known, or OneDrive is not linked to it.
 */
export async function othersEntries(machine: Machine, tenant: string | undefined): Promise<Belongs> {
  const accounts = tenant === undefined ? [] : await linkedAccounts(machine);
  const isOwn = (account: { tenant: string }) => account.tenant === tenant?.toLowerCase();
  const own = accounts.filter(isOwn);
  if (own.length === 0) return () => false;
  const others = accounts.filter((account) => !isOwn(account));
  return ({ target, user }) => {
    const text = `${target}\n${user}`.toLowerCase();
    const places: string[] = text.match(business) ?? [];
    const names = ({ email }: { email: string }) => mentions(text, email.toLowerCase());
    const ofOwn = own.some((each) => names(each) || places.includes(each.name.toLowerCase()));
    return !ofOwn && (places.length > 0 || others.some(names));
  };
}

/** Whether an address stands in a text as a whole, not as a part of a longer one. */
function mentions(text: string, email: string): boolean {
  for (let at = text.indexOf(email); at >= 0; at = text.indexOf(email, at + 1)) {
    const [before = ' ', after = ' '] = [
      text[at - 1],
      text.slice(at + email.length).replace(/^\.(?!\w)/, '')[0],
    ];
    if (!/[\w.+-]/.test(before) && !/[\w.-]/.test(after)) return true;
  }
  return false;
}
