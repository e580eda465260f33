/** Reads XML that we wrote ourselves as a tree: elements with attributes in double quotes, and text. */
export interface Node {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Node[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
const plain = (text: string) => text.replace(/&\w+;/g, (entity) => entities[entity] ?? entity);

/** The element at the top. Fails where tags do not match. */
export function readXml(source: string): Node {
  const open: Node[] = [{ name: '', attributes: {}, children: [], text: '' }];
  const body = source.replace(/^<\?xml[^>]*\?>\s*/, '');
  for (const [, text = '', end, name = '', inside = '', closed] of body.matchAll(
    /([^<]*)<(\/?)(\w+)((?:\s+\w+="[^"]*")*)\s*(\/?)>/g,
  )) {
    const parent = open.at(-1);
    if (!parent) throw new Error(`nothing is open at ${name}`);
    parent.text += plain(text).trim();
    if (end) {
      if (open.pop()?.name !== name) throw new Error(`${name} is closed where it is not open`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
    );
    const node: Node = { name, attributes, children: [], text: '' };
    parent.children.push(node);
    if (!closed) open.push(node);
  }
  const [root] = open;
  if (open.length !== 1 || !root?.children[0]) throw new Error('not closed');
  return root.children[0];
}

/** All elements of that name below, in their order. */
export function all(node: Node, name: string): Node[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

/** The first of that name. Fails where there is none. */
export function one(node: Node, name: string): Node {
  const [found] = all(node, name);
  if (!found) throw new Error(`no ${name} in ${node.name}`);
  return found;
}
