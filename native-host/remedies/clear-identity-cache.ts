/**
 * Has Office and OneDrive forget the accounts that they remember, each part only for codes that point there:
 * registry keys and values are backed up and removed, folders and a file moved aside. What OneDrive itself keeps
 * is changed while it is closed.
 */
import * as v from 'valibot';
import type { Machine } from '../machine/machine.ts';
import { findOneDrive, oneDriveExe, oneDrivePlaces } from '../machine/onedrive.ts';
import { backUpFiles, revertFiles, SetAsideSchema, setAside, setAsideDrafts } from './identity-files.ts';
import {
  backUpKey,
  backUpValue,
  type Draft,
  identityKeyDrafts,
  RemoveKeySchema,
  RemoveMarkSchema,
  RemoveValueSchema,
  removeKey,
  removeValue,
  revertKey,
  revertValue,
  unrecoverableMarkDrafts,
} from './identity-registry.ts';
import { CloseAppSchema, closeApp, openAppDrafts } from './office-apps.ts';
import {
  bringingBack,
  closeOneDrive,
  installedExe,
  type OneDriveLimits,
  oneDriveItem,
  oneDriveRuns,
  startOneDrive,
  usualLimits,
} from './onedrive-control.ts';
import type { ActContext, Json, Operation, Remedy, RevertContext, Reverted } from './remedy.ts';

export interface IdentityLimits extends OneDriveLimits {
  /** Milliseconds for one app to close, its question whether to save included. */
  app: number;
}
const usual: IdentityLimits = { ...usualLimits, app: 60_000 };

/** What one plan lists at most. */
const MOST = 1_900;

const Place = v.picklist(oneDrivePlaces);
const IntentSchema = v.variant('do', [
  CloseAppSchema,
  RemoveKeySchema,
  RemoveValueSchema,
  RemoveMarkSchema,
  SetAsideSchema,
  v.strictObject({ do: v.literal('close-onedrive'), place: Place }),
  v.strictObject({ do: v.literal('start-onedrive'), place: Place }),
]);
type Intent = v.InferOutput<typeof IntentSchema>;

/** What apps remember: these are named when they are open. */
async function appDrafts(machine: Machine, identity: readonly string[]): Promise<Draft<Intent>[]> {
  const drafts: Draft<Intent>[] = [
    ...(identity.includes('identity-key') ? await identityKeyDrafts(machine) : []),
    ...(identity.includes('oneauth') ? await setAsideDrafts(machine, ['oneauth', 'identity-cache']) : []),
  ];
  if (drafts.length === 0) return [];
  return [...(await openAppDrafts(machine)), ...drafts.slice(0, MOST)];
}

/** What OneDrive remembers, between closing and starting it where it runs. */
async function oneDriveDrafts(machine: Machine, identity: readonly string[]): Promise<Draft<Intent>[]> {
  const place = (await oneDriveRuns(machine)) ? await findOneDrive(machine) : undefined;
  const drafts: Draft<Intent>[] = [
    ...(identity.includes('pre-sign-in') ? await setAsideDrafts(machine, ['pre-sign-in'], place) : []),
    ...(identity.includes('unrecoverable-mark') ? await unrecoverableMarkDrafts(machine, place) : []),
  ];
  if (drafts.length === 0 || !place) return drafts;
  const item = oneDriveItem(machine, place);
  return [
    { item: { ...item, label: 'OneDrive.exe /shutdown' }, intent: { do: 'close-onedrive', place } },
    ...drafts,
    { item: { ...item, label: 'OneDrive.exe /background' }, intent: { do: 'start-onedrive', place } },
  ];
}

/** Does something to what OneDrive keeps; should it fail, the OneDrive that was closed for it is started again. */
async function withOneDriveBack<T>(
  machine: Machine,
  intent: Intent,
  limits: IdentityLimits,
  work: () => Promise<T>,
): Promise<T> {
  const place = 'onedrive' in intent ? intent.onedrive : undefined;
  return place ? bringingBack(machine, oneDriveExe(machine, place), limits, work) : work();
}

async function act(
  machine: Machine,
  intent: Intent,
  context: ActContext,
  limits: IdentityLimits,
): Promise<void> {
  const { report } = context;
  switch (intent.do) {
    case 'close-app':
      return closeApp(machine, intent, context, limits.app);
    case 'remove-key':
      return removeKey(machine, intent, context);
    case 'remove-value':
    case 'remove-mark':
      return removeValue(machine, intent, context);
    case 'set-aside':
      return setAside(machine, intent, context);
    case 'close-onedrive':
      return closeOneDrive(machine, await installedExe(machine, intent.place), report, limits);
    case 'start-onedrive':
      return startOneDrive(machine, await installedExe(machine, intent.place), report, limits);
  }
}

async function revert(
  machine: Machine,
  intent: Intent,
  backup: Json,
  context: RevertContext,
  limits: IdentityLimits,
): Promise<Reverted> {
  switch (intent.do) {
    case 'remove-key':
      return revertKey(machine, intent, backup, context);
    case 'remove-value':
    case 'remove-mark':
      return revertValue(machine, intent, backup, context);
    case 'set-aside':
      return revertFiles(machine, intent, backup, context);
    // Undone in reverse order: so OneDrive is closed, what it keeps is put back, and it is started again.
    case 'start-onedrive':
      await closeOneDrive(machine, await installedExe(machine, intent.place), () => undefined, limits);
      break;
    case 'close-onedrive':
      await startOneDrive(machine, await installedExe(machine, intent.place), () => undefined, limits);
  }
  // Nothing that could be lost. An app that was closed stays so.
  return { result: 'already' };
}

/** The remedy with its limits, which tests shorten. */
export function clearIdentityCacheWithin(limits: IdentityLimits): Remedy {
  return {
    id: 'clear-identity-cache',
    risk: 'low',
    seconds: 30,
    limit: 130_000,
    undo: 'full',
    source: 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/sign-into-onedrive-error-0x8004dec5',
    proves: 'sign-in',

    async preview(machine, { meaning: { identity } }) {
      const drafts = [...(await appDrafts(machine, identity)), ...(await oneDriveDrafts(machine, identity))];
      if (drafts.length === 0) return { state: 'nothing-to-change' };
      const operations = drafts.map(
        ({ item, intent }, index): Operation => ({ item: { ...item, id: `item-${index}` }, intent }),
      );
      return { state: 'ready', operations };
    },

    async backup(machine, intent, context) {
      const parsed = v.parse(IntentSchema, intent);
      switch (parsed.do) {
        case 'remove-key':
          return backUpKey(machine, parsed, context);
        case 'remove-value':
        case 'remove-mark':
          return backUpValue(machine, parsed, context);
        case 'set-aside':
          return backUpFiles(machine, parsed, context);
        default:
          return { keep: null };
      }
    },

    async act(machine, intent, context) {
      const parsed = v.parse(IntentSchema, intent);
      await withOneDriveBack(machine, parsed, limits, () => act(machine, parsed, context, limits));
    },

    async revert(machine, intent, backup, context) {
      const parsed = v.parse(IntentSchema, intent);
      return withOneDriveBack(machine, parsed, limits, () =>
        revert(machine, parsed, backup, context, limits),
      );
    },
  };
}

export const clearIdentityCache = clearIdentityCacheWithin(usual);
