/** Worlds where name and connection are fine, and the secure connection is not, or its certificate. */
import type { Microsoft, World } from './world.ts';

/** A server that does this, or shows that, on every host of Microsoft's. */
const server = (name: string, microsoft: Microsoft, expects: string): World => ({
  name,
  microsoft,
  expects: [expects],
  cause: expects.startsWith('fault ') ? expects.replace('fault ', '') : null,
});

const reachable = 'ok endpoints: reachable';
const tlsFailed = 'fault endpoints: tls-failed';

export const certificateWorlds: readonly World[] = [
  server('TLS 1.0 and 1.1 only', { https: 'tls-1.1' }, tlsFailed),
  server('TLS 1.3 only', { https: 'tls-1.3' }, reachable),
  server('no shared cipher', { https: 'no-shared-cipher' }, tlsFailed),
  server('connections reset in the handshake', { https: 'resets' }, tlsFailed),
  server('certificate expired', { certificate: { days: [-30, -1] } }, 'fault endpoints: certificate-expired'),
  server(
    'certificate not yet valid',
    { certificate: { days: [1, 30] } },
    'fault endpoints: certificate-not-yet-valid',
  ),
  server(
    'certificate of another name',
    { certificate: { hosts: ['www.contoso.example'] } },
    'fault endpoints: certificate-wrong-name',
  ),
  server('certificate of a root nobody knows', { unknownRoot: true }, 'fault endpoints: certificate-unknown'),
  {
    name: 'inspection by mitmproxy, its authority unknown',
    company: { inspection: 'unknown' },
    way: { redirect: ['tcp dport 443 redirect to :8443'] },
    expects: ['fault interception: inspected', 'fault endpoints: certificate-unknown'],
    cause: 'interception: inspected',
  },
  {
    name: 'inspection by mitmproxy, its authority trusted',
    company: { inspection: 'trusted' },
    way: { redirect: ['tcp dport 443 redirect to :8443'] },
    expects: ['warning interception: inspected', 'ok endpoints: reachable'],
    cause: null,
  },
  {
    name: 'clock three minutes off',
    microsoft: { https: 'minutes-off' },
    expects: ['warning clock: off', 'ok endpoints: reachable'],
    cause: null,
  },
  {
    name: 'clock an hour off',
    microsoft: { https: 'hour-off' },
    expects: ['fault clock: off', 'ok endpoints: reachable'],
    cause: 'clock: off',
  },
];
