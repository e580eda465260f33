import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { findOneDrive, oneDriveAccounts } from '../../../../native-host/machine/onedrive.ts';
import {
  createSimulatedMachine,
  ensureSamplePc,
  readSimulatedPc,
  SimulatedPcSchema,
  samplePc,
  signInVerdict,
} from '../../../../native-host/machine/simulated/index.ts';
import { operations, SimulatedCredentialSchema } from '../../../../native-host/machine/simulated/schema.ts';
import { mayRemove } from '../../../../native-host/remedies/allow-list.ts';
import { temporaryFile } from './pc.ts';

describe('the sample', () => {
  test('is written when the file is missing, folders and all, and left alone afterwards', async () => {
    const file = join(dirname(temporaryFile()), 'a', 'b', 'pc.json');
    expect(await ensureSamplePc(file)).toBe(true);
    expect(readSimulatedPc(file)).toEqual(samplePc());
    expect(await ensureSamplePc(file)).toBe(false);
  });

  test('works again when all that may be removed is gone, and not before', () => {
    const pc = samplePc();
    const removable = pc.credentials.filter(mayRemove);
    expect(removable.length).toBe(3);
    for (const entry of removable) {
      expect(signInVerdict(pc)).toEqual({ works: false, code: 'AADSTS50173' });
      pc.credentials = pc.credentials.filter((other) => other !== entry);
    }
    expect(signInVerdict(pc).works).toBe(true);
    expect(pc.credentials.length).toBeGreaterThanOrEqual(5);
  });

  test('has OneDrive installed, running and linked', async () => {
    const file = temporaryFile();
    await ensureSamplePc(file);
    const machine = await createSimulatedMachine(file);
    expect(await findOneDrive(machine)).toBe('per-user');
    expect(await machine.processes.running('OneDrive.exe')).toHaveLength(1);
    expect(await oneDriveAccounts(machine)).toMatchObject([
      { name: 'Business1', email: 'ada@contoso.example' },
    ]);
  });
});

describe('docs/SIMULATED.md', () => {
  const docs = readFileSync(new URL('../../../../docs/SIMULATED.md', import.meta.url), 'utf8');

  test('has an example that is a simulated PC', () => {
    const example = /```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? '';
    expect(v.parse(SimulatedPcSchema, JSON.parse(example)).credentials).toHaveLength(2);
  });

  test.each([
    ...Object.keys(SimulatedPcSchema.entries),
    ...Object.keys(SimulatedPcSchema.entries.oneDrive.wrapped.entries),
    ...Object.keys(SimulatedCredentialSchema.entries),
    ...operations,
  ])('tells of `%s`', (name) => {
    expect(docs).toContain(`\`${name}\``);
  });

  test('gives every default as it is', () => {
    const empty = v.parse(SimulatedPcSchema, {});
    expect(empty.oneDrive).toEqual({
      installed: null,
      stale: false,
      shutdown: 'exits',
      reset: 'restarts',
      start: 'runs',
    });
    expect(empty).toMatchObject({ credentials: [], paceMs: 0, network: { default: 'none', hosts: {} } });
    expect(signInVerdict(empty).works).toBe(true);
  });
});
