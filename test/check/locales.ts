/**
 * Checks the messages: every language has the same keys and placeholders as English, the manifest's keys are there,
 * and no key is left over that nothing says. That the code's keys exist is the type checker's business.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'common', '_locales');
const Messages = v.record(
  v.pipe(v.string(), v.regex(/^[A-Za-z0-9_@]+$/)),
  v.strictObject({ message: v.pipe(v.string(), v.minLength(1)), description: v.optional(v.string()) }),
);
type Messages = v.InferOutput<typeof Messages>;

function load(language: string): Messages {
  return v.parse(Messages, JSON.parse(readFileSync(join(folder, language, 'messages.json'), 'utf8')));
}

function sources(directory: string): string {
  return readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.(ts|tsx|html|json)$/.test(entry.name) && !entry.parentPath.includes('_locales'),
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

const placeholders = (message = '') => [...new Set(message.match(/\$\d/g) ?? [])].sort().join(' ');

/** The numbers that are told apart in a language, and those that its messages tell apart. */
function pluralProblems(messages: Messages, language: string): string[] {
  const wanted = new Intl.PluralRules(language.replace('_', '-')).resolvedOptions().pluralCategories;
  return Object.entries(messages).flatMap(([key, { message }]) => {
    const rest = message.replace(/\{\$[1-9], plural,((?: \w+ \{[^{}]*\})+)\}/g, (whole, branches: string) => {
      const names = [...branches.matchAll(/ (\w+) \{/g)].map(([, name]) => name);
      return [...names].sort().join() === [...wanted].sort().join() ? '' : whole;
    });
    return /[{}]/.test(rest)
      ? [`${language}: ${key} has a plural without ${wanted.join(', ')}, or a stray brace`]
      : [];
  });
}

const plurals = (message = '') => [...new Set(message.match(/\$\d, plural/g) ?? [])].sort().join(' ');

/** What is wrong with another language, measured by English. */
function compare(english: Messages, language: string): string[] {
  const other = load(language);
  const missing = Object.keys(english).filter((key) => !(key in other));
  const extra = Object.keys(other).filter((key) => !(key in english));
  const differs = (key: string, of: (message?: string) => string) =>
    key in other && of(english[key]?.message) !== of(other[key]?.message);
  const differing = Object.keys(english).filter((key) => differs(key, placeholders) || differs(key, plurals));
  return [
    ...missing.map((key) => `${language}: ${key} is missing`),
    ...extra.map((key) => `${language}: ${key} is not in English`),
    ...differing.map((key) => `${language}: ${key} has other placeholders or plurals than English`),
    ...pluralProblems(other, language),
    ...(language.replace('_', '-') === other.language_tag?.message
      ? []
      : [`${language}: language_tag is another`]),
  ];
}

/** Keys that nothing says: neither by name, nor made from an id by `messageKey`. */
function leftOver(english: Messages, code: string, manifest: string): string[] {
  const prefixes = [...code.matchAll(/messageKey\(\s*'(\w+)'/g)].map(([, prefix]) => `${prefix}_`);
  const templates = [...code.matchAll(/`(\w+_)\$\{/g)].map(([, prefix]) => prefix ?? '');
  const made = [...new Set([...prefixes, ...templates])];
  return Object.keys(english)
    .filter((key) => !made.some((prefix) => prefix && key.startsWith(prefix)))
    .filter((key) => !code.includes(`'${key}'`) && !manifest.includes(`__MSG_${key}__`))
    .map((key) => `en: nothing says ${key}`);
}

const english = load('en');
const code = ['common', 'extension', 'native-host', 'installer'].map(sources).join('\n');
const manifest = readFileSync(join(root, 'manifest.json'), 'utf8');
const wanted = [...manifest.matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key ?? '');
const problems = [
  ...pluralProblems(english, 'en'),
  ...wanted.filter((key) => !(key in english)).map((key) => `manifest.json: no message ${key}`),
  ...readdirSync(folder)
    .filter((language) => language !== 'en')
    .flatMap((language) => compare(english, language)),
  ...leftOver(english, code, manifest),
];
for (const problem of problems) console.error(problem);
console.log(
  `Messages: ${Object.keys(english).length} keys, ${readdirSync(folder).length} language(s), ${problems.length} problem(s)`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
