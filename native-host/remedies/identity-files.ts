/**
 * Folders and a file in which Office and OneDrive remember accounts. Microsoft has the folders removed; here all is
 * moved aside whole, so that undo moves it back. Folders:
 * https://learn.microsoft.com/sharepoint/troubleshoot/sync/sign-into-onedrive-error-0x8004dec5. The file is named by
 * people who help others, on no page of Microsoft's that was found.
 */
import { win32 } from 'node:path';
import * as v from 'valibot';
import type { Machine } from '../machine/machine.ts';
import { ClosedOneDrive, type Draft } from './identity-registry.ts';
import type { ActContext, BackupContext, Json, Remedy, RevertContext, Reverted } from './remedy.ts';

const things = {
  oneauth: { kind: 'folder', path: ['Microsoft', 'OneAuth'] },
  'identity-cache': { kind: 'folder', path: ['Microsoft', 'IdentityCache'] },
  'pre-sign-in': {
    kind: 'file',
    path: ['Microsoft', 'OneDrive', 'settings', 'PreSignInSettingsConfig.json'],
  },
} as const;
type Thing = keyof typeof things;

export const SetAsideSchema = v.strictObject({
  do: v.literal('set-aside'),
  what: v.picklist(['oneauth', 'identity-cache', 'pre-sign-in'] satisfies Thing[]),
  onedrive: ClosedOneDrive,
});
type SetAside = v.InferOutput<typeof SetAsideSchema>;

/** Where it lies in the quarantine: a name that the run gave, never a path. */
const BackupSchema = v.strictObject({
  place: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,100}$/)),
});

function pathOf({ folders }: Machine, what: Thing): string {
  return win32.join(folders.localAppData, ...things[what].path);
}

/** Those of them that are there; what is a link leads elsewhere and is left alone. */
export async function setAsideDrafts(
  machine: Machine,
  wanted: readonly Thing[],
  onedrive?: ClosedOneDrive,
): Promise<Draft<SetAside>[]> {
  const drafts: Draft<SetAside>[] = [];
  for (const what of wanted) {
    const { kind } = things[what];
    const path = pathOf(machine, what);
    if ((await machine.files.kind(path)) !== kind) continue;
    drafts.push({
      item: { kind, label: path.slice(0, 500), optional: true, ticked: true },
      intent: { do: 'set-aside', what, ...(onedrive && { onedrive }) },
    });
  }
  return drafts;
}

/** It is its own backup: what is kept is where it will lie. */
export async function backUpFiles(
  machine: Machine,
  { what }: SetAside,
  { place }: BackupContext,
): ReturnType<Remedy['backup']> {
  const keep = { keep: { place } };
  if (await machine.files.isAside(place)) return keep;
  const kind = await machine.files.kind(pathOf(machine, what));
  if (kind === 'none') return 'gone';
  return kind === things[what].kind ? keep : 'changed';
}

/** What an app has made anew since it was set aside stays. */
export async function setAside(
  machine: Machine,
  { what }: SetAside,
  { place, report }: Pick<ActContext, 'place' | 'report'>,
): Promise<void> {
  if (await machine.files.isAside(place)) return;
  const path = pathOf(machine, what);
  report({ id: 'moving-aside', subject: path.slice(0, 500) });
  await machine.files.setAside(path, place);
}

export async function revertFiles(
  machine: Machine,
  { what }: SetAside,
  backup: Json,
  { replace }: RevertContext,
): Promise<Reverted> {
  const parsed = v.safeParse(BackupSchema, backup);
  if (!parsed.success) return { result: 'impossible', why: 'backup-unreadable' };
  const { files } = machine;
  const { place } = parsed.output;
  const path = pathOf(machine, what);
  const present = await files.kind(path);
  if (!(await files.isAside(place))) {
    return present === 'none' ? { result: 'impossible', why: 'backup-missing' } : { result: 'already' };
  }
  if (present !== 'none') {
    if (!replace || present === 'link') return { result: 'conflict' };
    await files.setAside(path, await freePlace(machine, `${place}-newer`));
  }
  await files.putBack(place, path);
  return { result: 'restored' };
}

/** A name in the quarantine that nothing has yet; it begins as the run's others do and goes with them. */
async function freePlace(machine: Machine, wanted: string): Promise<string> {
  for (let name = wanted, next = 2; ; name = `${wanted}-${next}`, next += 1) {
    if (!(await machine.files.isAside(name))) return name;
  }
}
