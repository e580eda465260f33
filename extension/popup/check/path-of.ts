/** Where on the way from this PC to Microsoft 365 the findings of a check stand. Pure. */
import type { CheckId, Finding, MeaningOf } from '../../../common/findings.ts';

/** The way, from what is nearest to the PC to what is farthest. `network`: proxy, VPN, and the network itself. */
export const stationIds = ['pc', 'network', 'name', 'connection', 'service'] as const;
export type StationId = (typeof stationIds)[number];

export interface Station {
  id: StationId;
  /** `looking`: there may be more to it than what is known; a fault is told at once. */
  reach: 'looking' | Finding['level'];
  /** The nearest one with a fault: here the way breaks. */
  broken: boolean;
  /** Behind the broken one. */
  beyond: boolean;
}

const throughout = ['name', 'connection', 'service'] as const;

/** What each check speaks of; nothing where it is about something beside the way. */
const about: Readonly<Record<CheckId, readonly StationId[]>> = {
  'tls-settings': ['pc'],
  clock: ['pc'],
  device: ['pc'],
  stacks: ['pc'],
  names: ['pc', 'name'],
  proxy: ['network'],
  vpn: ['network'],
  internet: ['network'],
  ipv6: ['network'],
  interception: ['connection'],
  mtu: ['connection'],
  endpoints: throughout,
  'windows-connection': throughout,
  browser: throughout,
  'network-change': [],
  'windows-update': [],
  onedrive: [],
  'onedrive-policy': [],
  'onedrive-files': [],
  'stored-entries': [],
};

/** Meanings that speak of one station only. */
const places: { readonly [C in CheckId]?: { readonly [M in MeaningOf<C>]?: StationId } } = {
  names: { overridden: 'pc', 'no-server': 'name' },
  stacks: { 'windows-only': 'network' },
  internet: { 'probe-off': 'pc' },
  endpoints: {
    'name-not-found': 'name',
    sinkholed: 'name',
    'private-address': 'name',
    'connection-failed': 'connection',
    'connection-timed-out': 'connection',
    'tls-failed': 'connection',
    'certificate-expired': 'connection',
    'certificate-not-yet-valid': 'connection',
    'certificate-wrong-name': 'connection',
    'certificate-unknown': 'connection',
    'http-failed': 'service',
  },
  'windows-connection': {
    'proxy-login': 'network',
    'name-not-found': 'name',
    'connection-failed': 'connection',
    'connection-timed-out': 'connection',
    'secure-channel-failed': 'connection',
    'certificate-refused': 'connection',
  },
  browser: { unreachable: 'service', 'no-answer': 'service' },
};

/** A browser does not say how far it came; these do. */
const stepByStep: readonly CheckId[] = ['endpoints', 'windows-connection'];

type Level = Finding['level'];
const worstFirst: readonly Level[] = ['fault', 'warning', 'ok', 'unknown'];

/** The stations of the way as far as it has been looked at; `waiting` names the checks that are still at it. */
export function pathOf(findings: readonly Finding[], waiting: readonly CheckId[]): Station[] {
  const readings = findings.flatMap(readingsOf);
  const stations = stationIds.map((id) => {
    const levels = readings.filter(({ at }) => at === id).map(({ level }) => level);
    const known = worstFirst.find((level) => levels.includes(level)) ?? 'unknown';
    const open = known !== 'fault' && waiting.some((check) => speaksOf(check, id));
    return { id, reach: open ? ('looking' as const) : known };
  });
  const end = stations.findIndex(({ reach }) => reach === 'fault');
  return stations.map((station, index) => ({
    ...station,
    broken: index === end,
    beyond: end >= 0 && index > end,
  }));
}

function speaksOf(check: CheckId, station: StationId): boolean {
  return about[check].includes(station) || Object.values(places[check] ?? {}).includes(station);
}

/** What one finding says of which stations. Who came as far as a station has passed those before it. */
function readingsOf({ check, meaning, level }: Finding): { at: StationId; level: Level }[] {
  const [, place] = Object.entries(places[check] ?? {}).find(([each]) => each === meaning) ?? [];
  if (place === undefined) return about[check].map((at) => ({ at, level }));
  const others = stepByStep.includes(check) ? about[check].filter((at) => at !== place) : [];
  const passed = level === 'fault' ? others.filter((at) => isBefore(at, place)) : others;
  return [{ at: place, level }, ...passed.map((at) => ({ at, level: 'ok' as const }))];
}

function isBefore(one: StationId, other: StationId): boolean {
  return stationIds.indexOf(one) < stationIds.indexOf(other);
}
