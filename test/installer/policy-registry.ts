/** What a template makes Group Policy write, and what a browser makes of it for an extension. */
import schema from '../../extension/public/managed-schema.json' with { type: 'json' };
import { all, type Node, one, readXml } from './xml-tree.ts';

/** A value in the registry. */
export interface Written {
  key: string;
  name: string;
  value: string | number;
}

export interface Described {
  name: string;
  class: string;
  key: string;
  /** Empty for a key that has a value for each line. */
  valueName: string;
  /** The longest text, or the largest number. */
  most: number | undefined;
  /** All that can be chosen, the limits of what is a number, and of what is typed in that which `typed` has for it. */
  values(typed: Readonly<Record<string, string>>): Written[];
}

/** The policies of an ADMX. */
export function described(admx: string): Described[] {
  return all(readXml(admx), 'policy').map(policyOf);
}

function policyOf(policy: Node): Described {
  const { name = '', class: where = '', key = '' } = policy.attributes;
  const [elements] = all(policy, 'elements');
  const element = elements?.children[0] ?? policy;
  const valueName = element.attributes.valueName ?? '';
  const most = element.attributes.maxLength ?? element.attributes.maxValue;
  return {
    ...{ name, class: where, key, valueName },
    most: most === undefined ? undefined : Number(most),
    values: (typed) => valuesOf(element, element.attributes.key ?? key, valueName, typed),
  };
}

function valuesOf(
  element: Node,
  key: string,
  name: string,
  typed: Readonly<Record<string, string>>,
): Written[] {
  const { attributes } = element;
  const as = (value: string | number, own = name): Written => ({ key, name: own, value });
  const typedFor = (id: string) => typed[id.toLowerCase()] ?? '';
  switch (element.name) {
    case 'text':
      return [as(typedFor(name))];
    case 'decimal':
      return [as(Number(attributes.minValue)), as(Number(attributes.maxValue))];
    case 'enum':
      return all(element, 'value').map((value) => as(valueIn(value)));
    case 'list':
      if (attributes.explicitValue === 'true') return [as(typedFor(attributes.id ?? ''), 'reset-onedrive')];
      return [as('china', `${attributes.valuePrefix}1`)];
    default:
      return [as(valueIn(one(element, 'enabledValue'))), as(valueIn(one(element, 'disabledValue')))];
  }
}

function valueIn(value: Node): string | number {
  const [inner] = value.children;
  return inner?.name === 'decimal' ? Number(inner.attributes.value) : (inner?.text ?? '');
}

type Property = { type: string };
const properties: Readonly<Record<string, Property>> = schema.properties;

/**
 * What Chromium makes of the registry below an extension's key, by the extension's own schema: numbers become booleans,
 * keys become lists or objects, a text that stands for either is read as JSON.
 */
export function managedOf(written: readonly Written[], top: string): Record<string, unknown> {
  const managed: Record<string, unknown> = {};
  for (const { key, name, value } of written) {
    const [, below] =
      key === top ? [] : key.startsWith(`${top}\\`) ? ['', key.slice(top.length + 1)] : ['', '?'];
    const property = properties[below ?? name];
    if (!property) throw new Error(`${key}\\${name} is not in the schema`);
    if (below === undefined) managed[name] = asType(property, value);
    else if (property.type === 'array') managed[below] = [...((managed[below] as unknown[]) ?? []), value];
    else managed[below] = { ...(managed[below] as object), [name]: value };
  }
  return managed;
}

function asType({ type }: Property, value: string | number): unknown {
  if (type === 'boolean') return value !== 0;
  return type === 'array' || type === 'object' ? JSON.parse(String(value)) : value;
}
