/** What a person hands to IT, of what the views know: the same words as on screen, times in UTC. */

import { PROTOCOL } from '../../../common/contract.ts';
import type { Failure } from '../../../common/plan.ts';
import { asText } from '../../../common/report/as-text.ts';
import { makeReport } from '../../../common/report/make.ts';
import { factsOf as commonFacts, type Fact } from '../../../common/report/parts.ts';
import type { Report, Versions } from '../../../common/report/report.ts';
import type { Run } from '../../../common/run.ts';
import { version } from '../../../package.json';
import { say } from '../../text.ts';
import type { UiState } from '../../ui-state.ts';
import { meaningOf } from '../../views/meanings.ts';
import { failureWords, whoLabel } from '../../views/words.ts';

/** Of the state, what a report is made of; what is not known of it is left out. */
export type Reported = Partial<
  Pick<UiState, 'failure' | 'run' | 'check' | 'history' | 'host' | 'simulated' | 'rules'>
>;

/** What identifies a failure to Microsoft or IT, as on screen: nothing is shortened there. */
export function factsOf(failure: Failure): Fact[] {
  const { tenant: _, ...shown } = failure;
  return commonFacts({ ...shown, who: whoLabel(failure) }, say);
}

/** Masked unless `full` is asked for. */
export function reportOf(known: Reported, { full = false, madeAt = new Date().toISOString() } = {}): Report {
  const { check = null, history, host, simulated = false, rules = [] } = known;
  const failure = known.failure ?? known.run?.failure;
  const isAbout = ({ code }: { code: string }) => failure === undefined || code === failure.code;
  const past = history?.runs.filter((run) => isAbout(run.failure)) ?? [];
  const shown = known.run ? [known.run] : [];
  // The one on screen is newer than the history's copy of it.
  const runs = [...shown, ...past.filter(({ id }) => id !== known.run?.id)];
  return makeReport(
    {
      failures: failure ? [failure] : [],
      check,
      runs: runs.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt)),
      recurrences: history?.recurrences.filter(isAbout) ?? [],
      rules,
      versions: versionsOf(host),
      simulated,
      madeAt,
    },
    { say, meaning: (code) => ({ ...wordsOf(code), source: meaningOf({ code })?.source ?? null }) },
    { full },
  );
}

function wordsOf(code: string) {
  const { title, next } = failureWords({ code });
  return { title, todo: next };
}

/** The browsers' own names in what they send with every request; Edge and Opera name Chrome besides. */
const BROWSER = /\b(?:Edg|OPR|Firefox|\w*Chrome)\/[\d.]+/g;

function versionsOf(host: UiState['host'] | undefined): Versions {
  const agent = navigator.userAgent;
  const [, platform = ''] = /\(([^)]*)\)/.exec(agent) ?? [];
  return {
    extension: version,
    helper: host && 'version' in host ? host.version : null,
    protocol: PROTOCOL,
    browser: agent.match(BROWSER)?.at(-1) ?? agent,
    platform,
  };
}

/** The text to copy: about this failure, and how this run of it ended, with all else that is known. */
export function reportText(failure: Failure, run?: Run, known: Reported = {}): string {
  return asText(reportOf({ ...known, failure, run: run ?? known.run ?? null }), say);
}
