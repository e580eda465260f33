/** Judges the facts about a browser's way to the host: the one cause, what the browser makes of it, who can mend it. */
import * as v from 'valibot';
import { PROTOCOL } from '../../common/contract.ts';
import { VERSION } from '../version.ts';
import { type CauseId, causeIds, causes, type Shown, shownStates, type TodoId, todoIds } from './causes.ts';
import type { Facts } from './examine.ts';
import { BrowserId } from './outcome.ts';
import type { Answer } from './ping.ts';
import { leading } from './places.ts';
import { isOlder } from './versions.ts';

const path = v.nullable(v.string());

export const DiagnosisSchema = v.strictObject({
  browser: BrowserId,
  cause: v.picklist(causeIds),
  /** What the extension says in this browser. */
  shown: v.picklist(shownStates),
  /** What helps; null where nothing is the matter. */
  todo: v.nullable(v.picklist(todoIds)),
  /** The registry key, or the file, that counts. */
  place: path,
  manifest: path,
  program: path,
  /** As the program says. */
  version: v.nullable(v.string()),
  signature: v.picklist(['signed', 'unsigned', 'untrusted', 'broken', 'unknown']),
  /** For a technician. */
  detail: v.nullable(v.string()),
});

export type Diagnosis = v.InferOutput<typeof DiagnosisSchema>;

interface Found {
  cause: CauseId;
  detail?: string | undefined;
}

/** `own` is the program that a registration of this host leads to. */
export function diagnose(facts: Facts, own: string): Diagnosis {
  const { browser, manifest, program, answer } = facts;
  const { cause, detail } = found(facts);
  const shown = shownIn(cause, facts);
  return {
    browser: browser.id,
    cause,
    shown,
    todo: todoFor(cause, facts, own),
    place: (leading(facts) ?? facts.places.find(({ holds }) => holds.is !== 'nothing'))?.where ?? null,
    manifest: manifest?.file ?? null,
    program: program?.path ?? null,
    version: answer?.end === 'hello' ? answer.version : null,
    signature: program?.signature ?? 'unknown',
    detail: detail ?? null,
  };
}

function found(facts: Facts): Found {
  const { policy, manifest, program, answer } = facts;
  if (isAbsent(facts)) return { cause: 'not-here' };
  if (policy.blocked) return { cause: 'blocked' };
  if (!manifest) return { cause: withoutManifest(facts) };
  if (manifest.is === 'missing') return { cause: 'manifest-missing' };
  if (manifest.is === 'refused') return { cause: 'manifest-refused', detail: manifest.detail };
  if ('fault' in manifest.judged) {
    const { fault } = manifest.judged;
    return { cause: manifest.foreign && fault === 'wrong-name' ? 'foreign' : fault };
  }
  if (!program || program.is === 'missing') return { cause: 'program-missing' };
  if (program.is === 'relative') return { cause: 'relative-path' };
  if (program.is === 'no-program') return { cause: 'no-program' };
  if (program.is === 'refused' || !answer) return { cause: 'not-started' };
  return ofAnswer(answer);
}

function withoutManifest({ here, policy, places }: Facts): CauseId {
  if (here === 'packed') return 'packed';
  const holds = places.map((place) => place.holds.is);
  if (!policy.userHosts) return 'user-hosts-off';
  if (holds.includes('named-value')) return 'named-value';
  return holds.includes('no-value') ? 'no-value' : 'not-registered';
}

/** Nothing is the matter with a browser that is not here, unless something of ours is registered for it. */
function isAbsent({ here, policy, places }: Facts): boolean {
  if (here !== 'no') return false;
  return (
    policy.blocked || !policy.userHosts || places.every(({ own, holds }) => !own || holds.is === 'nothing')
  );
}

function ofAnswer(answer: Answer): Found {
  switch (answer.end) {
    case 'hello':
      if (answer.protocol < PROTOCOL) return { cause: 'older-protocol' };
      if (answer.protocol > PROTOCOL) return { cause: 'newer-protocol' };
      return { cause: isOlder(answer.version, VERSION) ? 'older-version' : 'ready' };
    case 'problem':
      return { cause: 'problem', detail: answer.kind };
    case 'silent':
    case 'no-frame':
      return { cause: answer.end };
    default:
      return { cause: answer.end, detail: answer.detail };
  }
}

function shownIn(cause: CauseId, { browser }: Facts): Shown {
  const { shown, firefox = shown } = causes[cause];
  return browser.family === 'firefox' ? firefox : shown;
}

/** What is registered for all of this PC is mended by those who registered it: nothing of one's own is put before it. */
function todoFor(cause: CauseId, facts: Facts, own: string): TodoId | null {
  const { todo } = causes[cause];
  if (facts.manifest?.is === 'read' && facts.manifest.foreign) return 'foreign';
  if (todo !== 'register' && todo !== 'register-other') return todo;
  if (leading(facts)?.level === 'machine') return 'it-mend';
  return todo === 'register-other' && facts.program?.path === own ? 'reinstall' : 'fix';
}
