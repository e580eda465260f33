/** What a world of the network matrix is made of: worlds-*.ts have them, inside.ts builds one. */
import type { SimulatedPcInput } from '../../native-host/machine/simulated/index.ts';
import type { Oddity } from '../harness/network/odd-certificates.ts';
import type { HttpsBehaviour, PageBehaviour, ScriptBehaviour } from './servers.ts';

/** Where everything is. Addresses of documentation (RFC 5737, RFC 3849), which count as of the internet. */
export const places = {
  pc: { v4: '10.77.0.2', v6: '2001:db8:77::2' },
  router: { v4: '10.77.0.1', v6: '2001:db8:77::1' },
  microsoft: { v4: '203.0.113.10', v6: '2001:db8:365::10' },
  /** On the internet, and nobody has it. */
  nobody: '203.0.113.99',
  proxyPort: 3128,
  inspectionPort: 8443,
} as const;

export interface Microsoft {
  https?: HttpsBehaviour;
  page?: PageBehaviour;
  certificate?: Partial<Oddity>;
  /** The PC does not know who signed the certificate. */
  unknownRoot?: boolean;
}

export interface Company {
  /** A real tinyproxy. */
  proxy?: 'open' | 'login' | 'refusing';
  script?: ScriptBehaviour;
  /** A real mitmproxy on the way, whose authority the PC trusts or does not know. */
  inspection?: 'trusted' | 'unknown';
}

export interface Way {
  /** Rules of the router for what it forwards from PC to Microsoft and back, in the words of nft. */
  forward?: readonly string[];
  /** Rules for what the router itself sends. */
  output?: readonly string[];
  /** What the router does with connections before it looks where they go. */
  redirect?: readonly string[];
  /** Bytes of the largest packet between PC and router. */
  mtu?: number;
  /** Milliseconds there and back, and every how many packets one is lost. */
  slow?: { roundTrip: number; losesEvery: number };
  /** The PC has no IPv6. */
  onlyIpv4?: boolean;
}

/** What the name server gives for Microsoft's names: these addresses, that there are none, or no answer at all. */
export type Names = readonly string[] | 'unknown' | 'silent';

export interface World {
  /** What is the matter; no two have the same. */
  name: string;
  microsoft?: Microsoft;
  /** Both of Microsoft's addresses where it is left out. */
  names?: Names;
  way?: Way;
  company?: Company;
  pc?: {
    registry?: NonNullable<SimulatedPcInput['registry']>;
    /** Lines of its hosts file. */
    hosts?: string;
  };
  /** Seconds for the check, less where somebody is silent and would be waited for; 10 where it is left out. */
  timeout?: number;
  /**
   * `level check: meaning`. Of warnings and faults these are all; more that is ok or unknown may be found. The
   * strongest level counts where one meaning is found of several hosts.
   */
  expects: readonly string[];
  /** The most probable cause, `check: meaning`; null where there is none. */
  cause: string | null;
}
