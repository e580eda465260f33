/**
 * The places in Windows that guides lead to. Addresses of Settings:
 * https://learn.microsoft.com/windows/apps/develop/launch/launch-settings
 */
import { win32 } from 'node:path';
import type { LinkId } from '../../common/remedies.ts';
import type { Machine } from '../machine/machine.ts';

const settings: Readonly<Record<Exclude<LinkId, 'internet-options'>, `ms-settings:${string}`>> = {
  'vpn-settings': 'ms-settings:network-vpn',
  'clock-settings': 'ms-settings:dateandtime',
  'proxy-settings': 'ms-settings:network-proxy',
  'work-account': 'ms-settings:workplace',
  'installed-apps': 'ms-settings:appsfeatures',
};

/** Opens one of them. Internet Options has no address of its own: it is an applet of the Control Panel. */
export async function openLink({ processes, folders }: Machine, link: LinkId): Promise<void> {
  if (link === 'internet-options') {
    await processes.launch(win32.join(folders.system, 'control.exe'), ['inetcpl.cpl']);
    return;
  }
  await processes.open(settings[link]);
}
