import { createWindowsMachine } from '../../../native-host/machine/windows/index.ts';

const { registry } = await createWindowsMachine();
const key = 'Software\\Signin Rescue Test';
const names = [
  '',
  'text',
  'long',
  'schrift \u{1F600}',
  'no nul',
  'nul within',
  'none',
  'expand',
  'number',
  'big',
];
const others = ['quad', 'bytes', 'many', 'short number', 'not there'];
const values: Record<string, unknown> = {};
for (const name of [...names, ...others]) {
  values[name] = (await registry.read('HKCU', key, name)) ?? null;
}
console.log(
  JSON.stringify({
    values,
    noKey: (await registry.read('HKCU', `${key}\\nowhere`, 'text')) ?? null,
    machine:
      (await registry.read('HKLM', 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'CurrentBuild')) ??
      null,
    keys: await registry.keys('HKCU', key),
    leaf: await registry.keys('HKCU', `${key}\\a`),
    names: await registry.values('HKCU', key),
    noNames: await registry.values('HKLM', `${key}\\nowhere`),
    noKeys: await registry.keys('HKCU', `${key}\\nowhere`),
    upperCase: (await registry.read('HKCU', key.toUpperCase(), 'TEXT')) ?? null,
  }),
);
