/**
 * What Office and OneDrive remember of accounts in the registry. Microsoft has the Identity key deleted after a
 * backup (https://learn.microsoft.com/sharepoint/troubleshoot/sync/sign-into-onedrive-error-0x8004dec5) and the
 * mark of a lost account (https://learn.microsoft.com/sharepoint/use-silent-account-configuration). What is stored
 * beside the Identity key's subkeys by an organisation stays.
 */
import * as v from 'valibot';
import type { Item } from '../../common/plan.ts';
import type { Machine, StoredKey, StoredValue } from '../machine/machine.ts';
import { type OneDrivePlace, oneDrivePlaces } from '../machine/onedrive.ts';
import {
  isPart,
  merged,
  printOfKey,
  printOfValue,
  StoredKeySchema,
  StoredValueSchema,
  sameKey,
  sameValue,
} from './registry-tree.ts';
import type { ActContext, BackupContext, Json, Remedy, RevertContext, Reverted } from './remedy.ts';

const offices = ['16.0', '15.0'] as const;
const ONEDRIVE = 'Software\\Microsoft\\OneDrive';
const MARK = 'OneAuthUnrecoverableTimestamp';

/** Set by organisations, and no part of what is remembered of accounts. */
const settings = ['EnableADAL', 'DisableADALatopWAMOverride', 'DisableAADWAM', 'NoDomainUser'];
const isSetting = (name: string) => settings.some((setting) => setting.toLowerCase() === name.toLowerCase());

/** Where OneDrive is that was closed for this, and is to be started again whatever happens. */
export const ClosedOneDrive = v.exactOptional(v.picklist(oneDrivePlaces));
export type ClosedOneDrive = OneDrivePlace | undefined;

const Print = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

// A journal edited by hand cannot name anything beyond these keys: a backslash would lead elsewhere, and a NUL
// would cut a name short.
export const RemoveKeySchema = v.strictObject({
  do: v.literal('remove-key'),
  office: v.picklist(offices),
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(255), v.excludes('\\'), v.excludes('\0')),
  print: Print,
});
export const RemoveValueSchema = v.strictObject({
  do: v.literal('remove-value'),
  office: v.picklist(offices),
  name: v.pipe(
    v.string(),
    v.maxLength(16_383),
    v.excludes('\0'),
    v.check((name) => !isSetting(name), 'A setting, which stays'),
  ),
  print: Print,
});
export const RemoveMarkSchema = v.strictObject({
  do: v.literal('remove-mark'),
  print: Print,
  onedrive: ClosedOneDrive,
});

type RemoveKey = v.InferOutput<typeof RemoveKeySchema>;
type RemoveValue = v.InferOutput<typeof RemoveValueSchema> | v.InferOutput<typeof RemoveMarkSchema>;

/** What an operation changes, without an id: that comes with its place in the plan. */
export interface Draft<I> {
  item: Omit<Item, 'id'>;
  intent: I;
}

function draft<I>(kind: Item['kind'], path: string, intent: I): Draft<I> {
  return { item: { kind, label: `HKCU\\${path}`.slice(0, 500), optional: true, ticked: true }, intent };
}

const identityOf = (office: RemoveKey['office']) =>
  `Software\\Microsoft\\Office\\${office}\\Common\\Identity`;
const keyOf = ({ office, name }: RemoveKey) => `${identityOf(office)}\\${name}`;
const placeOfValue = (intent: RemoveValue) =>
  intent.do === 'remove-mark'
    ? { key: ONEDRIVE, name: MARK }
    : { key: identityOf(intent.office), name: intent.name };

/** Everything that the Identity keys hold, but for the organisation's settings. */
export async function identityKeyDrafts(machine: Machine): Promise<Draft<RemoveKey | RemoveValue>[]> {
  const drafts = await Promise.all(
    offices.map(async (office) => {
      const copy = await machine.registry.copyKey(identityOf(office));
      const keys = (copy?.keys ?? []).map((key) => {
        const intent: RemoveKey = { do: 'remove-key', office, name: key.name, print: printOfKey(key) };
        return draft('registry-key', keyOf(intent), intent);
      });
      const loose = (copy?.values ?? []).filter(({ name }) => !isSetting(name));
      const values = loose.map((value) => {
        const { name } = value;
        const intent: RemoveValue = { do: 'remove-value', office, name, print: printOfValue(value) };
        // As the registry editor calls the value without a name.
        return draft('registry-value', `${identityOf(office)}\\${name || '(Default)'}`, intent);
      });
      return [...keys, ...values];
    }),
  );
  return drafts.flat();
}

/** The mark by which OneDrive remembers that an account was lost. */
export async function unrecoverableMarkDrafts(
  machine: Machine,
  onedrive: ClosedOneDrive,
): Promise<Draft<RemoveValue>[]> {
  const value = await machine.registry.copyValue(ONEDRIVE, MARK);
  if (!value) return [];
  const intent = { do: 'remove-mark', print: printOfValue(value), ...(onedrive && { onedrive }) } as const;
  return [draft('registry-value', `${ONEDRIVE}\\${MARK}`, intent)];
}

type Backup = Awaited<ReturnType<Remedy['backup']>>;

// An interface is no Json to TypeScript, though it has nothing else in it.
const jsonOfKey = ({ name, values, keys }: StoredKey): Json => ({
  name,
  values: values.map(jsonOfValue),
  keys: keys.map(jsonOfKey),
});
const jsonOfValue = ({ name, type, data }: StoredValue): Json => ({ name, type, data });

/** A removal that was cut off left a part of the key; what an app has added to it since is kept as well. */
export async function backUpKey(
  { registry }: Machine,
  intent: RemoveKey,
  { earlier, asItIs }: BackupContext,
): Promise<Backup> {
  const now = await registry.copyKey(keyOf(intent));
  const before = v.safeParse(StoredKeySchema, earlier);
  if (before.success) {
    if (!now || isPart(now, before.output)) return 'kept';
    return { keep: jsonOfKey(merged(before.output, now)) };
  }
  if (!now) return 'gone';
  if (!asItIs && printOfKey(now) !== intent.print) return 'changed';
  return { keep: jsonOfKey(now) };
}

export async function removeKey(
  { registry }: Machine,
  intent: RemoveKey,
  { report }: Pick<ActContext, 'report'>,
): Promise<void> {
  report({ id: 'removing', subject: keyOf(intent).slice(0, 500) });
  await registry.removeKey(keyOf(intent));
}

export async function revertKey(
  { registry }: Machine,
  intent: RemoveKey,
  backup: Json,
  { replace }: RevertContext,
): Promise<Reverted> {
  const copy = v.safeParse(StoredKeySchema, backup);
  if (!copy.success || copy.output.name !== intent.name) {
    return { result: 'impossible', why: 'backup-unreadable' };
  }
  const key = keyOf(intent);
  const now = await registry.copyKey(key);
  if (now && sameKey(now, copy.output)) return { result: 'already' };
  if (now && !isPart(now, copy.output)) {
    if (!replace) return { result: 'conflict' };
    await registry.removeKey(key);
  }
  await registry.writeKey(key, copy.output);
  return { result: 'restored' };
}

export async function backUpValue(
  { registry }: Machine,
  intent: RemoveValue,
  { earlier, asItIs }: BackupContext,
): Promise<Backup> {
  const { key, name } = placeOfValue(intent);
  const now = await registry.copyValue(key, name);
  const before = v.safeParse(StoredValueSchema, earlier);
  if (before.success && (!now || sameValue(now, before.output))) return 'kept';
  if (!now) return 'gone';
  if (!before.success && !asItIs && printOfValue(now) !== intent.print) return 'changed';
  return { keep: jsonOfValue(now) };
}

export async function removeValue(
  { registry }: Machine,
  intent: RemoveValue,
  { report }: Pick<ActContext, 'report'>,
): Promise<void> {
  const { key, name } = placeOfValue(intent);
  report({ id: 'removing', subject: `${key}\\${name}`.slice(0, 500) });
  await registry.removeValue(key, name);
}

export async function revertValue(
  { registry }: Machine,
  intent: RemoveValue,
  backup: Json,
  { replace }: RevertContext,
): Promise<Reverted> {
  const { key, name } = placeOfValue(intent);
  const copy = v.safeParse(StoredValueSchema, backup);
  if (!copy.success || copy.output.name.toLowerCase() !== name.toLowerCase()) {
    return { result: 'impossible', why: 'backup-unreadable' };
  }
  const now = await registry.copyValue(key, name);
  if (now && sameValue(now, copy.output)) return { result: 'already' };
  if (now && !replace) return { result: 'conflict' };
  await registry.writeValue(key, copy.output);
  return { result: 'restored' };
}
