/** Worlds whose servers want to keep us, fill memory or make us fall over: told, and over in time. */
import type { HttpsBehaviour } from './servers.ts';
import type { World } from './world.ts';

const https = (name: string, behaviour: HttpsBehaviour, expects: string): World => ({
  name,
  microsoft: { https: behaviour },
  expects: [expects],
  cause: expects.startsWith('fault ') ? expects.replace('fault ', '') : null,
});

const reachable = 'ok endpoints: reachable';

export const hostileWorlds: readonly World[] = [
  https('garbage in place of TLS', 'garbage', 'fault endpoints: tls-failed'),
  https('plain HTTP in place of TLS', 'plain-http', 'fault endpoints: tls-failed'),
  https('garbage in place of HTTP', 'garbage-in-tls', 'fault endpoints: http-failed'),
  https('headers without end', 'endless-headers', 'fault endpoints: http-failed'),
  https('interim answers without end', 'endless-interim', 'fault endpoints: http-failed'),
  https('answers of 10 MB', 'ten-megabytes', reachable),
  https('answers that lead in a circle', 'redirect-loop', reachable),
  {
    name: 'page of Windows that leads in a circle',
    microsoft: { page: 'redirect-loop' },
    expects: ['fault internet: captive-portal', reachable],
    cause: 'internet: captive-portal',
  },
  {
    name: 'page of Windows of 10 MB',
    microsoft: { page: 'ten-megabytes' },
    expects: ['fault internet: captive-portal', reachable],
    cause: 'internet: captive-portal',
  },
  {
    name: 'servers that take the connection and say nothing',
    microsoft: { https: 'silent' },
    timeout: 3,
    // From outside, no different from large packets that vanish.
    expects: ['fault mtu: large-packets-lost', 'fault endpoints: connection-timed-out'],
    cause: 'mtu: large-packets-lost',
  },
];
