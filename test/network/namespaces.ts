/**
 * The network of a world: a PC, a router and Microsoft, each a network namespace, with a cable between each two. They
 * are made below a /run of the world's own and end with its processes, so nothing of them can be left behind.
 */
import { execa } from 'execa';
import { places, type Way, type World } from './world.ts';

export type Place = 'pc' | 'router' | 'microsoft';

/** What runs a command in a place. */
export const at = (place: Place) => ['nsenter', `--net=/run/netns/${place}`, '--'] as const;

async function run(input: string | undefined, command: string, ...args: string[]): Promise<void> {
  await execa(command, args, input === undefined ? {} : { input });
}

/** Lines for `ip`, in one go. */
const ip = (place: Place, lines: readonly string[]) =>
  run(lines.join('\n'), 'ip', '-n', place, '-batch', '-');

const addresses = (device: string, { v4, v6 }: { v4: string; v6: string }) => [
  `address add ${v4}/24 dev ${device}`,
  `address add ${v6}/64 dev ${device}`,
];

/** The router's address in Microsoft's net. */
const far = { v4: '203.0.113.1', v6: '2001:db8:365::1' };

// An address is good at once: there is nobody who could have it already.
const quick = ['net.ipv6.conf.all.accept_dad=0', 'net.ipv6.conf.default.accept_dad=0'];
const settings: Readonly<Record<Place, readonly string[]>> = {
  pc: quick,
  microsoft: quick,
  // It says of each packet that it cannot hand it on, not of some.
  router: [
    ...[...quick, 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1'],
    ...['net.ipv4.icmp_ratelimit=0', 'net.ipv6.icmp.ratelimit=0'],
  ],
};

const set = (place: Place, lines: readonly string[]) => {
  const [command, ...args] = at(place);
  return run(undefined, command, ...args, 'sysctl', '-qw', ...lines);
};

/** Lays the cables of a world and sets the router's rules. */
export async function layNetwork({ way = {}, names }: World): Promise<void> {
  await run(undefined, 'mkdir', '/run/netns');
  for (const place of ['pc', 'router', 'microsoft'] as const) {
    await run(undefined, 'ip', 'netns', 'add', place);
    await set(place, settings[place]);
  }
  await ip('pc', ['link add pc0 type veth peer name pc1 netns router', 'link set lo up', 'link set pc0 up']);
  await ip('microsoft', [
    'link add m0 type veth peer name m1 netns router',
    'link set lo up',
    'link set m0 up',
  ]);
  await ip('router', [
    ...addresses('pc1', places.router),
    ...addresses('m1', far),
    ...['lo', 'pc1', 'm1'].map((device) => `link set ${device} up`),
    `route add unreachable ${places.nobody}`,
    ...(way.mtu === undefined ? [] : [`link set pc1 mtu ${way.mtu}`]),
  ]);
  const six = way.onlyIpv4 ? [] : [`route add default via ${places.router.v6}`];
  const pc = way.onlyIpv4 ? addresses('pc0', places.pc).slice(0, 1) : addresses('pc0', places.pc);
  await ip('pc', [...pc, `route add default via ${places.router.v4}`, ...six]);
  await ip('microsoft', [
    ...addresses('m0', places.microsoft),
    `route add default via ${far.v4}`,
    `route add default via ${far.v6}`,
  ]);
  const [command, ...args] = at('router');
  await run(rules(way, names === 'silent'), command, ...args, 'nft', '-f', '-');
}

function rules({ forward = [], output = [], redirect = [] }: Way, silentNames: boolean): string {
  return `table inet way {
    chain forwarded { type filter hook forward priority 0;
      ${forward.join('\n')}
    }
    chain sent { type filter hook output priority 0;
      ${output.join('\n')}
    }
    chain taken { type filter hook input priority 0;
      ${silentNames ? 'udp dport 53 drop; tcp dport 53 drop' : ''}
    }
    chain arriving { type nat hook prerouting priority -100;
      ${redirect.map((rule) => `iifname "pc1" ${rule}`).join('\n')}
    }
  }`;
}

/** Puts the two ends of a slow link between PC and router, in place of the cable. */
export async function laySlowLink(near: string, beyond: string): Promise<void> {
  const point = { near: '10.88.0.2', beyond: '10.88.0.1' };
  await run(undefined, 'ip', 'link', 'set', near, 'netns', 'pc');
  await run(undefined, 'ip', 'link', 'set', beyond, 'netns', 'router');
  await ip('router', [
    `address add ${point.beyond} peer ${point.near} dev ${beyond}`,
    `link set ${beyond} up`,
    `route add ${places.pc.v4}/32 dev ${beyond}`,
    `route add ${places.pc.v6}/128 dev ${beyond}`,
  ]);
  await ip('pc', [
    `address add ${point.near} peer ${point.beyond} dev ${near}`,
    `link set ${near} up`,
    `route replace default dev ${near} src ${places.pc.v4}`,
    `route replace ::/0 dev ${near} src ${places.pc.v6}`,
    `route replace ${places.router.v4}/32 dev ${near} src ${places.pc.v4}`,
  ]);
}
