/** By which way a check reaches a host: as the person directs it, or else as the machine says. */
import type { CloudName } from '../../../common/clouds.ts';
import type { Machine, Route } from '../../machine/machine.ts';

/** `--connect-to`, as curl has it (https://curl.se/docs/manpage.html#--connect-to): undefined is any, or as it was. */
export interface ConnectTo {
  host: string | undefined;
  port: number | undefined;
  address: string | undefined;
  toPort: number | undefined;
}

/** What a person may want otherwise than it is. */
export interface Directions {
  /** Worldwide unless said otherwise. */
  cloud?: CloudName | undefined;
  connectTo?: readonly ConnectTo[] | undefined;
  /** Authorities to trust besides, as PEM. */
  ca?: string | undefined;
}

/** How to reach a host; the first direction that fits counts. */
export async function routeTo(
  { machine, connectTo = [] }: Directions & { machine: Machine },
  host: string,
  port = 443,
): Promise<Route> {
  const fits = (direction: ConnectTo) =>
    (direction.host ?? host).toLowerCase() === host && (direction.port ?? port) === port;
  const direction = connectTo.find(fits);
  if (!direction) return machine.route(host);
  // Both left as they were: the host itself, whatever the machine says of it.
  if (direction.address === undefined && direction.toPort === undefined) return { kind: 'direct' };
  return { kind: 'connect-to', address: direction.address ?? host, port: direction.toPort ?? port };
}
