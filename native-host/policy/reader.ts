/** Reads values of the policy, each by its schema; what is bad is left out and told. */
import * as v from 'valibot';
import type { Hive, Machine } from '../machine/machine.ts';
import { POLICY_KEY, type PolicyPlace, policyHives, policyValue } from './read.ts';

/** A value that is left out: its name, with the key's before it, and why, in English. */
export interface RefusedValue {
  value: string;
  reason: string;
}

/** A REG_SZ or REG_EXPAND_SZ, whose names in `%` stay as they are. */
export const TextValue = v.pipe(
  v.object({ type: v.picklist(['REG_SZ', 'REG_EXPAND_SZ'], 'it is no text (REG_SZ)'), value: v.string() }),
  v.transform(({ value }) => value.trim()),
);

/** A REG_DWORD. */
export const NumberValue = v.pipe(
  v.object({ type: v.literal('REG_DWORD', 'it is no number (REG_DWORD)'), value: v.number() }),
  v.transform(({ value }) => value),
);

export class PolicyReader {
  readonly refused: RefusedValue[] = [];
  readonly #machine: Machine;
  readonly #hives: readonly Hive[];

  private constructor(machine: Machine, hives: readonly Hive[]) {
    this.#machine = machine;
    this.#hives = hives;
  }

  /** Looks first which hives have a policy of ours at all: on most PCs none has, and no value is asked for. */
  static async open(machine: Machine): Promise<PolicyReader> {
    const [parent = '', own = ''] = split(POLICY_KEY);
    const there = await Promise.all(
      policyHives.map(async (hive) => {
        const keys = await machine.registry.keys(hive, parent).catch(() => undefined);
        // Where it cannot be looked, each value says so.
        return keys === undefined || keys.some((key) => key.toLowerCase() === own.toLowerCase());
      }),
    );
    return new PolicyReader(
      machine,
      policyHives.filter((_, index) => there[index]),
    );
  }

  /** The value as its schema gives it; undefined where it is not there, and `refused` where it is bad. */
  async take<T>(
    { name, below, hives = policyHives }: PolicyPlace,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<T | 'refused' | undefined> {
    const place = { name, hives: this.#hives.filter((hive) => hives.includes(hive)) };
    const found = await policyValue(this.#machine, below === undefined ? place : { ...place, below });
    if (found === undefined) return undefined;
    const value = below === undefined ? name : `${below}\\${name}`;
    if (found === 'unreadable') return this.refuse(value, 'it cannot be read');
    const parsed = v.safeParse(schema, found);
    return parsed.success ? parsed.output : this.refuse(value, parsed.issues[0].message);
  }

  /** As `take`, where a bad value counts as none. */
  async taken<T>(place: PolicyPlace, schema: v.GenericSchema<unknown, T>): Promise<T | undefined> {
    const found = await this.take(place, schema);
    return found === 'refused' ? undefined : found;
  }

  /** Names of the values that are there; none of a hive that cannot tell, as each value says so itself. */
  async names({ below, hives = policyHives }: Omit<PolicyPlace, 'name'>): Promise<string[]> {
    const key = below === undefined ? POLICY_KEY : `${POLICY_KEY}\\${below}`;
    const found = await this.#eachOf(hives, (hive) => this.#machine.registry.values(hive, key));
    return found.filter((name) => name !== '');
  }

  /** Names of the keys below the policy's own. */
  keys(): Promise<string[]> {
    return this.#eachOf(policyHives, (hive) => this.#machine.registry.keys(hive, POLICY_KEY));
  }

  async #eachOf(hives: readonly Hive[], look: (hive: Hive) => Promise<string[]>): Promise<string[]> {
    const asked = this.#hives.filter((hive) => hives.includes(hive));
    const found = await Promise.all(asked.map((hive) => look(hive).catch(() => [])));
    return [...new Set(found.flat())];
  }

  refuse(value: string, reason: string): 'refused' {
    this.refused.push({ value, reason });
    return 'refused';
  }
}

function split(key: string): [string, string] {
  const at = key.lastIndexOf('\\');
  return [key.slice(0, at), key.slice(at + 1)];
}
