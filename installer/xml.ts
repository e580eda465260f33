/** XML as text: elements with their attributes, every value escaped. */

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A value as it may stand in an attribute or between elements. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (each) => entities[each] ?? each);

/** An element with elements, or with a text, in it; two spaces a level. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: readonly string[] | { text: string } = [],
): string {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(
    ' ',
  );
  if ('text' in content) return `<${head}>${escaped(content.text)}</${name}>`;
  if (content.length === 0) return `<${head}/>`;
  const inner = content.map((each) => each.replaceAll(/^/gm, '  ')).join('\n');
  return `<${head}>\n${inner}\n</${name}>`;
}
