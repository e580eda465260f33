/** Makes the plan for a failure: looks at the PC, orders the remedies, and previews what each would change. */
import { randomUUID } from 'node:crypto';
import { describeFailure, type FailureMeaning } from '../../common/failures/index.ts';
import { type Finding, says } from '../../common/findings.ts';
import type { Failure, LeftOut, Plan, PlannedStep, Recurrence } from '../../common/plan.ts';
import type { Objection } from '../../common/policy.ts';
import { type GuideId, isGuide, type RemedyId } from '../../common/remedies.ts';
import { gatherEvidence } from '../checks/evidence.ts';
import type { Machine } from '../machine/machine.ts';
import { repairOf } from '../remedies/index.ts';
import type { Operation, Preview, PreviewContext } from '../remedies/remedy.ts';
import { type Ordered, orderRemedies } from './order.ts';

/** A plan as the browser sees it, and what only the host knows: the operations behind the items. */
export interface MadePlan {
  plan: Plan;
  operations: ReadonlyMap<RemedyId, readonly Operation[]>;
}

export interface PlanOptions {
  /** Just these remedies, in their order: a person's own choice. */
  only?: readonly RemedyId[] | undefined;
  /** A browser that can do its part is connected. */
  browser?: boolean;
  /** Done for this failure before, in vain. */
  tried?: ReadonlySet<RemedyId>;
  /** What the organisation does not allow, or not yet. */
  objections?: ReadonlyMap<RemedyId, Objection>;
  recurrence?: Recurrence | null;
}

type Looked = Preview | { state: 'cannot-look' };

/** Looks at the machine and plans for a failure; changes nothing. The category is the catalogue's, whatever the caller said. */
export async function makePlan(
  machine: Machine,
  failure: Failure,
  options: PlanOptions = {},
): Promise<MadePlan> {
  const meaning = describeFailure(failure.code);
  const findings = await gatherEvidence(machine, failure, meaning);
  const { only, browser = false, tried = new Set(), objections = new Map(), recurrence = null } = options;
  const { wanted, leftOut } = orderRemedies({ meaning, findings, tried, objections, only });
  const context: PreviewContext = { failure, meaning, findings, browser };
  const previews = await Promise.all(wanted.map(({ remedy }) => look(machine, remedy, context)));
  const steps: PlannedStep[] = [];
  const operations = new Map<RemedyId, readonly Operation[]>();
  wanted.forEach((ordered, index) => {
    const preview = previews[index] ?? { state: 'cannot-look' };
    if (preview.state !== 'ready') {
      leftOut.push(without(ordered.remedy, preview));
      return;
    }
    const own = listed(preview.operations);
    steps.push(stepOf(ordered, meaning, own, preview.warnings));
    operations.set(ordered.remedy, own);
  });
  const { category } = meaning;
  const plan: Plan = {
    id: randomUUID(),
    failure: { ...failure, category },
    findings: shown(findings, meaning, steps, leftOut),
    steps,
    leftOut,
    recurrence,
  };
  return { plan, operations };
}

function without(remedy: RemedyId, preview: Exclude<Looked, { state: 'ready' }>): LeftOut {
  if (preview.state !== 'unsafe-now') return { remedy, because: preview.state };
  return { remedy, because: preview.state, finding: preview.finding.id };
}

/** Guides that are about the PC itself; each rests on a page of Microsoft's. */
const guideSources: Readonly<Record<GuideId, string>> = {
  'disconnect-vpn': 'https://learn.microsoft.com/microsoft-365/enterprise/microsoft-365-vpn-split-tunnel',
  'check-clock':
    'https://support.microsoft.com/windows/how-to-set-your-time-and-time-zone-dfaa7122-479f-5b98-2a7b-fa0b6e01b261',
  'check-proxy':
    'https://support.microsoft.com/windows/use-a-proxy-server-in-windows-03096c53-0554-4ffe-b6ab-8b1deee8dae1',
  'check-tls': 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/error-0x8004de40-in-onedrive',
  'check-ciphers': 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/error-0x8004de40-in-onedrive',
  'rejoin-device': 'https://learn.microsoft.com/sharepoint/troubleshoot/sync/error-0x8004de40-in-onedrive',
  'reinstall-onedrive':
    'https://learn.microsoft.com/sharepoint/troubleshoot/sync/sign-into-onedrive-error-0x8004de80-or-0x8004de86',
  'contact-it': 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes',
};

function stepOf(
  { remedy, reason, finding }: Ordered,
  meaning: FailureMeaning,
  operations: readonly Operation[],
  warnings: readonly Finding[] = [],
): PlannedStep {
  const documented = meaning.documented.includes(remedy);
  const why = { remedy, reason, ...(finding === undefined ? {} : { finding }), documented };
  const items = operations.map(({ item }) => item);
  if (isGuide(remedy)) {
    const source = guideSources[remedy];
    return { ...why, source, risk: 'none', seconds: 120, undo: 'none', warnings: [], items };
  }
  const { source, risk, seconds, undo } = repairOf(remedy);
  return { ...why, source, risk, seconds, undo, warnings: warnings.map(({ id }) => id), items };
}

/** Characters of a step's items: with every remedy in it, a plan stays below what one message may carry. */
const ROOM = 400_000;

/** As many operations as a plan has room for; more than that no person looks through, and the rest stays as it is. */
function listed(operations: readonly Operation[]): readonly Operation[] {
  let used = 0;
  return operations.filter(({ item }) => {
    used += JSON.stringify(item).length;
    return used <= ROOM;
  });
}

/**
 * The findings that a step or something left out rests on, and those that say more than that all is well. For a rule
 * of the organisation that this PC is one of its own is part of the answer.
 */
function shown(
  findings: readonly Finding[],
  { category }: FailureMeaning,
  steps: PlannedStep[],
  leftOut: LeftOut[],
): Finding[] {
  const ofDevice = category === 'policy' || category === 'device';
  const named = new Set([...steps, ...leftOut].flatMap((each) => each.finding ?? []));
  for (const { warnings } of steps) for (const id of warnings) named.add(id);
  return findings.filter(
    ({ id, level, check }) =>
      named.has(id) || level === 'warning' || level === 'fault' || (ofDevice && check === 'device'),
  );
}

/** One remedy that cannot look must not take the others' previews with it. */
async function look(machine: Machine, id: RemedyId, context: PreviewContext): Promise<Looked> {
  if (isGuide(id)) {
    const lone =
      id === 'rejoin-device' && context.findings.some((found) => says(found, 'device', 'personal'));
    return lone ? { state: 'not-joined' } : { state: 'ready', operations: [] };
  }
  try {
    return await repairOf(id).preview(machine, context);
  } catch {
    return { state: 'cannot-look' };
  }
}
