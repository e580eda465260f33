import { expect, it } from 'vitest';
import { linkIds } from '../../../common/remedies.ts';
import { openLink } from '../../../native-host/remedies/links.ts';
import { testPc } from '../../harness/test-pc.ts';

const deeds = {
  'vpn-settings': 'processes.open ms-settings:network-vpn',
  'clock-settings': 'processes.open ms-settings:dateandtime',
  'proxy-settings': 'processes.open ms-settings:network-proxy',
  'internet-options': 'processes.launch C:\\Windows\\System32\\control.exe inetcpl.cpl',
  'work-account': 'processes.open ms-settings:workplace',
  'installed-apps': 'processes.open ms-settings:appsfeatures',
};

it.each(linkIds)('%s leads to its place in Windows', async (link) => {
  const { machine, read } = await testPc();
  await openLink(machine, link);
  expect(read().log.map(({ operation, subject }) => `${operation} ${subject}`)).toEqual([deeds[link]]);
});
