/**
 * What is behind a set of findings: the most probable cause first, with what speaks for it, who can fix it and which
 * codes it explains. Pure. Where the evidence is thin the answer is that it is not known.
 */
import type { Diagnosis } from './check.ts';
import type { Category } from './failures/category.ts';
import type { CheckId, Finding, MeaningOf } from './findings.ts';

interface Cause<C extends CheckId = CheckId> {
  check: C;
  meanings: readonly MeaningOf<C>[];
  who: Category;
  /** Codes that it explains, as people know them. */
  codes: readonly string[];
  /** Checks whose faults follow from it. */
  explains: readonly CheckId[];
  /** What must hold besides, of all findings. */
  where?: (found: Finding, findings: readonly Finding[]) => boolean;
}

const cause = <C extends CheckId>(
  check: C,
  meanings: readonly MeaningOf<C>[],
  who: Category,
  codes: readonly string[],
  explains: readonly CheckId[],
  where?: Cause['where'],
): Cause<C> => ({ check, meanings, who, codes, explains, ...(where && { where }) });

/** What fails with Windows' own stack. */
const windows = ['windows-connection', 'stacks'] as const;
const beyond = ['endpoints', ...windows, 'interception', 'mtu', 'browser'] as const;
const connection = ['0x8004de40', '0x8004de88', '0xcaa82ee7', '0xcaa82efd', '0x80190001'];
const secure = ['0x8004de40', '0x8004de88', '0xcaa7000d', '0xcaa82f8f'];

const sound: readonly Finding['level'][] = ['ok', 'warning'];

/** From what is nearest to the PC to what is farthest: the nearest that is broken breaks the rest. */
const causes: readonly Cause[] = [
  cause('names', ['no-server'], 'network', ['0xcaa82ee7'], beyond),
  cause('internet', ['captive-portal'], 'user', connection, [...beyond, 'clock', 'proxy']),
  cause('clock', ['off'], 'user', ['AADSTS500133', 'AADSTS140000', '0xcaa82f05'], beyond),
  cause('names', ['overridden'], 'local', ['AADSTS900001', ...connection], beyond),
  cause('proxy', ['script-unreachable', 'script-broken', 'script-slow'], 'network', connection, beyond),
  cause('proxy', ['unreachable'], 'network', connection, beyond),
  cause('proxy', ['login-required'], 'network', ['0xcaa30197', '0x80190001'], beyond),
  cause('proxy', ['refused'], 'network', connection, beyond),
  cause('tls-settings', ['tls12-off', 'tls12-off-winhttp', 'tls12-off-schannel'], 'local', secure, windows),
  cause('tls-settings', ['ciphers-missing'], 'policy', secure, windows),
  cause('interception', ['inspected'], 'network', secure, ['endpoints', ...windows, 'browser']),
  cause('windows-connection', ['secure-channel-failed'], 'local', secure, ['stacks']),
  cause('windows-connection', ['proxy-login'], 'network', ['0xcaa30197'], ['stacks']),
  cause('windows-connection', ['certificate-refused'], 'network', ['0xcaa82f8f'], ['stacks']),
  cause('internet', ['no-answer'], 'network', connection, beyond),
  cause('mtu', ['large-packets-lost'], 'network', connection, ['endpoints', ...windows, 'browser']),
  cause(
    'endpoints',
    ['sinkholed', 'private-address', 'name-not-found'],
    'network',
    ['0xcaa82ee7'],
    [...windows, 'browser'],
  ),
  cause(
    'endpoints',
    ['certificate-expired', 'certificate-not-yet-valid', 'certificate-wrong-name', 'certificate-unknown'],
    'network',
    secure,
    [...windows, 'browser'],
  ),
  cause(
    'endpoints',
    ['connection-failed', 'connection-timed-out', 'tls-failed', 'http-failed'],
    'network',
    connection,
    [...windows, 'browser'],
  ),
  // Windows' proxy settings, or a filter of programs: what lies nearer has a row above.
  cause('stacks', ['windows-fails'], 'local', connection, windows),
  cause(
    'onedrive-policy',
    ['sync-forbidden', 'organisations-limited'],
    'policy',
    ['0x8004ded2'],
    ['onedrive'],
  ),
  // An extension, the browser's own proxy or a filter; but only where others reach that host.
  cause('browser', ['unreachable', 'no-answer'], 'local', [], [], ({ subject }, findings) =>
    findings.some(
      (each) => each.check === 'endpoints' && each.subject === subject && sound.includes(each.level),
    ),
  ),
];

/** Says what is behind these findings. */
export function diagnose(findings: readonly Finding[]): Diagnosis {
  const faults = findings.filter(({ level }) => level === 'fault');
  for (const { check, meanings, who, codes, explains, where } of causes) {
    const found = faults.find(
      (each) =>
        each.check === check &&
        meanings.some((meaning) => meaning === each.meaning) &&
        (where?.(each, findings) ?? true),
    );
    if (!found) continue;
    const because = faults.filter(
      (each) => each !== found && (explains.includes(each.check) || each.check === check),
    );
    return { cause: found.id, because: because.map(({ id }) => id), who, codes: [...codes] };
  }
  return { cause: null, because: [], who: faults.length > 0 ? 'unknown' : null, codes: [] };
}
