import { expect, it } from 'vitest';
import { failureOfSignal } from '../../../extension/background/failure.ts';
import type { Signal } from '../../../extension/signal.ts';

const signal: Signal = {
  type: 'signal',
  page: 'ConvergedError',
  kind: 'error',
  code: 'AADSTS50173',
  correlationId: null,
  requestId: null,
  time: null,
};
const tenantAt = (path: string) =>
  failureOfSignal(signal, new URL(path, 'https://login.microsoftonline.com'))?.tenant;
const id = '0f3c6a52-8d0b-4b6e-9a5e-2f7f1c9d4e10';

it.each([
  [`/${id}/oauth2/v2.0/authorize`, id],
  [`/${id.toUpperCase()}/login`, id],
  ['/common/oauth2/v2.0/authorize', undefined],
  ['/contoso.example/login', undefined],
  [`/common/${id}/login`, undefined],
  [`/x?tenant=/${id}/`, undefined],
  // Personal accounts have no organisation.
  ['/9188040d-6c67-4c5b-b112-36a304b66dad/oauth2/v2.0/authorize', undefined],
])('a page at %s is one of the organisation %s', (path, tenant) => {
  expect(tenantAt(path)).toBe(tenant);
});

it('a page that has not failed is no failure, wherever it is', () => {
  const healthy: Signal = { ...signal, kind: 'sign-in', code: null };
  expect(failureOfSignal(healthy, new URL(`https://login.microsoftonline.com/${id}/login`))).toBeUndefined();
});
