/**
 * What `dsregcmd /status` says of a simulated PC: as much of it as a check reads, in Microsoft's own form.
 * https://learn.microsoft.com/entra/identity/devices/troubleshoot-device-dsregcmd
 */
import { JOIN_INFO } from '../join-info.ts';
import { keysBelow } from './registry-keys.ts';
import type { SimulatedPc } from './schema.ts';

const yesNo = (is: boolean) => (is ? 'YES' : 'NO');

function section(title: string, values: Readonly<Record<string, string>>): string[] {
  const rule = `+${'-'.repeat(70)}+`;
  const lines = Object.entries(values).map(([name, value]) => `${name.padStart(26)} : ${value}`);
  return [rule, `| ${title.padEnd(69)}|`, rule, '', ...lines, ''];
}

/** Joined as its registry says; it has a token unless this is why sign-in fails. */
export function deviceStatus({ registry, signIn }: SimulatedPc): string {
  const joined = keysBelow(registry.HKLM, JOIN_INFO).length > 0;
  const lines = [
    ...section('Device State', { AzureAdJoined: yesNo(joined), EnterpriseJoined: 'NO', DomainJoined: 'NO' }),
    ...(joined ? section('Device Details', { DeviceAuthStatus: 'SUCCESS' }) : []),
    ...section('User State', { WorkplaceJoined: 'NO' }),
    ...section('SSO State', { AzureAdPrt: yesNo(joined && signIn.cause !== 'device-token') }),
  ];
  return `${lines.join('\r\n')}\r\n`;
}
