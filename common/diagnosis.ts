/**
 * What is behind a set of findings: the most probable cause first, with what speaks for it, who can fix it and which
 * codes it explains. Pure. Where the evidence is thin the answer is that it is not known.
 */
import * as v from 'valibot';
import { type Category, categories } from './failures/category.ts';
import type { CheckId, Finding, MeaningOf } from './findings.ts';
import { Code, Text } from './parts.ts';

interface Cause<C extends CheckId = CheckId> {
  check: C;
  meanings: readonly MeaningOf<C>[];
  who: Category;
  /** Codes that it explains, as people know them. */
  codes: readonly string[];
  /** Checks whose faults follow from it. */
  explains: readonly CheckId[];
}

const cause = <C extends CheckId>(
  check: C,
  meanings: readonly MeaningOf<C>[],
  who: Category,
  codes: readonly string[],
  explains: readonly CheckId[],
): Cause<C> => ({ check, meanings, who, codes, explains });

const beyond = ['endpoints', 'windows-connection', 'interception'] as const;
const connection = ['0x8004de40', '0x8004de88', '0xcaa82ee7', '0xcaa82efd', '0x80190001'];
const secure = ['0x8004de40', '0x8004de88', '0xcaa7000d', '0xcaa82f8f'];

/** From what is nearest to the PC to what is farthest: the nearest that is broken breaks the rest. */
const causes: readonly Cause[] = [
  cause('names', ['no-server'], 'network', ['0xcaa82ee7'], beyond),
  cause('internet', ['captive-portal'], 'user', connection, [...beyond, 'clock', 'proxy']),
  cause('clock', ['off'], 'user', ['AADSTS500133', 'AADSTS140000', '0xcaa82f05'], [...beyond]),
  cause('names', ['overridden'], 'local', ['AADSTS900001', ...connection], beyond),
  cause('proxy', ['script-unreachable', 'script-broken', 'script-slow'], 'network', connection, beyond),
  cause('proxy', ['unreachable'], 'network', connection, beyond),
  cause('proxy', ['login-required'], 'network', ['0xcaa30197', '0x80190001'], beyond),
  cause('tls-settings', ['tls12-off', 'tls12-off-winhttp', 'tls12-off-schannel'], 'local', secure, [
    'windows-connection',
  ]),
  cause('tls-settings', ['ciphers-missing'], 'policy', secure, ['windows-connection']),
  cause('interception', ['inspected'], 'network', secure, ['endpoints', 'windows-connection']),
  cause('windows-connection', ['secure-channel-failed'], 'local', secure, []),
  cause('windows-connection', ['proxy-login'], 'network', ['0xcaa30197'], []),
  cause('windows-connection', ['certificate-refused'], 'network', ['0xcaa82f8f'], []),
  cause('internet', ['no-answer'], 'network', connection, beyond),
  cause('endpoints', ['sinkholed', 'private-address', 'name-not-found'], 'network', ['0xcaa82ee7'], []),
  cause(
    'endpoints',
    ['certificate-expired', 'certificate-not-yet-valid', 'certificate-wrong-name', 'certificate-unknown'],
    'network',
    secure,
    ['windows-connection'],
  ),
  cause(
    'endpoints',
    ['connection-failed', 'connection-timed-out', 'tls-failed', 'http-failed'],
    'network',
    connection,
    ['windows-connection'],
  ),
  cause(
    'onedrive-policy',
    ['sync-forbidden', 'organisations-limited'],
    'policy',
    ['0x8004ded2'],
    ['onedrive'],
  ),
];

export const DiagnosisSchema = v.strictObject({
  /** Id of the finding that is most likely behind the rest; null where nothing is broken or it is not known. */
  cause: v.nullable(Text),
  /** Ids of the other faults that follow from it. */
  because: v.array(Text),
  who: v.nullable(v.picklist(categories)),
  codes: v.array(Code),
});

export type Diagnosis = v.InferOutput<typeof DiagnosisSchema>;

/** Says what is behind these findings. */
export function diagnose(findings: readonly Finding[]): Diagnosis {
  const faults = findings.filter(({ level }) => level === 'fault');
  for (const { check, meanings, who, codes, explains } of causes) {
    const found = faults.find((each) => each.check === check && meanings.some((m) => m === each.meaning));
    if (!found) continue;
    const because = faults.filter(
      (each) => each !== found && (explains.includes(each.check) || each.check === check),
    );
    return { cause: found.id, because: because.map(({ id }) => id), who, codes: [...codes] };
  }
  return { cause: null, because: [], who: faults.length > 0 ? 'unknown' : null, codes: [] };
}
