/** Apps that hold what is remembered of accounts, and would write it anew while they run. */
import * as v from 'valibot';
import { ProblemError } from '../../common/problem.ts';
import type { Machine } from '../machine/machine.ts';
import type { Draft } from './identity-registry.ts';
import type { ActContext } from './remedy.ts';

/** Image name → what people call it. */
const apps = {
  'WINWORD.EXE': 'Word',
  'EXCEL.EXE': 'Excel',
  'POWERPNT.EXE': 'PowerPoint',
  'OUTLOOK.EXE': 'Outlook',
  'ONENOTE.EXE': 'OneNote',
  'MSACCESS.EXE': 'Access',
  'MSPUB.EXE': 'Publisher',
  'VISIO.EXE': 'Visio',
  'WINPROJ.EXE': 'Project',
  'ms-teams.exe': 'Teams',
  'Teams.exe': 'Teams (classic)',
  'lync.exe': 'Skype for Business',
} as const;
type Image = keyof typeof apps;
const images = Object.keys(apps) as [Image, ...Image[]];

export const CloseAppSchema = v.strictObject({ do: v.literal('close-app'), image: v.picklist(images) });
type CloseApp = v.InferOutput<typeof CloseAppSchema>;

async function isOpen({ processes }: Machine, image: Image): Promise<boolean> {
  return (await processes.running(image)).length > 0;
}

/** One for each app that is open; its tick is the consent to close it. */
export async function openAppDrafts(machine: Machine): Promise<Draft<CloseApp>[]> {
  const open = await Promise.all(images.map((image) => isOpen(machine, image)));
  return images
    .filter((_, index) => open[index])
    .map((image) => ({
      item: { kind: 'open-app', label: apps[image], optional: true, ticked: false },
      intent: { do: 'close-app', image },
    }));
}

/** Asks an app to close, as a person would. Fails with `app-open` when it stays open, perhaps asking to save. */
export async function closeApp(
  machine: Machine,
  { image }: CloseApp,
  { report, signal }: ActContext,
  timeout: number,
): Promise<void> {
  if (!(await isOpen(machine, image))) return;
  report({ id: 'closing-app', subject: apps[image] });
  if (!(await machine.processes.close(image, { timeout, signal }))) {
    throw new ProblemError('app-open', apps[image]);
  }
}
