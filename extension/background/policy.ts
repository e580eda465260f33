/**
 * What the organisation's policy says to the extension: by the browser's managed storage, and by the host, whose word
 * on what may run is the last. Views show it; it is the host that holds to it.
 */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type CloudName, cloudNameOf } from '../../common/clouds.ts';
import { extendCatalogue } from '../../common/failures/extend.ts';
import { setExtension } from '../../common/failures/index.ts';
import { BACKUP_DAYS, objectionTo, type Policy } from '../../common/policy.ts';
import { type RemedyId, remedyIds } from '../../common/remedies.ts';
import { type Managed, ManagedSchema, strangersIn } from '../managed.ts';
import type { UiState } from '../ui-state.ts';
import { recall, remember } from './memory.ts';
import type { TabEvent } from './tab-state.ts';

let managed: Managed = v.parse(ManagedSchema, {});
/** What the host said last; null before it ever did. */
let heard: Policy | null = null;
/** Settled when what is set is known. */
let known: Promise<void> = Promise.resolve();

/** How the help desk is reached, as policy has it. */
export function helpDesk(): Pick<UiState, 'helpDesk' | 'helpDeskText'> {
  return {
    helpDesk: managed.helpDesk ?? heard?.helpDesk ?? null,
    helpDeskText: managed.helpDeskText ?? heard?.helpDeskText ?? null,
  };
}

/** For how many days the host keeps backups; its own habit where it has not said yet. */
export const backupDays = (): number => heard?.backupDays ?? BACKUP_DAYS;

/** The remedies that are off, or wait for an approval. */
export function rules(): UiState['rules'] {
  return remedyIds.flatMap((remedy) => {
    const rule = ruleOf(remedy);
    return rule ? [{ remedy, rule }] : [];
  });
}

function ruleOf(remedy: RemedyId): 'approval' | 'off' | undefined {
  const isIt = (each: { remedy: RemedyId }) => each.remedy === remedy;
  const [own, told] = [managed.remedies.find(isIt)?.rule, heard?.remedies.find(isIt)];
  if (own === 'off' || told?.rule === 'off') return 'off';
  // Only the host knows what was approved on this PC.
  if (told) return objectionTo(told, new Date()) && told.rule;
  return own;
}

/** Whether the connection must not be looked at by itself. */
export function watchForbidden(): boolean {
  return managed.watch === false || heard?.watch === false;
}

function clouds(): readonly CloudName[] {
  return managed.clouds.length > 0 ? managed.clouds : (heard?.clouds ?? []);
}

/** The cloud that a page belongs to; where no page tells, the first that policy names, else worldwide. */
export function cloudFor(host: string | undefined): CloudName {
  return host ? cloudNameOf(host) : (clouds()[0] ?? 'worldwide');
}

/** An event of a tab as it counts: at a cloud that is not the organisation's, the person is elsewhere. */
export async function asWatched(event: TabEvent): Promise<TabEvent> {
  await known;
  const host = hostOf(event);
  const watched = clouds();
  if (!host || watched.length === 0 || watched.includes(cloudNameOf(host))) return event;
  return { type: 'elsewhere' };
}

function hostOf(event: TabEvent): string | undefined {
  if (event.type === 'request') return event.host;
  return 'failure' in event ? event.failure?.seenAt : undefined;
}

/** Takes in what the host says; kept for when the background wakes and the host rests. */
export async function hearPolicy(policy: Policy): Promise<void> {
  heard = policy;
  await remember((memory) => {
    memory.policy = policy;
  });
}

/** Reads the policy now and whenever it changes. A bad entry is named in the log and left out; the rest count. */
export async function followPolicy(changed: () => void): Promise<void> {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') void load().then(changed);
  });
  known = load();
  await known;
}

async function load(): Promise<void> {
  // Firefox rejects where no policy is installed.
  const set = await browser.storage.managed.get().catch((): Record<string, unknown> => ({}));
  managed = v.parse(ManagedSchema, set);
  for (const name of strangersIn(set)) console.warn(`Policy "remedies": there is no "${name.slice(0, 80)}"`);
  heard ??= (await recall()).policy;
  const extension = extendCatalogue(managed.catalogue ?? []);
  for (const { index, reason } of extension.refused)
    console.warn(`Policy "catalogue", entry ${index}: ${reason}`);
  setExtension(extension.entries);
}
