import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { RegistrationSchema } from '../../../native-host/cli/install.ts';
import { StatusSchema } from '../../../native-host/cli/status.ts';
import { causeIds, todoIds } from '../../../native-host/registration/causes.ts';
import { outcomes } from '../../../native-host/registration/outcome.ts';
import { root } from '../../harness/build.ts';

const document = readFileSync(join(root, 'docs', 'REGISTRATION.md'), 'utf8');

it('docs/REGISTRATION.md has every cause, what helps, and every outcome', () => {
  const missing = [...causeIds, ...todoIds, ...outcomes].filter((id) => !document.includes(`\`${id}\``));
  expect(missing).toEqual([]);
});

it('its examples are documents of these commands', () => {
  const [status, registration] = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) =>
    JSON.parse(json),
  );
  expect(v.is(StatusSchema, status)).toBe(true);
  expect(v.is(RegistrationSchema, registration)).toBe(true);
});
