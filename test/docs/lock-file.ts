/** What npm's lock files say of packages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const Names = v.optional(v.record(v.string(), v.string()), {});
const PackageSchema = v.looseObject({
  version: v.optional(v.string(), ''),
  license: v.optional(v.string(), ''),
  hasInstallScript: v.optional(v.boolean(), false),
  dependencies: Names,
  devDependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: v.optional(
    v.record(v.string(), v.looseObject({ optional: v.optional(v.boolean()) })),
    {},
  ),
});
const LockSchema = v.looseObject({ packages: v.record(v.string(), PackageSchema) });

type Package = v.InferOutput<typeof PackageSchema>;

export class LockFile {
  readonly #packages: ReadonlyMap<string, Package>;

  /** That of the folder's package.json. */
  constructor(folder: string) {
    const text = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    this.#packages = new Map(Object.entries(v.parse(LockSchema, JSON.parse(text)).packages));
  }

  /** What package.json asked for when the lock file was written, as it stands there. */
  get groups(): ReadonlyMap<string, Record<string, string>> {
    const { dependencies, devDependencies, optionalDependencies } = this.at('');
    return new Map(Object.entries({ dependencies, devDependencies, optionalDependencies }));
  }

  /** All of these by name, with their versions there. */
  get direct(): ReadonlyMap<string, string> {
    return new Map([...this.groups.values()].flatMap((group) => Object.entries(group)));
  }

  /** All packages, without the project itself. */
  get size(): number {
    return this.#packages.size - 1;
  }

  /** Packages that would run a script of their own when they are installed, by name. */
  get withScripts(): string[] {
    const found = [...this.#packages].filter(([, { hasInstallScript }]) => hasInstallScript);
    return found.map(([place]) => nameOf(place));
  }

  /** A direct dependency. */
  of(name: string): Package {
    return this.at(`node_modules/${name}`);
  }

  /** All that is there because of these, themselves included: what they need, for any system, and wanted peers. */
  reachedFrom(names: readonly string[]): Set<string> {
    const reached = new Set<string>();
    const waiting = names.map((name) => `node_modules/${name}`);
    for (const place of waiting) {
      if (reached.has(place)) continue;
      reached.add(place);
      for (const name of needsOf(this.at(place))) waiting.push(...this.#nearest(place, name));
    }
    return reached;
  }

  /** Where Node finds a package from another one: in it, beside it or further up. None where an optional one is left out. */
  #nearest(from: string, name: string): string[] {
    const steps = from.split('/node_modules/');
    const above = steps.map((_, up) => `${steps.slice(0, steps.length - up).join('/node_modules/')}/`);
    const found = [...above, ''].map((folder) => `${folder}node_modules/${name}`);
    return found.filter((place) => this.#packages.has(place)).slice(0, 1);
  }

  /** The package at a place such as `node_modules/a`; at an empty one, the project itself. */
  at(place: string): Package {
    const found = this.#packages.get(place);
    if (!found) throw new Error(`${place} is not in the lock file`);
    return found;
  }
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export function nameOf(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function needsOf({
  dependencies,
  optionalDependencies,
  peerDependencies,
  peerDependenciesMeta,
}: Package): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}
