/** The registry of a simulated PC: names in any letter case, as on Windows. */
import type { Hive, Registry } from '../machine.ts';
import type { Access } from './access.ts';
import type { SimulatedPc } from './schema.ts';

/** A property by its name in any letter case. */
function named<T>(record: Record<string, T>, name: string): T | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(record).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Names directly below a key: the file lists whole paths, and a path makes the keys above it too. */
function below(pc: SimulatedPc, hive: Hive, key: string): string[] {
  const start = `${key}\\`.toLowerCase();
  const names = new Map<string, string>();
  for (const path of Object.keys(pc.registry[hive])) {
    if (!path.toLowerCase().startsWith(start)) continue;
    const [name = ''] = path.slice(start.length).split('\\');
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

/** The registry over the way to a PC. */
export function simulatedRegistry(access: Access): Registry {
  return {
    read: (hive, key, name) =>
      access.look('registry.read', `${hive}\\${key}\\${name}`, (pc) => {
        const value = named(named(pc.registry[hive], key) ?? {}, name);
        return value && { ...value };
      }),
    keys: (hive, key) => access.look('registry.keys', `${hive}\\${key}`, (pc) => below(pc, hive, key)),
  };
}
