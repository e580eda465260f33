import { describe, expect, it } from 'vitest';
import en from '../../../common/_locales/en/messages.json' with { type: 'json' };
import { PROTOCOL } from '../../../common/contract.ts';
import { messageKey } from '../../../common/text.ts';
import { browsers } from '../../../native-host/registration/browsers.ts';
import { type CauseId, causeIds, type TodoId, todoIds } from '../../../native-host/registration/causes.ts';
import { diagnose } from '../../../native-host/registration/diagnose.ts';
import type { Facts } from '../../../native-host/registration/examine.ts';
import { manifestFaults } from '../../../native-host/registration/judge-manifest.ts';
import type { Answer } from '../../../native-host/registration/ping.ts';
import type { Holding } from '../../../native-host/registration/places.ts';
import { VERSION } from '../../../native-host/version.ts';

const [chrome] = browsers;
const OWN = '/opt/host';
const hello: Answer = { end: 'hello', protocol: PROTOCOL, version: VERSION };
const there: Holding = { is: 'manifest', file: '/m.json' };
const at = (holds: Holding, level: 'user' | 'machine' = 'user') => ({
  where: `${level} ${holds.is}`,
  level,
  own: true,
  holds,
});
const off = { userHosts: false, blocked: false };
const judged = (path: string) => ({ file: '/m.json', is: 'read', judged: { path }, foreign: false }) as const;
const faulty = (fault: (typeof manifestFaults)[number], foreign = false) =>
  ({ file: '/m.json', is: 'read', judged: { fault }, foreign }) as const;

/** All is well, but for what is said. */
function facts(change: Partial<Facts> = {}): Facts {
  return {
    ...{ browser: chrome, here: 'yes', policy: { userHosts: true, blocked: false }, places: [at(there)] },
    ...{ manifest: judged('/other'), program: { path: '/other', is: 'program', signature: 'unknown' } },
    ...{ answer: hello, ...change },
  };
}
/** The same up to the manifest, and nothing of what comes after. */
const upTo = ({ browser, here, policy, places }: Facts, change: Partial<Facts> = {}): Facts => ({
  ...{ browser, here, policy, places },
  ...change,
});
const without = (...holdings: Holding[]) => upTo(facts({ places: holdings.map((holds) => at(holds)) }));
const program = (is: 'missing' | 'relative' | 'no-program' | 'refused') =>
  upTo(facts(), { manifest: judged('x'), program: { path: '/x', is, signature: 'unknown' } });
const answered = (answer: Answer) => facts({ answer });

const rows: [CauseId, TodoId | null, Facts][] = [
  ['ready', null, facts()],
  ['not-here', null, upTo(facts({ here: 'no', places: [at({ is: 'nothing' })] }))],
  ['not-here', null, facts({ here: 'no', places: [{ ...at(there), own: false }] })],
  ['not-here', null, upTo(facts({ here: 'no', policy: off }))],
  ['not-here', null, upTo(facts({ here: 'no', policy: { userHosts: true, blocked: true } }))],
  ['exited', 'fix', facts({ here: 'no', answer: { end: 'exited', detail: '1' } })],
  ['packed', 'packed', upTo(facts({ here: 'packed', places: [at({ is: 'nothing' })] }))],
  ['not-registered', 'fix', without({ is: 'nothing' })],
  ['no-value', 'fix', without({ is: 'nothing' }, { is: 'no-value' })],
  ['named-value', 'fix', without({ is: 'no-value' }, { is: 'named-value' })],
  ['user-hosts-off', 'it-install', upTo(facts({ policy: off }))],
  ['blocked', 'it-allow', upTo(facts({ policy: { userHosts: true, blocked: true } }))],
  ['foreign', 'foreign', upTo(facts(), { manifest: faulty('wrong-name', true) })],
  ['not-for-us', 'foreign', upTo(facts(), { manifest: faulty('not-for-us', true) })],
  ['manifest-missing', 'fix', upTo(facts(), { manifest: { file: '/m.json', is: 'missing' } })],
  [
    'manifest-refused',
    'fix',
    upTo(facts(), { manifest: { file: '/m.json', is: 'refused', detail: 'EACCES' } }),
  ],
  ...manifestFaults.map((fault): [CauseId, TodoId, Facts] => [
    fault,
    'fix',
    upTo(facts(), { manifest: faulty(fault) }),
  ]),
  ['relative-path', 'fix', program('relative')],
  ['program-missing', 'fix', program('missing')],
  ['no-program', 'fix', program('no-program')],
  ['not-started', 'it-security', program('refused')],
  ['not-started', 'it-security', answered({ end: 'not-started', detail: 'EACCES' })],
  ['no-program', 'fix', answered({ end: 'no-program', detail: 'EFTYPE' })],
  ['exited', 'fix', answered({ end: 'exited', detail: '1' })],
  ['no-frame', 'fix', answered({ end: 'no-frame' })],
  ['silent', 'fix', answered({ end: 'silent' })],
  ['problem', 'reinstall', answered({ end: 'problem', kind: 'machine-unreadable' })],
  ['older-protocol', 'fix', answered({ ...hello, protocol: PROTOCOL - 1 })],
  ['newer-protocol', 'use-newer', answered({ ...hello, protocol: PROTOCOL + 1 })],
  ['older-version', 'fix', answered({ ...hello, version: '0.0.9' })],
  ['ready', null, answered({ ...hello, version: '99.0.0' })],
];

describe('a cause', () => {
  it.each(rows)('%s is told, with %s', (cause, todo, given) => {
    expect(diagnose(given, OWN)).toMatchObject({ cause, todo });
  });

  it('has a row here, each of them, and words', () => {
    expect(new Set(rows.map(([cause]) => cause))).toEqual(new Set(causeIds));
    const messages = new Set(Object.keys(en));
    const keys = [
      ...causeIds.filter((id) => id !== 'ready').map((id) => messageKey('cli_cause', id)),
      ...todoIds.map((id) => messageKey('cli_todo', id)),
    ];
    expect(keys.filter((key) => !messages.has(key))).toEqual([]);
  });
});

describe('the place that counts', () => {
  it('is the first that leads to a manifest', () => {
    const places = [at({ is: 'no-value' }), at(there), at(there, 'machine')];
    expect(diagnose(facts({ places }), OWN)).toMatchObject({ cause: 'ready', place: 'user manifest' });
  });

  it('is the PC’s where policy has the person’s own ignored', () => {
    const given = facts({ policy: off, places: [at(there), at(there, 'machine')] });
    expect(diagnose(given, OWN)).toMatchObject({ cause: 'ready', place: 'machine manifest' });
  });
});

describe('what helps', () => {
  it('is not one’s own registration, where all of this PC’s is at fault', () => {
    const places = [at(there, 'machine')];
    for (const answer of [
      { end: 'exited', detail: '1' },
      { ...hello, version: '0.0.9' },
    ] as const) {
      expect(diagnose(facts({ places, answer }), OWN).todo).toBe('it-mend');
    }
  });

  it('is not the registration that is there already', () => {
    const own = { path: OWN, is: 'program', signature: 'unknown' } as const;
    expect(diagnose(facts({ program: own, answer: { end: 'silent' } }), OWN).todo).toBe('reinstall');
  });
});
