/**
 * Shortens what says who and where somebody is: people, organisations, networks, proxies, inside addresses, folders of
 * a user. What IT needs to find the failure again stays: codes, correlation and request ids, times, Microsoft's hosts.
 */
import type { Finding } from '../findings.ts';
import type { Failure } from '../plan.ts';
import type { Run, RunStep } from '../run.ts';
import type { ReportSource } from './make.ts';
import { type Masking, masking, usersIn } from './mask-text.ts';

/** The same with all that shortened. What names something in one place is shortened in all others. */
export function mask(source: ReportSource): ReportSource {
  const ids = source.failures.flatMap(({ correlationId, requestId }) => [correlationId, requestId]);
  const runIds = source.runs.flatMap(({ failure }) => [failure.correlationId, failure.requestId]);
  const hide = masking(
    namesIn(source),
    [...ids, ...runIds].filter((id) => id !== undefined),
  );
  return {
    ...source,
    failures: source.failures.map((each) => maskFailure(each, hide)),
    check: source.check && { ...source.check, ...maskFindings(source.check, hide) },
    runs: source.runs.map((run) => maskRun(run, hide)),
    versions: { ...source.versions, platform: hide.text(source.versions.platform) },
  };
}

function maskFailure(failure: Failure, hide: Masking): Failure {
  const { seenAt, tenant, ...rest } = failure;
  return {
    ...rest,
    ...(seenAt && { seenAt: hide.host(seenAt) }),
    ...(tenant && { tenant: hide.name(tenant) }),
  };
}

/** What the subject of a check names, where that is no host of Microsoft's. */
const named: Partial<Record<Finding['check'], 'name' | 'host'>> = {
  vpn: 'name',
  'network-change': 'name',
  proxy: 'host',
};

/** Evidence that names a network, an adapter or a proxy. */
const namedEvidence: Readonly<Record<string, 'name' | 'host'>> = {
  adapter: 'name',
  winInet: 'host',
  winHttp: 'host',
  autoDetect: 'host',
  way: 'host',
  location: 'host',
};

/** The hosts of `proxy.contoso.example:3128`, of a list of such, of an address; a port, a dot or `//` tells them. */
const HOSTS =
  /(?<![\w.%/-])([a-z]+:\/\/)?(?:[^\s/@]*@)?([\p{L}\p{N}][\p{L}\p{N}.-]*)(?=([:/;,\s]|$)(\d)?)/giu;

function hostsIn(text: string): string[] {
  const found = [...text.matchAll(HOSTS)].filter(
    ([, scheme, host = '', next, digit]) => scheme || host.includes('.') || (next === ':' && digit),
  );
  return found.map(([, , host = '']) => host).filter((host) => !/^[\d.]+$/.test(host));
}

function namesIn({ check, failures, runs }: ReportSource): { names: string[]; hosts: string[] } {
  const [names, hosts]: [string[], string[]] = [[], []];
  for (const { check: id, subject, evidence } of check?.findings ?? []) {
    if (named[id] === 'name') names.push(subject);
    if (named[id] === 'host') hosts.push(...hostsIn(subject));
    for (const [name, value] of Object.entries(evidence)) {
      if (typeof value !== 'string') continue;
      if (namedEvidence[name] === 'name') names.push(value);
      if (namedEvidence[name] === 'host') hosts.push(...hostsIn(value));
    }
  }
  const tenants = [...failures, ...runs.map(({ failure }) => failure)].flatMap(({ tenant }) => tenant ?? []);
  return { names: [...names, ...tenants, ...usersIn(JSON.stringify([check, runs]))], hosts };
}

type Findings = Pick<NonNullable<ReportSource['check']>, 'findings' | 'diagnosis'>;

function maskFindings({ findings, diagnosis }: Findings, hide: Masking): Findings {
  return {
    findings: findings.map((finding) => ({
      ...finding,
      id: hide.text(finding.id),
      subject: hide.text(finding.subject),
      evidence: Object.fromEntries(
        Object.entries(finding.evidence).map(([name, value]) => [
          name,
          typeof value === 'string' ? hide.text(value) : value,
        ]),
      ),
    })),
    diagnosis: diagnosis && {
      ...diagnosis,
      cause: diagnosis.cause === null ? null : hide.text(diagnosis.cause),
      because: diagnosis.because.map(hide.text),
    },
  };
}

function maskRun(run: Run, hide: Masking): Run {
  const { undone } = run;
  return {
    ...run,
    failure: maskFailure(run.failure, hide),
    steps: run.steps.map((step) => maskStep(step, hide)),
    ...(undone && {
      undone: {
        ...undone,
        conflicts: undone.conflicts.map((each) => ({ ...each, label: hide.text(each.label) })),
        impossible: undone.impossible.map((each) => ({ ...each, label: hide.text(each.label) })),
      },
    }),
  };
}

function maskStep({ activity: _, problem, verification, ...step }: RunStep, hide: Masking): RunStep {
  const detail = problem?.detail;
  return {
    ...step,
    skipped: step.skipped.map((each) => ({ ...each, label: hide.text(each.label) })),
    ...(problem && { problem: { kind: problem.kind, ...(detail && { detail: hide.text(detail) }) } }),
    ...(verification && {
      verification: {
        ...verification,
        // A file's name, a folder's, an account's: nothing of it helps to find a fault.
        ...(verification.proofs && {
          proofs: verification.proofs.map(({ subject: _, ...proof }) => proof),
        }),
      },
    }),
  };
}
