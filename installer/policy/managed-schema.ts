/**
 * The schema of the extension's managed storage, as Chromium wants it: one type for each node, no additional properties
 * at the top (https://developer.chrome.com/docs/extensions/reference/manifest/storage). Words are not listed as an
 * `enum`: a browser would drop all remedies for one of them that is bad, and the extension rather takes that for off.
 */
import { managedSettings, remedySettings, ruleTitles, type Shape } from './table.ts';

const text = { type: 'string' } as const;

const entries = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      ...{ code: text, category: text, title: text, todo: text, source: text },
      remedies: { type: 'array', items: text },
    },
  },
} as const;

function typeOf({ kind }: Shape) {
  if (kind === 'switch') return { type: 'boolean' } as const;
  if (kind === 'names') return { type: 'array', items: text } as const;
  if (kind === 'number' || kind === 'choice') return { type: 'integer' } as const;
  return kind === 'entries' ? entries : text;
}

/** The whole schema. */
export function managedSchema() {
  const properties = Object.fromEntries(
    managedSettings.map(({ managed, shape, title, explain }) => [
      managed,
      { title, description: explain, ...typeOf(shape) },
    ]),
  );
  const remedies = {
    title: 'Repairs and guides, as shown',
    description: `For each: ${Object.keys(ruleTitles).join(', ')}. What may run, the helper decides by its own policy.`,
    type: 'object',
    properties: Object.fromEntries(remedySettings.map(({ id, title }) => [id, { title, ...text }])),
  };
  return { type: 'object', properties: { ...properties, remedies } };
}
