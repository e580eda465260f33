/** Worlds where the name leads astray, or the way to Microsoft is broken. */
import { type Names, places, type World } from './world.ts';

const { microsoft, nobody } = places;

/** Seconds, where all the time there is will be waited for. */
const SHORT = 3;

/** Plain HTTP as well, where nothing at all gets through. */
const noInternet = 'warning internet: no-answer';

/** Names that lead nowhere: no page of Windows either. */
const nowhere = (name: string, names: Names, meaning: string): World => ({
  name,
  names,
  expects: [`fault endpoints: ${meaning}`, noInternet],
  cause: `endpoints: ${meaning}`,
});

const hosts = `${nobody} login.microsoftonline.com\n${nobody} aadcdn.msftauth.net\n`;
const noIcmp = ['icmp type destination-unreachable drop', 'icmpv6 type packet-too-big drop'];

export const wayWorlds: readonly World[] = [
  {
    name: 'healthy',
    expects: [
      ...['ok endpoints: reachable', 'ok internet: open', 'ok clock: right', 'ok interception: none'],
      ...['ok proxy: direct', 'ok names: fine', 'ok ipv6: fine', 'ok mtu: fine'],
    ],
    cause: null,
  },
  nowhere('names that lead to 0.0.0.0', ['0.0.0.0'], 'sinkholed'),
  nowhere('names that lead into a private network', ['192.168.77.1'], 'private-address'),
  nowhere('names that nobody knows', 'unknown', 'name-not-found'),
  { ...nowhere('name server that never answers', 'silent', 'name-not-found'), timeout: SHORT },
  {
    name: 'names with IPv6 addresses only, and IPv6',
    names: [microsoft.v6],
    expects: ['ok endpoints: reachable', 'ok internet: open', 'ok ipv6: fine'],
    cause: null,
  },
  {
    name: 'names with IPv6 addresses only, and no IPv6',
    names: [microsoft.v6],
    way: { onlyIpv4: true },
    expects: ['fault endpoints: connection-failed', noInternet, 'ok ipv6: unused'],
    cause: 'endpoints: connection-failed',
  },
  {
    name: 'hosts file that leads elsewhere',
    pc: { hosts },
    expects: ['fault names: overridden', 'fault endpoints: connection-failed', 'ok endpoints: reachable'],
    cause: 'names: overridden',
  },
  {
    name: 'IPv6 addresses that lead nowhere',
    way: { forward: ['meta nfproto ipv6 drop'] },
    expects: ['warning ipv6: broken', 'ok endpoints: reachable'],
    cause: null,
  },
  {
    name: 'black hole behind port 443',
    timeout: SHORT,
    way: { forward: ['tcp dport 443 drop'] },
    expects: ['fault endpoints: connection-timed-out', 'ok internet: open'],
    cause: 'endpoints: connection-timed-out',
  },
  {
    name: 'black hole for everything',
    timeout: SHORT,
    way: { forward: ['drop'] },
    expects: ['fault endpoints: connection-timed-out', noInternet],
    cause: 'endpoints: connection-timed-out',
  },
  {
    name: 'firewall that refuses',
    way: { forward: ['tcp dport 443 reject with tcp reset'] },
    expects: ['fault endpoints: connection-failed', 'ok internet: open'],
    cause: 'endpoints: connection-failed',
  },
  {
    name: 'captive portal',
    way: { redirect: ['tcp dport 80 redirect to :80'], forward: ['tcp dport 443 reject with tcp reset'] },
    expects: ['fault internet: captive-portal', 'fault endpoints: connection-failed'],
    cause: 'internet: captive-portal',
  },
  {
    name: 'large packets that vanish',
    timeout: SHORT,
    way: { mtu: 1280, output: noIcmp },
    expects: ['fault mtu: large-packets-lost', 'fault endpoints: connection-timed-out', 'ok internet: open'],
    cause: 'mtu: large-packets-lost',
  },
  {
    name: 'small packets only, and told so',
    way: { mtu: 1280 },
    expects: ['ok endpoints: reachable', 'ok mtu: fine'],
    cause: null,
  },
  {
    name: '200 ms away, every 20th packet lost',
    way: { slow: { roundTrip: 200, losesEvery: 20 } },
    expects: ['ok endpoints: reachable', 'ok internet: open', 'ok clock: right', 'ok mtu: fine'],
    cause: null,
  },
];
