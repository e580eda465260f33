/** Generators of damage: to bytes, as a disk or an editor does it, and to JSON, as a person or a program does. */
import fc from 'fast-check';

/** Places are any number; they are taken modulo the length of what is there. */
type Edit =
  | { do: 'flip'; at: number; bit: number }
  | { do: 'cut'; at: number; length: number }
  | { do: 'copy'; at: number; length: number; to: number }
  | { do: 'insert'; at: number; bytes: Uint8Array }
  | { do: 'end'; at: number };

const length = fc.oneof(fc.nat(8), fc.nat(400));
const place = fc.nat();

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({ do: fc.constant('cut' as const), at: place, length }),
  fc.record({ do: fc.constant('copy' as const), at: place, length, to: place }),
  fc.record({ do: fc.constant('insert' as const), at: place, bytes: fc.uint8Array({ maxLength: 20 }) }),
  fc.record({ do: fc.constant('end' as const), at: place }),
);

function damage(bytes: Buffer, change: Edit): Buffer {
  const at = change.at % (bytes.length + 1);
  switch (change.do) {
    case 'flip': {
      const copy = Buffer.from(bytes);
      const old = copy[at];
      if (old !== undefined) copy[at] = old ^ (1 << change.bit);
      return copy;
    }
    case 'cut':
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + change.length)]);
    case 'copy': {
      const to = change.to % (bytes.length + 1);
      const copied = bytes.subarray(at, at + change.length);
      return Buffer.concat([bytes.subarray(0, to), copied, bytes.subarray(to)]);
    }
    case 'insert':
      return Buffer.concat([bytes.subarray(0, at), change.bytes, bytes.subarray(at)]);
    case 'end':
      return bytes.subarray(0, at);
  }
}

/** Bytes with a few pieces of damage, or none. */
export function spoiled(whole: fc.Arbitrary<Uint8Array>, most = 4): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(whole, fc.array(edit, { maxLength: most }))
    .map(([bytes, edits]) => edits.reduce(damage, Buffer.from(bytes)));
}

/** Values that have made programs stumble. */
export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '../..',
    '__proto__',
    'constructor',
    'a'.repeat(600),
    '\ud83d',
    '\u202e',
    '%s',
  ),
);
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, 1e300, [], {}, [[]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One change to JSON: somewhere a value is replaced or removed, or a property more is there. */
interface Change {
  at: number;
  do: 'replace' | 'remove' | 'add';
  name: string;
  value: unknown;
}

const change = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Change> =>
  fc.record({ at: place, do: fc.constantFrom('replace', 'remove', 'add'), name: oddText, value });

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place in a value, as the container and the key there. */
function placesIn(value: unknown): [Container, string][] {
  if (!isContainer(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    [value, key] as [Container, string],
    ...placesIn(below),
  ]);
}

function alter(root: { value: unknown }, { at, name, value, ...change }: Change): void {
  const places = placesIn(root);
  const [container, key] = places[at % places.length] ?? [root, 'value'];
  // Defined, as a plain assignment of `__proto__` would be another thing.
  const put = (where: string) =>
    Object.defineProperty(container, where, { value, enumerable: true, writable: true, configurable: true });
  if (Array.isArray(container)) {
    if (change.do === 'remove') container.splice(Number(key), 1);
    else container.splice(Number(key), change.do === 'replace' ? 1 : 0, value);
  } else if (change.do === 'remove') Reflect.deleteProperty(container, key);
  else put(change.do === 'replace' ? key : name);
}

/** A JSON value with a few changes, or none. */
export function altered(
  whole: unknown,
  value: fc.Arbitrary<unknown> = oddValue,
  most = 3,
): fc.Arbitrary<unknown> {
  return fc.array(change(value), { maxLength: most }).map((changes) => {
    const root = { value: structuredClone(whole) };
    for (const each of changes) alter(root, structuredClone(each));
    return root.value;
  });
}
