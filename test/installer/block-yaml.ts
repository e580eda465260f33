/** Reads the YAML that we write: block style, two spaces a level, texts quoted as in JSON. Refuses all else. */

export type Block = string | Block[] | { [key: string]: Block };

interface Line {
  indent: number;
  text: string;
}

export function readBlock(yaml: string): Block {
  const lines = yaml.split('\n').flatMap((line): Line[] => {
    const [, spaces = '', text = ''] = /^( *)(.*)$/.exec(line) ?? [];
    return text === '' || text.startsWith('#') ? [] : [{ indent: spaces.length, text }];
  });
  const { value, rest } = readAt(lines, 0);
  if (rest.length > 0) throw new Error(`not understood: ${rest[0]?.text}`);
  return value;
}

interface Read {
  value: Block;
  rest: Line[];
}

function readAt(lines: readonly Line[], indent: number): Read {
  const [first] = lines;
  if (first?.indent !== indent) throw new Error(`no value at column ${indent}: ${first?.text}`);
  if (first.text.startsWith('- ')) return readList(lines, indent);
  return first.text.startsWith('"') ? readText(lines) : readMap(lines, indent);
}

function readText([first, ...rest]: readonly Line[]): Read {
  const value: unknown = JSON.parse(first?.text ?? '');
  if (typeof value !== 'string') throw new Error(`no text: ${first?.text}`);
  return { value, rest };
}

function readList(lines: readonly Line[], indent: number): Read {
  const value: Block[] = [];
  let rest = [...lines];
  while (rest[0]?.indent === indent && rest[0].text.startsWith('- ')) {
    const [{ text }, ...more] = rest as [Line, ...Line[]];
    const item = readAt([{ indent: indent + 2, text: text.slice(2) }, ...more], indent + 2);
    value.push(item.value);
    rest = item.rest;
  }
  return { value, rest };
}

function readMap(lines: readonly Line[], indent: number): Read {
  const value: { [key: string]: Block } = {};
  let rest = [...lines];
  while (rest[0]?.indent === indent) {
    const [{ text }, ...more] = rest as [Line, ...Line[]];
    const [, key, inline] = /^([A-Za-z]\w*):(?: (".*"))?$/.exec(text) ?? [];
    if (key === undefined || key in value) throw new Error(`no new key: ${text}`);
    const each = inline === undefined ? readAt(more, indent + 2) : readText([{ indent, text: inline }]);
    value[key] = each.value;
    rest = inline === undefined ? each.rest : more;
  }
  return { value, rest };
}
