/** Remedies that are one command of Windows' own, by its full path and always with the same words. */
import { win32 } from 'node:path';
import * as v from 'valibot';
import { says } from '../../common/findings.ts';
import { ProblemError } from '../../common/problem.ts';
import type { RepairId } from '../../common/remedies.ts';
import { JOIN_INFO } from '../machine/join-info.ts';
import type { Machine } from '../machine/machine.ts';
import { noUndo } from './no-undo.ts';
import type { PreviewContext, Remedy } from './remedy.ts';

/** Milliseconds. */
const LIMIT = 30_000;

interface Command extends Pick<Remedy, 'risk' | 'source'> {
  id: RepairId;
  /** Its file in System32, and what it is told. */
  tool: string;
  argument: string;
  /** Whether it does nothing on a PC that is joined to no organisation. */
  needsJoin?: boolean;
}

async function isJoined(machine: Machine, { findings }: PreviewContext): Promise<boolean> {
  if (findings.some((finding) => says(finding, 'device', 'joined', 'managed'))) return true;
  return (await machine.registry.keys('HKLM', JOIN_INFO)).length > 0;
}

function commandRemedy({ id, tool, argument, needsJoin, risk, source }: Command): Remedy {
  const IntentSchema = v.strictObject({ run: v.literal(id) });
  const line = `${tool} ${argument}`;
  const exeOf = ({ folders }: Machine) => win32.join(folders.system, tool);
  return {
    ...noUndo,
    id,
    risk,
    seconds: 5,
    limit: LIMIT,
    source,
    proves: 'sign-in',

    async preview(machine, context) {
      if (needsJoin && !(await isJoined(machine, context))) return { state: 'not-joined' };
      if ((await machine.files.kind(exeOf(machine))) !== 'file') return { state: 'tool-missing' };
      return {
        state: 'ready',
        operations: [
          {
            item: { id: 'command', kind: 'command', label: line, optional: false, ticked: true },
            intent: { run: id },
          },
        ],
      };
    },

    async act(machine, intent, { report, signal }) {
      v.parse(IntentSchema, intent);
      report({ id: 'running-command', subject: line });
      const code = await machine.processes.run(exeOf(machine), [argument], { timeout: LIMIT, signal });
      if (code !== 0) throw new ProblemError('exe-failed', `${line} ended with code ${code}`);
    },
  };
}

/** Asks Windows to renew the token by which a joined PC signs its user in. */
export const refreshDeviceToken = commandRemedy({
  id: 'refresh-device-token',
  tool: 'dsregcmd.exe',
  argument: '/refreshprt',
  needsJoin: true,
  risk: 'none',
  source:
    'https://learn.microsoft.com/troubleshoot/entra/entra-id/dir-dmns-obj/no-local-admin-privileges-azure-ad-joined-device',
});

/** Drops the Kerberos tickets of this session; Windows gets new ones when they are needed. */
export const purgeKerberos = commandRemedy({
  id: 'purge-kerberos',
  tool: 'klist.exe',
  argument: 'purge',
  risk: 'low',
  source: 'https://learn.microsoft.com/windows-server/administration/windows-commands/klist',
});

/** Empties the cache of names and addresses. */
export const flushDns = commandRemedy({
  id: 'flush-dns',
  tool: 'ipconfig.exe',
  argument: '/flushdns',
  risk: 'none',
  source: 'https://learn.microsoft.com/windows-server/administration/windows-commands/ipconfig',
});
