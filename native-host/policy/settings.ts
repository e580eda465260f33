/** What the organisation's policy says, from the registry. */
import * as v from 'valibot';
import { type CloudName, cloudNames } from '../../common/clouds.ts';
import { BACKUP_DAYS, HelpDeskSchema, HelpDeskTextSchema, type Policy } from '../../common/policy.ts';
import { readWanted } from '../evidence/wanted.ts';
import type { Machine } from '../machine/machine.ts';
import { refuseStrangers } from './names.ts';
import { NumberValue, PolicyReader, type RefusedValue, TextValue } from './reader.ts';
import { readRules } from './remedies.ts';

/** What is left empty, as a template may leave it, is not set. */
const unlessEmpty = <T>(schema: v.GenericSchema<string, T>) =>
  v.pipe(
    TextValue,
    v.union([
      v.pipe(
        v.literal(''),
        v.transform(() => undefined),
      ),
      schema,
    ]),
  );

const SwitchValue = v.pipe(
  NumberValue,
  v.picklist([0, 1], 'it is neither 0 nor 1'),
  v.transform((number) => number === 1),
);

const DaysValue = v.pipe(NumberValue, v.maxValue(365, 'it is more than 365 days'));

/** All that policy says to both sides, and what was left out of it. Never fails. */
export async function readPolicy(
  machine: Machine,
): Promise<{ policy: Policy; refused: readonly RefusedValue[] }> {
  const reader = await PolicyReader.open(machine);
  const policy: Policy = {
    remedies: await readRules(reader),
    helpDesk: (await reader.taken({ name: 'HelpDesk' }, unlessEmpty(HelpDeskSchema))) ?? null,
    helpDeskText: (await reader.taken({ name: 'HelpDeskText' }, unlessEmpty(HelpDeskTextSchema))) ?? null,
    clouds: await readClouds(reader),
    watch: (await reader.taken({ name: 'Watch' }, SwitchValue)) ?? true,
    backupDays: await readDays(reader),
  };
  // Read where it is needed; here for what is bad in it.
  await readWanted(reader);
  await refuseStrangers(reader);
  return { policy, refused: reader.refused };
}

/** How many days backups are kept: 0 to 365. */
export async function backupDays(machine: Machine): Promise<number> {
  return readDays(await PolicyReader.open(machine));
}

/** The cloud to look at where no page tells which: the first that policy names, else worldwide. */
export async function defaultCloud(machine: Machine): Promise<CloudName> {
  const [first = 'worldwide'] = await readClouds(await PolicyReader.open(machine));
  return first;
}

async function readDays(reader: PolicyReader): Promise<number> {
  return (await reader.taken({ name: 'BackupDays' }, DaysValue)) ?? BACKUP_DAYS;
}

/** Names with commas; of several, each that is known counts. */
async function readClouds(reader: PolicyReader): Promise<CloudName[]> {
  const text = (await reader.taken({ name: 'Clouds' }, TextValue)) ?? '';
  const named = text.split(',').map((name) => name.trim().toLowerCase());
  for (const name of named)
    if (name !== '' && !cloudNames.some((each) => each === name))
      reader.refuse('Clouds', `there is no cloud "${name.slice(0, 40)}"`);
  return [...new Set(named.flatMap((name) => cloudNames.find((each) => each === name) ?? []))];
}
