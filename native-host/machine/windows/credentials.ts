/** The Windows Credential Manager, for this user alone. */
import { ProblemError } from '../../../common/problem.ts';
import { parseCopy } from '../credential-copy.ts';
import type { CredentialEntry, Credentials, CredentialType, ProtectedCredential } from '../machine.ts';
import { CRED_TYPE_DOMAIN_PASSWORD, CRED_TYPE_GENERIC } from './credential-record.ts';
import { credentialComparer } from './credential-same.ts';
import { sealCredential, sealedParts, toIso, toRecord } from './credential-seal.ts';
import { credentialStore } from './credential-store.ts';
import { dpapi } from './dpapi.ts';
import type { NativeBytes } from './native.ts';

const types = new Map<number, CredentialType>([
  [CRED_TYPE_GENERIC, 'generic'],
  [CRED_TYPE_DOMAIN_PASSWORD, 'domain-password'],
]);

/** The namespace of generic entries that programs wrote, in a full list of Windows. */
const LEGACY_GENERIC = 'LegacyGeneric:target=';

/**
 * The name by which an entry can be read, written and deleted. A full list gives names in the form
 * `namespace:attribute=target`, the other functions want the bare target.
 * https://learn.microsoft.com/en-us/windows/win32/api/wincred/nf-wincred-credenumeratew (Flags)
 */
export function bareTarget(target: string, namespaced: boolean): string {
  return namespaced && target.startsWith(LEGACY_GENERIC) ? target.slice(LEGACY_GENERIC.length) : target;
}

export function createCredentials(): Credentials {
  let namespaced: boolean | undefined;

  async function storeAndName(target: string) {
    const store = await credentialStore();
    namespaced ??= store.all().namespaced;
    return { store, name: bareTarget(target, namespaced) };
  }

  async function open<T>(copy: ProtectedCredential, use: (plain: readonly NativeBytes[]) => T): Promise<T> {
    const { open } = await dpapi();
    return open(sealedParts(copy), use);
  }

  return {
    async list() {
      const store = await credentialStore();
      const { records, ...form } = store.all();
      namespaced = form.namespaced;
      return records.map(
        (record): CredentialEntry => ({
          target: record.TargetName ?? '',
          type: types.get(record.Type) ?? 'other',
          user: record.UserName ?? '',
          lastWritten: toIso(record.LastWritten),
        }),
      );
    },

    async has(target) {
      const { store, name } = await storeAndName(target);
      return store.read(name, () => true) ?? false;
    },

    async protect(target) {
      const [{ store, name }, protection] = await Promise.all([storeAndName(target), dpapi()]);
      return store.read(name, (credential) => sealCredential(protection, target, credential));
    },

    async readable(copy) {
      try {
        return await open(parseCopy(copy), () => true);
      } catch (error) {
        if (error instanceof ProblemError && error.problem.kind === 'backup-unreadable') return false;
        throw error;
      }
    },

    async same(copy) {
      const checked = parseCopy(copy);
      const [{ store, name }, same] = await Promise.all([storeAndName(checked.target), credentialComparer()]);
      return open(
        checked,
        (plain) => store.read(name, (credential) => same(checked, plain, credential)) ?? false,
      );
    },

    async restore(copy) {
      const checked = parseCopy(copy);
      const { store, name } = await storeAndName(checked.target);
      await open(checked, (plain) => store.write(toRecord(checked, name, plain)));
    },

    async remove(target) {
      const { store, name } = await storeAndName(target);
      return store.remove(name);
    },
  };
}
