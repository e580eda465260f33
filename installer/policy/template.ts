/**
 * A policy template: the ADMX, which says what is written where in the registry, and the ADML with its words. As
 * documented under https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc772138(v=ws.10)
 * and https://learn.microsoft.com/openspecs/windows_protocols/ms-gpreg/81a89003-5121-4216-b788-fde8daa71c78
 */
import { element } from '../xml.ts';

/** What one policy writes, and what stands in the editor for it. */
export type Entry =
  | { kind: 'text'; valueName: string; most: number }
  | { kind: 'number'; valueName: string; least: number; most: number; byDefault: number }
  | { kind: 'choice'; valueName: string; of: readonly { value: number | string; title: string }[] }
  /** Enabled writes 1, disabled 0. */
  | { kind: 'switch'; valueName: string }
  /** A key with a value for each line: numbered, or each with a name of its own. */
  | { kind: 'list'; named: boolean };

export interface PolicyItem {
  /** Letters and digits. */
  name: string;
  /** Where it can be set: for the PC alone, or for the user as well. */
  class: 'Machine' | 'Both';
  category: string;
  /** Below the hive. */
  key: string;
  title: string;
  explain: string;
  entry: Entry;
}

export interface Category {
  name: string;
  title: string;
  parent?: string;
}

export interface Template {
  /** The files' name. */
  name: string;
  /** Of its policies, among those of all templates. */
  namespace: string;
  title: string;
  categories: readonly Category[];
  policies: readonly PolicyItem[];
}

const NAMESPACE = 'http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions';
const SUPPORTED = 'SupportedWindows';
/** Raised with every change to what the templates hold. */
const REVISION = '1.0';

const head = { xmlns: NAMESPACE, revision: REVISION, schemaVersion: '1.0' };
const string = (id: string) => `$(string.${id})`;
const document = (root: string) => `<?xml version="1.0" encoding="utf-8"?>\n${root}\n`;
const choiceId = (value: number | string) => `Choice_${value}`;

/** The ADMX. */
export function admxOf({ namespace, categories, policies }: Template): string {
  const target = element('target', { prefix: 'own', namespace });
  const definition = element('definition', { name: SUPPORTED, displayName: string(SUPPORTED) });
  return document(
    element('policyDefinitions', head, [
      element('policyNamespaces', {}, [target]),
      element('resources', { minRequiredRevision: REVISION }),
      element('supportedOn', {}, [element('definitions', {}, [definition])]),
      element('categories', {}, categories.map(categoryOf)),
      element('policies', {}, policies.map(policyOf)),
    ]),
  );
}

function categoryOf({ name, parent }: Category): string {
  const attributes = { name, displayName: string(name) };
  return element('category', attributes, parent ? [element('parentCategory', { ref: parent })] : []);
}

function policyOf(policy: PolicyItem): string {
  const { name, key, entry } = policy;
  const isSwitch = entry.kind === 'switch';
  const attributes = {
    ...{ name, class: policy.class, displayName: string(name), explainText: string(`${name}_Explain`) },
    ...(isSwitch ? {} : { presentation: `$(presentation.${name})` }),
    key,
    ...(isSwitch ? { valueName: entry.valueName } : {}),
  };
  return element('policy', attributes, [
    element('parentCategory', { ref: policy.category }),
    element('supportedOn', { ref: SUPPORTED }),
    ...written(name, key, entry),
  ]);
}

/** The element of a policy is named as the policy is: there is one. */
function written(id: string, key: string, entry: Entry): string[] {
  const wrap = (inner: string) => [element('elements', {}, [inner])];
  switch (entry.kind) {
    case 'switch': {
      const value = (number: string) => [element('decimal', { value: number })];
      return [element('enabledValue', {}, value('1')), element('disabledValue', {}, value('0'))];
    }
    case 'text':
      return wrap(
        element('text', { id, valueName: entry.valueName, required: 'true', maxLength: `${entry.most}` }),
      );
    case 'number': {
      const limits = { minValue: `${entry.least}`, maxValue: `${entry.most}` };
      return wrap(element('decimal', { id, valueName: entry.valueName, required: 'true', ...limits }));
    }
    case 'list':
      return wrap(
        element('list', {
          ...{ id, key },
          // What a help desk writes beside Group Policy must last.
          ...(entry.named ? { explicitValue: 'true', additive: 'true' } : { valuePrefix: '' }),
        }),
      );
    case 'choice':
      return wrap(
        element('enum', { id, valueName: entry.valueName, required: 'true' }, entry.of.map(itemOf)),
      );
  }
}

function itemOf({ value }: { value: number | string }): string {
  const written =
    typeof value === 'number'
      ? element('decimal', { value: `${value}` })
      : element('string', {}, { text: value });
  return element('item', { displayName: string(choiceId(value)) }, [element('value', {}, [written])]);
}

/** The ADML, in English. */
export function admlOf({ title, categories, policies }: Template): string {
  const strings = new Map<string, string>([[SUPPORTED, 'Windows 10 or later, with Signin Rescue']]);
  for (const { name, title: words } of categories) strings.set(name, words);
  for (const policy of policies) {
    strings.set(policy.name, policy.title);
    strings.set(`${policy.name}_Explain`, policy.explain);
    if (policy.entry.kind !== 'choice') continue;
    for (const { value, title: words } of policy.entry.of) strings.set(choiceId(value), words);
  }
  const presentations = policies.filter(({ entry }) => entry.kind !== 'switch').map(presentationOf);
  return document(
    element('policyDefinitionResources', head, [
      element('displayName', {}, { text: title }),
      element('description', {}, { text: title }),
      element('resources', {}, [
        element(
          'stringTable',
          {},
          [...strings].map(([id, text]) => element('string', { id }, { text })),
        ),
        element('presentationTable', {}, presentations),
      ]),
    ]),
  );
}

function presentationOf({ name, title, entry }: PolicyItem): string {
  return element('presentation', { id: name }, [boxOf(name, `${title}:`, entry)]);
}

function boxOf(refId: string, label: string, entry: Entry): string {
  if (entry.kind === 'text') return element('textBox', { refId }, [element('label', {}, { text: label })]);
  if (entry.kind === 'number')
    return element('decimalTextBox', { refId, defaultValue: `${entry.byDefault}` }, { text: label });
  if (entry.kind === 'choice')
    return element('dropdownList', { refId, noSort: 'true', defaultItem: '0' }, { text: label });
  return element('listBox', { refId }, { text: label });
}
